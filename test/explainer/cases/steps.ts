import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

/** Back and Forward. */
export function steps(at: Stage): void {
  const { open, text, hash } = at;
  const count = (): Promise<number> => at.page.evaluate(() => history.length);
  /** Changes that follow each other sooner are one step. */
  const pause = (): Promise<void> => at.page.waitForTimeout(200);
  const title = async (): Promise<string> => (await at.page.title()).replaceAll("\u00a0", " ");

  test("choices are steps, with a title each; Back and Forward go through them", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    expect(await title()).toBe(
      "bank → flooded 39 % · river bank flooded · What the model looks at",
    );
    const before = await count();
    await at.page.click("#words >> text=river");
    await pause();
    await at.page.click("[data-view=matrix]");
    await pause();
    await at.page.check("[name=causal]");
    await pause();
    await at.example("the bat hit the ball");
    await pause();
    expect(await count()).toBe(before + 4);
    expect(await title()).toMatch(/^bat → .* · the bat hit the ball · What the model looks at$/);
    await at.page.goBack();
    await at.page.waitForSelector("#words >> text=river");
    expect(await at.page.isChecked("[name=causal]")).toBe(true);
    await at.page.goBack();
    expect(await at.page.isChecked("[name=causal]")).toBe(false);
    await at.page.goBack();
    expect(await text("#title")).toBe("What “river” attends to");
    await at.page.goBack();
    expect(await text("#title")).toBe("What “bank” attends to");
    expect(await hash()).toBe("#text=river+bank+flooded");
    await at.page.goForward();
    await at.page.goForward();
    expect(await at.page.getAttribute("#tab-matrix", "aria-selected")).toBe("true");
    expect(await count()).toBe(before + 4);
    expect(at.wrong).toEqual([]);
  });

  test("scenes are steps, each with a title; an address that says nothing stays so", async () => {
    await open();
    expect(await hash()).toBe("");
    const titles = [await title()];
    const before = await count();
    for (let n = 0; n < 3; n++) {
      await at.page.click("#scene-next");
      await pause();
      titles.push(await title());
    }
    await at.page.click("#mode-play");
    await pause();
    expect(new Set(titles).size).toBe(4);
    expect(await count()).toBe(before + 4);
    for (const back of titles.reverse()) {
      await at.page.goBack();
      expect(await title()).toBe(back);
    }
    expect(await hash()).toBe("");
    expect(await text("#scene-place")).toBe("Scene 1 of 13");
    await at.page.goForward();
    expect(await text("#scene-place")).toBe("Scene 2 of 13");
    expect(at.wrong).toEqual([]);
  });

  test("a drag of a slider is one step, another drag another", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    const before = await count();
    for (const [from, to] of [
      [10, 20],
      [20, 30],
    ]) {
      await at.page.evaluate(
        async ([from, to]) => {
          const slider = document.querySelector<HTMLInputElement>("#controls [name=temperature]")!;
          for (let n = from + 1; n <= to; n++) {
            slider.value = String(n / 10);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((done) => setTimeout(done, 30));
          }
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        },
        [from, to],
      );
      await pause();
    }
    expect(await count()).toBe(before + 2);
    expect(await hash()).toContain("temperature=3");
    await at.page.goBack();
    expect(await hash()).toContain("temperature=2");
    expect(await text("#degrees")).toBe("2.0");
    await at.page.goBack();
    expect(await text("#degrees")).toBe("1.0");
  });

  test("an address with what is not there is corrected in place", async () => {
    await open({
      hash: "#text=river+bank+flooded&word=99&layer=7&head=9&view=fishes&without=1+50",
    });
    await pause();
    expect(await hash()).toBe("#text=river+bank+flooded&word=3&without=1");
    const before = await count();
    await at.say("flooded");
    await at.page.waitForFunction(
      () => document.querySelectorAll("#words button").length === 1,
      undefined,
      { timeout: 30_000 },
    );
    await pause();
    expect(await hash()).toBe("#text=flooded&word=1");
    expect(await count()).toBe(before + 1);
  });
}
