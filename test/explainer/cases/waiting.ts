import { expect, test } from "vitest";
import { expected, percents } from "../expected.js";
import type { Stage } from "../stage.js";

/** What is there before the model is. */
export function waiting(at: Stage): void {
  const { open, text, numbers, say } = at;
  const busy = (): Promise<string | null> => at.page.getAttribute("#reading", "aria-busy");

  test("an example is there without the model, other sentences wait for it and say so", async () => {
    let release = (): void => undefined;
    at.served.held = new Promise((done) => (release = done));
    try {
      await open({ hash: "#text=river+bank+flooded" });
      expect(await numbers()).toEqual(percents(expected().words.matrix().weights[1]));
      expect(await busy()).toBe("false");
      await at.page.waitForSelector("#loading.behind:not([hidden])");
      await say("a bat in a cave");
      expect(await busy()).toBe("true");
      // Longer than changes are gathered into one step.
      await at.page.waitForTimeout(200);
      expect(await text("#notice")).toBe("Reading “a bat in a cave” …");
      expect(await at.page.isVisible("#loading.behind")).toBe(false);
      await at.example("the bat hit the ball");
      expect(await busy()).toBe("false");
      expect(await text("#notice")).toBe("");
      await at.page.goBack();
      await at.page.waitForFunction(
        () => document.querySelector<HTMLInputElement>("#text")!.value === "a bat in a cave",
      );
      expect(await busy()).toBe("true");
    } finally {
      release();
      at.served.held = undefined;
    }
    await at.word("cave");
    expect(await busy()).toBe("false");
    expect(await at.page.isVisible("#loading")).toBe(false);
    const { weights } = expected({ text: "a bat in a cave" }).words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    // The numbers of an example stay those of its file.
    await at.example("the bat hit the ball");
    const { data } = JSON.parse(await at.copied("json"));
    const { keys } = expected({ text: "the bat hit the ball" }).words.row(1);
    expect(data.keys.map(({ weight }: { weight: number }) => weight)).toEqual(
      keys.map(({ weight }) => expect.closeTo(weight, 6)),
    );
    expect(at.wrong).toEqual([]);
  });

  test("the worker starts when there is a picture", async () => {
    const context = await at.browser.newContext();
    at.page = await context.newPage();
    await at.page.addInitScript(() => {
      const Plain = Worker;
      window.Worker = class extends Plain {
        constructor(...all: ConstructorParameters<typeof Worker>) {
          super(...all);
          document.documentElement.dataset["drawn"] = String(
            document.querySelector("#picture svg:not(.first) *") !== null,
          );
        }
      };
    });
    await at.page.goto(at.served.url);
    await at.page.waitForSelector("[data-drawn]");
    expect(await at.page.getAttribute("html", "data-drawn")).toBe("true");
  });

  test("an example whose file is missing is read by the model", async () => {
    at.served.broken = "examples/";
    try {
      await open({ hash: "#text=the+bat+hit+the+ball" });
    } finally {
      at.served.broken = undefined;
    }
    expect((await numbers())[4]).toBe("31\u00a0%");
  });
}
