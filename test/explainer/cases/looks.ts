import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Themes, sizes, accessibility. */
export function looks(at: Stage): void {
  const { open, say } = at;

  test("a theme that changes changes the picture", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix" });
    const fill = (): Promise<string | null> =>
      at.page.getAttribute("svg .cells path >> nth=-1", "fill");
    const light = await fill();
    await at.page.emulateMedia({ colorScheme: "dark" });
    await at.page.waitForFunction(
      (light) =>
        document.querySelector("svg .cells path:last-of-type")?.getAttribute("fill") !== light,
      light,
    );
    expect(await fill()).toBe("rgb(109, 181, 242)");
  });

  async function violations(): Promise<string[]> {
    return at.page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
  }

  test.each([
    [1280, "light"],
    [1280, "dark"],
    [360, "light"],
    [360, "dark"],
  ] as const)("axe finds nothing in any view at %i pixels, %s", async (width, scheme) => {
    await open({ width, scheme });
    await at.page.evaluate(axe);
    for (const view of ["bars", "matrix", "blend", "steps"]) {
      await at.page.click(`[data-view=${view}]`);
      await at.page.evaluate(() => (document.querySelector("details")!.open = true));
      expect(await violations(), view).toEqual([]);
    }
    await say("");
    await at.page.waitForSelector("text=Type a sentence");
    expect(await violations(), "no sentence").toEqual([]);
  });

  test("axe finds nothing where the model cannot be loaded", async () => {
    at.served.broken = "model.bin";
    await open({ ready: false });
    await at.page.waitForSelector("#failure:not([hidden])");
    at.served.broken = undefined;
    await at.page.evaluate(axe);
    expect(await violations()).toEqual([]);
  });

  test.each([360, 1280, 1920])("nothing sticks out at %i pixels", async (width) => {
    await open({ width, hash: "#text=the+bat+hit+the+ball" });
    for (const view of ["bars", "matrix", "blend", "steps"]) {
      await at.page.click(`[data-view=${view}]`);
      expect(
        await at.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  });
}
