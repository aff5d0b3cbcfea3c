import { expect, test } from "vitest";
import { viewNames } from "../../../apps/explainer/state.js";
import { expected, percents } from "../expected.js";
import type { Stage } from "../stage.js";

/** Without a mouse. */
export function keys(at: Stage): void {
  const { open, text, numbers } = at;

  test("arrow keys go from word to word, and from row to row of a picture", async () => {
    await open({ hash: "#text=the+bat+hit+the+ball&view=matrix" });
    const focused = (): Promise<string | null | undefined> =>
      at.page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
      });
    await at.page.focus("#words button >> nth=1");
    await at.page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("hit");
    await at.page.keyboard.press("Enter");
    expect(await at.page.getAttribute("#words button >> nth=2", "aria-pressed")).toBe("true");
    await at.page.locator("#picture .names [role=button]").nth(3).focus();
    await at.page.keyboard.press("ArrowDown");
    await at.page.keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^ball, spread/);
    // In a table of heads, down is down: not the next one.
    await at.page.click("#tab-heads");
    await at.page.locator("#picture [role=button]").first().focus();
    await at.page.keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^layer 2 · head 1/);
  });

  test("the controls work by keys", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    await at.page.focus("[name=temperature]");
    await at.page.keyboard.press("ArrowRight");
    expect(await text("#degrees")).toBe("1.1");
    await at.page.focus("[name=causal]");
    await at.page.keyboard.press(" ");
    await at.page.focus("[name=head]");
    await at.page.keyboard.press("ArrowDown");
    const { weights } = expected({ head: 0, causal: true, temperature: 1.1 }).words.matrix();
    expect(await numbers()).toEqual([...percents(weights[1].slice(0, 2)), "blocked"]);
    await at.page.focus("#text");
    await at.page.keyboard.press("End");
    await at.page.keyboard.type(" again");
    await at.page.keyboard.press("Enter");
    await at.word("again");
  });

  test("tabs go by arrow keys, Home and End", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    await at.page.focus("#tab-bars");
    const last = viewNames.at(-1)!;
    for (const [key, view] of [
      ["ArrowRight", viewNames[1]],
      ["End", last],
      ["ArrowRight", "bars"],
      ["ArrowLeft", last],
      ["Home", "bars"],
    ]) {
      await at.page.keyboard.press(key);
      expect(await at.page.evaluate(() => document.activeElement?.id)).toBe(`tab-${view}`);
      expect(await at.page.getAttribute(`#tab-${view}`, "aria-selected")).toBe("true");
      expect(await at.page.locator("#tabs [tabindex='0']").count()).toBe(1);
    }
  });
}
