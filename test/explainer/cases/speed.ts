import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

/** How soon. */
export function speed(at: Stage): void {
  const { open } = at;

  test("a click answers at once, without the worker: words, views, heads, all of it", async () => {
    await open();
    const { orders, titles } = await at.page.evaluate(() => {
      let orders = 0;
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (...all: [unknown]) {
        orders++;
        post.apply(this, all);
      };
      const titles = ["[data-word='0']", "[data-view=matrix]", "[data-view=blend]"].map((name) => {
        document.querySelector<HTMLElement>(name)!.click();
        // In the same task: before the next frame.
        return document.querySelector("#title")!.textContent;
      });
      const head = document.querySelector<HTMLSelectElement>("[name=head]")!;
      head.value = "2";
      head.dispatchEvent(new Event("input", { bubbles: true }));
      return { orders, titles };
    });
    expect(titles).toEqual([
      "What “river” attends to",
      "What every word attends to",
      "What “river” becomes",
    ]);
    expect(orders).toBe(0);
  });

  test("the first picture is there within two seconds of the model, of 128 pieces too", async () => {
    const context = await at.browser.newContext();
    at.page = await context.newPage();
    await at.page.addInitScript(() => {
      const times = window as unknown as Record<"ready" | "drawn", number>;
      const Plain = Worker;
      window.Worker = class extends Plain {
        constructor(...all: ConstructorParameters<typeof Worker>) {
          super(...all);
          this.addEventListener("message", ({ data }: MessageEvent<{ is: string }>) => {
            if (data.is === "ready") times.ready = performance.now();
          });
        }
      };
      new MutationObserver(() => {
        if (document.querySelector("#picture svg *")) times.drawn ??= performance.now();
      }).observe(document, { subtree: true, childList: true });
    });
    const words = Array.from({ length: 128 }, () => "bank").join("+");
    await at.page.goto(`${at.served.url}#text=${words}&view=matrix`);
    await at.page.waitForSelector("#picture svg");
    const took = await at.page.evaluate(() => {
      const { ready, drawn } = window as unknown as Record<"ready" | "drawn", number>;
      return drawn - ready;
    });
    expect(took).toBeLessThan(2000);
    // Cells of one shade are one element.
    expect(await at.page.locator("#picture svg *").count()).toBeLessThan(1500);
  });
}
