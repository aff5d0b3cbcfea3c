import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

/** What needs no model answers without it. */
export function answers(at: Stage): void {
  const { open } = at;

  test("a click answers at once, without the worker: words, views, heads, scenes", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    const { orders, titles } = await at.page.evaluate(() => {
      let orders = 0;
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (...all: [unknown]) {
        orders++;
        post.apply(this, all);
      };
      const title = (): string => document.querySelector("#title")!.textContent;
      const clicked = (name: string): string => {
        document.querySelector<HTMLElement>(name)!.click();
        // In the same task: before the next frame.
        return title();
      };
      const titles = ["[data-word='0']", "#tab-matrix", "#tab-blend"].map(clicked);
      const head = document.querySelector<HTMLSelectElement>("[name=head]")!;
      head.value = "2";
      head.dispatchEvent(new Event("input", { bubbles: true }));
      const subtitle = document.querySelector("#subtitle")!.textContent;
      clicked("#mode-story");
      clicked("#scene-next");
      return { orders, titles: [...titles, subtitle] };
    });
    expect(titles).toEqual([
      "What “river” attends to",
      "What every word attends to",
      "What attention gives “river”",
      "river bank flooded · layer 2, head 3",
    ]);
    // The model itself may begin to load meanwhile.
    expect(orders).toBeLessThanOrEqual(1);
  });
}
