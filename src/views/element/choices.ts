/// <reference lib="dom" />

/** One of several, of which one is chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Kind {
  readonly list: string;
  readonly item: string;
  readonly chosen: string;
}

export const tabs: Kind = { list: "tablist", item: "tab", chosen: "aria-selected" };
export const radios: Kind = { list: "radiogroup", item: "radio", chosen: "aria-checked" };

/** A row of buttons of which one is chosen, by a click or the arrow keys; one stop for the Tab key. */
export class Choices {
  readonly element: HTMLElement;

  constructor(
    document: Document,
    private readonly kind: Kind,
    label: string,
    private readonly choose: (value: string) => void,
  ) {
    this.element = document.createElement("div");
    this.element.setAttribute("role", kind.list);
    this.element.setAttribute("aria-label", label);
    this.element.className = kind.list;
    this.element.addEventListener("click", ({ target }) => this.#choose(target));
    this.element.addEventListener("keydown", (event) => this.#move(event));
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.element.querySelectorAll("button")];
  }

  /** Shows these; buttons that stay keep their focus. */
  show(choices: readonly Choice[], chosen: string): void {
    const { item, chosen: attribute } = this.kind;
    const before = this.#buttons;
    before.slice(choices.length).forEach((button) => button.remove());
    choices.forEach(({ value, label }, i) => {
      const button = before[i] ?? this.element.ownerDocument.createElement("button");
      if (!before[i]) this.element.append(button);
      const is = value === chosen;
      button.type = "button";
      button.value = value;
      button.dir = "auto";
      button.id = this.idOf(value);
      button.textContent = label;
      button.tabIndex = is ? 0 : -1;
      button.setAttribute("role", item);
      button.setAttribute(attribute, String(is));
      button.setAttribute("part", item);
    });
  }

  idOf(value: string): string {
    return `${this.kind.item}-${value}`;
  }

  #choose(target: EventTarget | null): void {
    const button = (target as Element | null)?.closest("button");
    if (button) this.choose(button.value);
  }

  #move(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = this.#buttons;
    const at = all.indexOf(event.target as HTMLButtonElement);
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: -1,
    }[event.key];
    if (at < 0 || to === undefined) return;
    const next = all.at(to % all.length)!;
    event.preventDefault();
    next.focus();
    this.choose(next.value);
  }
}
