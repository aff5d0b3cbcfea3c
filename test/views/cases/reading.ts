/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { viewNames } from "../../../src/views/element/viewTable.js";
import type { Stage } from "../stage.js";
import { elementOf } from "./pages.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

export function reading(stage: Stage): void {
  const findings = async (): Promise<string[]> => {
    await stage.page.evaluate(axe);
    return stage.page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
  };

  it.each(viewNames.flatMap((view) => [`${view} light`, `${view} dark`]))(
    "axe finds nothing: %s",
    async (name) => {
      const [view, colorScheme] = name.split(" ") as [string, "light" | "dark"];
      await stage.open(elementOf(`controls view="${view}" query="1" key="2"`), { colorScheme });
      await stage.page.locator("qkv-attention svg text").first().waitFor();
      await stage.page.locator("summary").click();
      expect(await findings()).toEqual([]);
      expect(stage.wrong).toEqual([]);
    },
  );

  it("a mistake is read out, and axe finds nothing in it", async () => {
    await stage.open(elementOf('view="pie"'));
    await stage.page.locator("[part=error]").waitFor();
    expect(await stage.page.locator("[part=error]").getAttribute("role")).toBe("alert");
    expect(await findings()).toEqual([]);
  });

  it("forced colours come before the page's own", async () => {
    await stage.open(`<span id="text">a</span>${elementOf("controls")}`, {
      forcedColors: "active",
      colorScheme: "dark",
    });
    await stage.page.evaluate(() => {
      document.querySelector<HTMLElement>("qkv-attention")!.style.setProperty("--qkv-ink", "red");
    });
    const name = stage.page.locator("qkv-attention svg text").first();
    await name.waitFor();
    const fill = await name.evaluate((it) => getComputedStyle(it).fill);
    const canvasText = await stage.page
      .locator("#text")
      .evaluate((it) => getComputedStyle(it).color);
    expect(fill).toBe(canvasText);
  });

  it("a page gives it colours of its own", async () => {
    await stage.open(elementOf(""));
    const bar = stage.page.locator("qkv-attention svg text", { hasText: "river" });
    await bar.waitFor();
    await stage.page.evaluate(() => {
      document.documentElement.style.setProperty("--qkv-ink", "rgb(1, 2, 3)");
    });
    expect(await bar.evaluate((it) => getComputedStyle(it).fill)).toBe("rgb(1, 2, 3)");
  });
}
