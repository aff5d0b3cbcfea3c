import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

/** What goes wrong. */
export function failures(at: Stage): void {
  const { open, text, say } = at;
  const failed = () => at.page.waitForSelector("#failure:not([hidden])", { timeout: 30_000 });

  test("a failed download says so, the page stays usable, and a retry works", async () => {
    at.served.broken = "model.bin";
    try {
      await open();
      await failed();
      expect(await text("#failure-text")).toBe(
        "The model could not be loaded: the server answers 503.",
      );
      // The story and all that was read ahead need no model.
      expect(await at.page.isVisible("#reading")).toBe(true);
      await at.page.click("#scene-next");
      expect(await text("#scene-place")).toBe("Scene 2 of 13");
      await at.page.click("#mode-play");
      await at.page.click("#words >> text=river");
      expect(await text("#title")).toBe("What “river” attends to");
      await at.example("the bat hit the ball");
      await say("a bat in a cave");
      await failed();
      expect(await at.page.isVisible("#reading")).toBe(false);
    } finally {
      at.served.broken = undefined;
    }
    await at.page.click("#retry");
    await at.word("cave");
    expect(await at.page.isVisible("#failure")).toBe(false);
    expect(await at.page.inputValue("#text")).toBe("a bat in a cave");
    expect(at.wrong).toEqual([]);
  });

  test("what is typed while the model is loaded again stays", async () => {
    at.served.broken = "model.bin";
    try {
      await open({ hash: "#text=river+bank+flooded" });
      await failed();
    } finally {
      at.served.broken = undefined;
    }
    await at.page.fill("#text", "a bat in a cave");
    await at.page.click("#retry");
    await at.page.waitForSelector("#failure", { state: "hidden" });
    await at.page.waitForSelector("#loading", { state: "hidden", timeout: 30_000 });
    await at.page.selectOption("[name=head]", { value: "0" });
    expect(await at.page.inputValue("#text")).toBe("a bat in a cave");
    await at.page.click("#ask [type=submit]");
    await at.word("cave");
    expect(at.wrong).toEqual([]);
  });

  test("a worker that does not start says so, and a retry starts another", async () => {
    at.served.broken = "worker";
    try {
      await open();
      await failed();
      expect(await text("#failure-text")).toContain("the worker did not start");
      await at.example("the bat hit the ball");
      await say("a bat in a cave");
      await failed();
      expect(await at.page.isVisible("#reading")).toBe(false);
    } finally {
      at.served.broken = undefined;
    }
    await at.page.click("#retry");
    await at.word("cave");
    expect(await at.page.isVisible("#failure")).toBe(false);
  });
}
