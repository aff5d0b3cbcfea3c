import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

/** What goes wrong, and odd sentences. */
export function failures(at: Stage): void {
  const { open, text, say } = at;

  test("a failed download says so, and a retry works", async () => {
    at.served.broken = "model.bin";
    await open({ ready: false });
    await at.page.waitForSelector("#failure:not([hidden])");
    expect(await text("#failure-text")).toBe(
      "The model could not be loaded: the server answers 503.",
    );
    at.served.broken = undefined;
    // What was typed meanwhile stays.
    await at.page.fill("#text", "a bat in a cave");
    await at.page.click("#retry");
    await at.page.waitForSelector("#failure", { state: "hidden" });
    await at.page.waitForSelector("#loading", { state: "hidden" });
    expect(await at.page.inputValue("#text")).toBe("a bat in a cave");
    await at.page.selectOption("[name=head]", { value: "0" });
    expect(await at.page.inputValue("#text")).toBe("a bat in a cave");
    await at.page.click("#ask [type=submit]");
    await at.page.waitForSelector("#words >> text=cave");
    expect(at.wrong).toEqual([]);
  });

  test("a worker that does not start says so, and a retry starts another", async () => {
    at.served.broken = "worker";
    await open({ ready: false });
    await at.page.waitForSelector("#failure:not([hidden])");
    expect(await text("#failure-text")).toContain("the worker did not start");
    // An example needs no worker; what does is not shown as if it were another sentence.
    await at.page.click("[data-example='the bat hit the ball']");
    await at.page.waitForSelector("#words >> text=ball");
    await say("a bat in a cave");
    await at.page.waitForSelector("#failure:not([hidden])");
    expect(await at.page.isVisible("#reading")).toBe(false);
    at.served.broken = undefined;
    await at.page.click("#retry");
    await at.page.waitForSelector("#words >> text=cave");
    expect(await at.page.isVisible("#failure")).toBe(false);
    expect(await text("#title")).toContain("bat");
  });

  test("no sentence, emoji, right-to-left text, and more pieces than the model reads", async () => {
    await open({ width: 360 });
    await say("");
    await at.page.waitForSelector("text=Type a sentence");
    expect(await at.page.isVisible("#reading")).toBe(false);
    await say("🏏 bat 👩‍🚀 river");
    await at.page.waitForSelector("#words >> text=river");
    await say("  river   bank flooded ");
    await at.page.waitForFunction(() => document.querySelectorAll("#words button").length === 3);
    await say("النهر فاض على الضفة");
    await at.page.waitForFunction(() =>
      document.querySelector("#words")?.textContent?.includes("ا"),
    );
    expect(await at.page.getAttribute("#words", "dir")).toBe("rtl");
    expect(await text("#title")).toBe("What “\u2068فاض\u2069” attends to");
    const wide = () => at.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await wide()).toBe(false);
    await say(Array.from({ length: 140 }, () => "bank").join(" "));
    await at.page.waitForSelector(
      "text=The model reads 128 word pieces; the last 12 are left out.",
    );
    for (const view of ["bars", "matrix", "blend", "steps"]) {
      await at.page.click(`[data-view=${view}]`);
      expect(await wide()).toBe(false);
      expect(await at.page.locator("#picture svg").count()).toBe(1);
    }
    await say(`${"deoxyribonucleic".repeat(6)} acid`);
    await at.page.waitForFunction(() => document.querySelectorAll("#words button").length === 2);
    expect(await wide()).toBe(false);
    await say("I");
    await at.page.waitForFunction(() => document.querySelectorAll("#words button").length === 1);
    expect(at.wrong).toEqual([]);
  });
}
