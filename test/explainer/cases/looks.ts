import { expect, test } from "vitest";
import { viewNames } from "../../../apps/explainer/state.js";
import { violations } from "../axe.js";
import type { Stage } from "../stage.js";

/** Themes, sizes, accessibility. */
export function looks(at: Stage): void {
  const { open, say } = at;

  test("a theme that changes changes the picture", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix" });
    const fill = (): Promise<string> =>
      at.page.evaluate(
        () => getComputedStyle(document.querySelector("#picture .names rect")!).fill,
      );
    const light = await fill();
    expect(light).toBe("rgb(255, 255, 255)");
    await at.page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(fill).toBe("rgb(29, 33, 38)");
  });

  test.each([
    [1280, "light"],
    [360, "dark"],
  ] as const)(
    "axe finds nothing in any view at %i pixels, %s",
    async (width, scheme) => {
      await open({ width, scheme, hash: "#text=river+bank+flooded" });
      for (const view of viewNames) {
        await at.page.click(`#tab-${view}`);
        await at.drawn();
        await at.page.evaluate(() => (document.querySelector("details")!.open = true));
        expect(await violations(at.page), view).toEqual([]);
      }
      await say("");
      await at.page.waitForSelector("text=Type a sentence");
      expect(await violations(at.page), "no sentence").toEqual([]);
    },
    120_000,
  );

  test("axe finds nothing where the model cannot be loaded", async () => {
    at.served.broken = "model.bin";
    try {
      await open();
      await at.page.waitForSelector("#failure:not([hidden])", { timeout: 30_000 });
    } finally {
      at.served.broken = undefined;
    }
    expect(await violations(at.page)).toEqual([]);
  });

  // 640 is a window of 1280 pixels at 200 %.
  test.each([360, 640, 768, 1280, 1920])("nothing sticks out at %i pixels", async (width) => {
    await open({ width, hash: "#text=the+bat+hit+the+ball" });
    for (const view of viewNames) {
      await at.page.click(`#tab-${view}`);
      await at.drawn();
      expect(await at.tooWide(), view).toBeLessThanOrEqual(0);
      const box = await at.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector("#picture")!;
        return scrollWidth - clientWidth;
      });
      expect(box, view).toBeLessThanOrEqual(0);
    }
  });
}
