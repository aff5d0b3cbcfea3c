import { expect, test } from "vitest";
import { sceneIds } from "../../../apps/explainer/scenes/ids.js";
import { viewNames } from "../../../apps/explainer/state.js";
import type { Stage } from "../stage.js";

/** Odd sentences: none, long ones, other scripts. */
export function sentences(at: Stage): void {
  const { open, text, say, read } = at;
  const words = (count: number): Promise<unknown> =>
    at.page.waitForFunction(
      (count) => document.querySelectorAll("#words button").length === count,
      count,
      { timeout: 30_000 },
    );

  /** Shows every view; the page is not wider than its window in any. */
  async function everyView(): Promise<void> {
    for (const view of viewNames) {
      await at.page.click(`#tab-${view}`);
      await at.drawn();
      expect(await at.tooWide(), view).toBeLessThanOrEqual(0);
      expect(await at.page.locator("#picture svg *").count(), view).toBeGreaterThan(3);
      expect(await at.nonsense(), view).toEqual([]);
    }
  }

  async function everyScene(sentence: string): Promise<void> {
    for (const id of sceneIds) {
      const hash = `#${new URLSearchParams({ scene: id, text: sentence })}`;
      await at.page.evaluate((hash) => (location.hash = hash), hash);
      // What is hidden in free play says something too.
      await at.page.waitForSelector("#scene:not([hidden])");
      await expect
        .poll(() => text("#scene-place"), { timeout: 5_000, message: id })
        .toBe(`Scene ${sceneIds.indexOf(id) + 1} of 13`);
      expect(await at.tooWide(), id).toBeLessThanOrEqual(0);
      expect(await at.nonsense(), id).toEqual([]);
    }
  }

  test("no sentence, a name of one word, a word of a hundred letters", async () => {
    await open({ width: 360, hash: "#text=river+bank+flooded" });
    await say("");
    await at.page.waitForSelector("text=Type a sentence");
    expect(await at.page.isVisible("#reading")).toBe(false);
    await say("  river   bank flooded ");
    await words(3);
    expect(at.wrong).toEqual([]);
    await say(`${"deoxyribonucleic".repeat(6)} acid`);
    await words(2);
    await everyView();
    await say("I");
    await words(1);
    await everyView();
    await everyScene("I");
    expect(at.wrong).toEqual([]);
  }, 120_000);

  test("what the model does not know is dashed, has a badge, and its numbers are not said as if understood", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    await read("🏏 bat 👩‍🚀 river", "river");
    const dashed = at.page.locator("#words .unknown");
    expect(await dashed.allTextContents()).toEqual(["🏏", "👩‍🚀"]);
    expect(await dashed.first().evaluate((it) => getComputedStyle(it).borderStyle)).toBe("dashed");
    expect(await at.page.locator("#badges li").allTextContents()).toContain(
      "unknown to the model: “🏏”, “👩‍🚀”",
    );
    for (const view of viewNames) {
      await at.page.click(`#tab-${view}`);
      await at.drawn();
      expect(await text("#caption"), view).toContain(
        "The model does not know “🏏” and “👩‍🚀”: all that is unknown is one and the same to it.",
      );
    }
    expect(await at.copied("svg")).toContain("unknown to the model");
    await at.page.click("#mode-story");
    expect(await text("#caption")).toContain("The model does not know");
    expect(await at.page.locator("#badges li").allTextContents()).toContain("unknown pieces");
    await everyScene("🏏 bat 👩‍🚀 river");
    expect(at.wrong).toEqual([]);
  }, 120_000);

  test("a sentence from right to left", async () => {
    await open({ width: 360, hash: "#text=river+bank+flooded" });
    await read("النهر فاض على الضفة", "الضفة");
    expect(await at.page.getAttribute("#words", "dir")).toBe("rtl");
    expect(await text("#title")).toBe("What “\u2068فاض\u2069” attends to");
    await everyView();
    await everyScene("النهر فاض على الضفة");
    expect(at.wrong).toEqual([]);
  }, 120_000);

  test("41 words", async () => {
    await open({ width: 360, hash: "#text=river+bank+flooded" });
    const sentence = Array.from({ length: 41 }, (_, n) => ["the", "bank", "of", "rivers"][n % 4]);
    await say(sentence.join(" "));
    await words(41);
    await everyView();
    await everyScene(sentence.join(" "));
    expect(at.wrong).toEqual([]);
  }, 120_000);

  test("more pieces than the model reads; the matrix of 128 words is few elements", async () => {
    await open({ width: 768, hash: "#text=river+bank+flooded" });
    await say(Array.from({ length: 140 }, () => "bank").join(" "));
    await words(128);
    expect(await text("#notice")).toContain(
      "The model reads 128 word pieces; the last 12 are left out.",
    );
    await everyView();
    expect(at.wrong).toEqual([]);
  }, 120_000);

  test("the names of a long matrix stay in view while it scrolls", async () => {
    await open({ width: 768, hash: "#text=river+bank+flooded" });
    await say(Array.from({ length: 60 }, (_, n) => ["bank", "rivers"][n % 2]).join(" "));
    await words(60);
    await at.page.click("#tab-matrix");
    const left = (): Promise<number> =>
      at.page.evaluate(() => {
        const names = document.querySelector("#picture .names")!.getBoundingClientRect();
        return names.left - document.querySelector("#picture")!.getBoundingClientRect().left;
      });
    const top = (): Promise<number> =>
      at.page.evaluate(
        () => document.querySelector("#picture .columns")!.getBoundingClientRect().top,
      );
    const scrolled = await at.page.evaluate(() => {
      const box = document.querySelector("#picture")!;
      box.scrollLeft = 300;
      return box.scrollLeft;
    });
    expect(scrolled).toBe(300);
    await expect.poll(left).toBeCloseTo(0, 0);
    await at.page.evaluate(() => {
      const { top } = document.querySelector("#picture")!.getBoundingClientRect();
      window.scrollBy(0, top + 400);
    });
    await expect.poll(async () => Math.abs(await top())).toBeLessThan(60);
    // A picture that is drawn again keeps them there.
    await at.page.selectOption("[name=layer]", { value: "0" });
    expect(await left()).toBeCloseTo(0, 0);
    await at.page.evaluate(() => {
      document.querySelector("#picture")!.scrollLeft = 0;
      window.scrollTo(0, 0);
    });
    await expect.poll(left).toBeCloseTo(0, 0);
    expect(
      await at.page.evaluate(() => document.querySelector<SVGElement>(".columns")!.style.translate),
    ).toMatch(/^0px( 0px)?$/);
  });
}
