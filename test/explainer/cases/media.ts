import { expect, test } from "vitest";
import { viewNames } from "../../../apps/explainer/state.js";
import type { Stage } from "../stage.js";

/** Without script, on paper, with the colours of the system. */
export function media(at: Stage): void {
  const { open, text } = at;

  test.each([360, 1280])(
    "the first picture is there before any script, at %i pixels",
    async (width) => {
      await open({ width, script: false, ready: false });
      expect(await text("#scene-place")).toBe("Scene 1 of 13");
      for (const id of ["#scene-title", "#scene-text", "#title", "#subtitle", "#caption"]) {
        expect((await text(id)).length, id).toBeGreaterThan(10);
      }
      const svg = at.page.locator("#picture svg");
      const [picture, box] = [
        (await svg.boundingBox())!,
        (await at.page.locator("#picture").boundingBox())!,
      ];
      expect(picture.height).toBeGreaterThan(40);
      expect(picture.x).toBeGreaterThanOrEqual(box.x - 1);
      expect(picture.x + picture.width).toBeLessThanOrEqual(box.x + box.width + 1);
      expect(picture.x + picture.width).toBeLessThanOrEqual(width);
      const sizes = await svg.locator("text").evaluateAll((all) => all.map((it) => it.textContent));
      expect(sizes.join(" ")).toContain("river");
      expect(await text("noscript, .notice")).toContain("needs JavaScript");
    },
  );

  test.each(["#text=river+bank+flooded&view=matrix", "#scene=softmax&text=river+bank+flooded"])(
    "on a sheet of A4 nothing is cut, and what has no use there is not there: %s",
    async (hash) => {
      // A4 at 96 pixels per inch, without its margins.
      await open({ width: 718, scheme: "dark", hash });
      await at.page.evaluate(() => (document.querySelector("details")!.open = true));
      await at.page.emulateMedia({ media: "print" });
      for (const id of [
        "#ask",
        "#play",
        ".modes",
        "#scene .steps",
        ".export",
        "#scene-sliders",
        ".news",
      ]) {
        expect(await at.page.isVisible(id), id).toBe(false);
      }
      for (const id of ["#title", "#picture svg", "#caption", "#table tbody"]) {
        expect(await at.page.isVisible(id), id).toBe(true);
      }
      expect(await at.tooWide()).toBeLessThanOrEqual(0);
      const cut = await at.page.evaluate(() =>
        [...document.querySelectorAll("#picture, #table, #reading, .stage")].flatMap((it) => {
          const { overflowX, maxHeight } = getComputedStyle(it);
          const free = overflowX === "visible" && maxHeight === "none";
          return free ? [] : [it.id];
        }),
      );
      expect(cut).toEqual([]);
      const svg = (await at.page.locator("#picture svg").boundingBox())!;
      expect(svg.x + svg.width).toBeLessThanOrEqual(718);
      // Paper is white, whatever the screen is.
      expect(
        await at.page.evaluate(
          () => getComputedStyle(document.querySelector(".stage")!).backgroundColor,
        ),
      ).toBe("rgb(255, 255, 255)");
      expect((await at.page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
    },
  );

  test("with the colours of the system, what is chosen still looks different", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    await at.page.emulateMedia({ forcedColors: "active" });
    const look = (selector: string): Promise<string> =>
      at.page.evaluate((selector) => {
        const { backgroundColor, color, outline } = getComputedStyle(
          document.querySelector(selector)!,
        );
        return [backgroundColor, color, outline].join();
      }, selector);
    for (const view of viewNames) {
      await at.page.click(`#tab-${view}`);
      expect(await look("#tabs [aria-selected=true]")).not.toBe(
        await look("#tabs [aria-selected=false]"),
      );
    }
    expect(await look("#words [aria-pressed=true]")).not.toBe(
      await look("#words [aria-pressed=false]"),
    );
    await at.page.click("#tab-bars");
    await at.mark({ query: 1, key: 0 }).click();
    await at.page.focus("#text");
    expect(await look("#picture [aria-pressed=true]")).not.toBe(
      await look("#picture [aria-pressed=false]"),
    );
    await at.page.click("#mode-story");
    const dot = (selector: string): Promise<string> =>
      at.page.evaluate(
        (selector) =>
          getComputedStyle(document.querySelector(selector)!, "::before").backgroundColor,
        selector,
      );
    expect(await dot("#scene-dots [aria-current]")).not.toBe(
      await dot("#scene-dots button:not([aria-current])"),
    );
  });
}
