/// <reference lib="dom" />
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Stage } from "../stage.js";
import { tokens, weights } from "./pages.js";

const folder = join(import.meta.dirname, "../../../examples/views");

/** As much of a widget's model as anywidget gives it. */
interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

export function examples(stage: Stage): void {
  const title = (): Promise<string> =>
    stage.page.locator("qkv-attention [part=title]").first().innerText();

  it("plain.html shows its numbers under its own policy", async () => {
    const html = readFileSync(join(folder, "plain.html"), "utf8");
    await stage.open("");
    writeFileSync(
      join(stage.folder, "plain.html"),
      html.replace("../../dist/views.element.js", "element.js"),
    );
    await stage.page.goto(`${stage.served.url}plain.html`);
    await stage.page.locator("qkv-attention svg").waitFor();
    expect(await title()).toBe("What “bank” attends to");
  });

  it("the Jupyter widget follows its model, and tells it what a reader chooses", async () => {
    await stage.open('<div id="cell"></div>');
    // As a text: the test's own tools would rewrite the import.
    const url = JSON.stringify(`${stage.served.url}widget.js`);
    await stage.page.evaluate(`import(${url}).then((it) => { globalThis.widget = it.default; })`);
    await stage.page.evaluate(
      ({ tokens, weights }) => {
        const { widget } = globalThis as unknown as { widget: { render(it: object): void } };
        const values: Record<string, unknown> = {
          tokens,
          weights: [weights],
          view: "bars",
          layer: 0,
          head: "mean",
          query: 1,
          key: null,
        };
        const listeners: [string[], () => void][] = [];
        const model = {
          get: (name: string) => values[name],
          set(name: string, value: unknown) {
            if (values[name] === value) return;
            values[name] = value;
            for (const [names, listener] of listeners)
              if (names.includes(`change:${name}`)) listener();
          },
          save_changes: () => undefined,
          on: (names: string, listener: () => void) => listeners.push([names.split(" "), listener]),
          off: () => listeners.splice(0),
        };
        Object.assign(globalThis, { model });
        widget.render({ model, el: document.querySelector("#cell") });
      },
      { tokens, weights },
    );
    await expect.poll(title).toBe("What “bank” attends to");
    await stage.page.evaluate(() =>
      (globalThis as unknown as { model: Model }).model.set("query", 2),
    );
    await expect.poll(title).toBe("What “flooded” attends to");
    await stage.page.getByRole("radio", { name: "river" }).click();
    await expect.poll(title).toBe("What “river” attends to");
    const query = await stage.page.evaluate(() =>
      (globalThis as unknown as { model: Model }).model.get("query"),
    );
    expect(query).toBe(0);
    expect(stage.wrong).toEqual([]);
  });
}
