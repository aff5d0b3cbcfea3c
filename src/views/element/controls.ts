/// <reference lib="dom" />

import { Choices, radios, tabs } from "./choices.js";
import { Menu } from "./menu.js";
import type { Chosen } from "./types.js";
import { viewTable, type Scene, type ViewName } from "./viewTable.js";

/** What a reader changes: the view, the layer, the head and the query. */
export class Controls {
  readonly element: HTMLElement;
  readonly #views: Choices;
  readonly #layers: Menu;
  readonly #heads: Menu;
  readonly #queries: Choices;

  constructor(document: Document, choose: (chosen: Chosen) => void) {
    this.#views = new Choices(document, tabs, "View", (it) => choose({ view: it as ViewName }));
    this.#layers = new Menu(document, "Layer", (it) => choose({ layer: Number(it) }));
    this.#heads = new Menu(document, "Head", (it) =>
      choose({ head: it === "mean" ? it : Number(it) }),
    );
    this.#queries = new Choices(document, radios, "Query", (it) => choose({ query: Number(it) }));
    const menus = document.createElement("div");
    menus.className = "menus";
    menus.append(this.#layers.element, this.#heads.element);
    this.element = document.createElement("div");
    this.element.className = "controls";
    this.element.append(this.#views.element, menus, this.#queries.element);
  }

  show(view: ViewName, { layers, layer, head, query }: Scene): void {
    const { headNames, tokens } = layers[layer];
    this.#views.show(
      Object.entries(viewTable).map(([value, { label }]) => ({ value, label })),
      view,
    );
    this.#layers.show(
      layers.map((it, i) => ({ value: String(i), label: String(it.layer ?? i) })),
      String(layer),
    );
    const mean = { value: "mean", label: `mean of ${headNames.length}` };
    const heads = headNames.map((label, h) => ({ value: String(h), label }));
    this.#heads.show(heads.length > 1 ? [mean, ...heads] : heads, String(head));
    this.#queries.show(
      tokens.map(({ text, index }) => ({ value: String(index), label: text })),
      String(query),
    );
  }

  /** The id of the tab of a view. */
  tabOf(view: ViewName): string {
    return this.#views.idOf(view);
  }
}
