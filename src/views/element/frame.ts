/// <reference lib="dom" />

import type { Picture, Table } from "../types.js";

/** What stands around a picture: title, settings, caption, the numbers; or what is wrong. */
export class Frame {
  readonly element: HTMLElement;
  /** Where the picture is drawn. */
  readonly host: HTMLElement;
  readonly #figure: HTMLElement;
  readonly #title: HTMLElement;
  readonly #subtitle: HTMLElement;
  readonly #badges: HTMLElement;
  readonly #pointed: HTMLElement;
  readonly #caption: HTMLElement;
  readonly #details: HTMLDetailsElement;
  readonly #numbers: HTMLElement;
  readonly #error: HTMLElement;
  #table: Picture["table"] | undefined;

  constructor(document: Document) {
    const make = <K extends keyof HTMLElementTagNameMap>(
      tag: K,
      part: string,
      ...children: (Node | string)[]
    ): HTMLElementTagNameMap[K] => {
      const element = document.createElement(tag);
      element.setAttribute("part", part);
      element.append(...children);
      return element;
    };
    this.#title = make("div", "title");
    this.#title.id = "title";
    this.#subtitle = make("div", "subtitle");
    this.#badges = make("ul", "badges");
    this.#badges.setAttribute("aria-label", "Settings");
    this.host = make("div", "picture");
    this.#pointed = make("div", "pointed");
    // It repeats the name of the mark that has the focus.
    this.#pointed.setAttribute("aria-hidden", "true");
    this.#caption = make("figcaption", "caption");
    this.#caption.setAttribute("aria-live", "polite");
    for (const text of [this.#title, this.#subtitle, this.#pointed, this.#caption])
      text.dir = "auto";
    const parts = [this.#title, this.#subtitle, this.#badges, this.host, this.#pointed];
    this.#figure = make("figure", "figure", ...parts, this.#caption);
    this.#figure.setAttribute("aria-labelledby", "title");
    this.#numbers = make("div", "numbers");
    this.#numbers.tabIndex = 0;
    this.#numbers.setAttribute("role", "group");
    this.#numbers.setAttribute("aria-label", "The numbers");
    this.#details = make("details", "details", make("summary", "summary", "The numbers"));
    this.#details.append(this.#numbers);
    this.#details.addEventListener("toggle", () => this.#fill());
    this.#error = make("p", "error");
    this.#error.setAttribute("role", "alert");
    this.element = make("div", "frame", this.#error, this.#figure, this.#details);
  }

  show({ title, subtitle, badges, caption, table }: Picture): void {
    this.#complain("");
    this.#title.textContent = title;
    this.#subtitle.textContent = subtitle;
    this.#badges.hidden = badges.length === 0;
    const document = this.element.ownerDocument;
    const items = badges.map((it) => {
      const item = document.createElement("li");
      item.textContent = it;
      return item;
    });
    this.#badges.replaceChildren(...items);
    // Readers are told what changed, not what stays.
    if (this.#caption.textContent !== caption) this.#caption.textContent = caption;
    this.#table = table;
    this.#fill();
  }

  /** Makes it the panel of a tab. */
  labelledBy(tab: string | undefined): void {
    if (tab === undefined) {
      this.element.removeAttribute("role");
      this.element.removeAttribute("aria-labelledby");
    } else {
      this.element.setAttribute("role", "tabpanel");
      this.element.setAttribute("aria-labelledby", tab);
    }
  }

  point(label: string | undefined): void {
    this.#pointed.textContent = label ?? "";
  }

  fail(message: string): void {
    this.#complain(message);
  }

  #complain(message: string): void {
    this.#error.textContent = message;
    this.#error.hidden = message === "";
    this.#figure.hidden = this.#details.hidden = message !== "";
  }

  /** The table is made when someone looks. */
  #fill(): void {
    if (!this.#details.open || this.#table === undefined) return;
    this.#numbers.replaceChildren(tableOf(this.element.ownerDocument, this.#table()));
    this.#table = undefined;
  }
}

function tableOf(document: Document, { columns, rows }: Table): HTMLTableElement {
  const table = document.createElement("table");
  const cell = (row: HTMLTableRowElement, text: string, scope?: string): void => {
    const it = document.createElement(scope === undefined ? "td" : "th");
    if (scope !== undefined) it.setAttribute("scope", scope);
    it.dir = "auto";
    it.textContent = text;
    row.append(it);
  };
  const head = table.createTHead().insertRow();
  for (const column of columns) cell(head, column, "col");
  const body = table.createTBody();
  for (const [first, ...rest] of rows) {
    const row = body.insertRow();
    cell(row, first, "row");
    for (const text of rest) cell(row, text);
  }
  return table;
}
