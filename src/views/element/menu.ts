/// <reference lib="dom" />

import type { Choice } from "./choices.js";

/** A menu with its name before it. */
export class Menu {
  readonly element: HTMLLabelElement;
  readonly #select: HTMLSelectElement;

  constructor(document: Document, label: string, choose: (value: string) => void) {
    this.element = document.createElement("label");
    this.#select = document.createElement("select");
    this.element.append(`${label} `, this.#select);
    this.#select.addEventListener("change", () => choose(this.#select.value));
  }

  /** Shows these; of one there is no choice, and no menu. */
  show(choices: readonly Choice[], chosen: string): void {
    this.element.hidden = choices.length < 2;
    const select = this.#select;
    const said = choices.map(({ label }) => label).join("\n");
    if (said !== [...select.options].map(({ text }) => text).join("\n")) {
      const options = choices.map(({ value, label }) => {
        const option = select.ownerDocument.createElement("option");
        option.value = value;
        option.text = label;
        return option;
      });
      select.replaceChildren(...options);
    }
    select.value = chosen;
  }
}
