import { HEADS } from "../../examples/universal-sentence-encoder/architecture.js";
import { byId, fillSelect } from "./elements.js";
import { directionOf } from "./marks.js";
import { examples } from "./model/examples.js";
import { keyOf, type Reading } from "./reading.js";
import { unchosen, viewNames, type State, type ViewName } from "./state.js";

/** `sliding`: the change is one of many of one movement. */
type Change = (next: Partial<State>, sliding?: boolean) => void;

const field = <E extends Element>(name: string): E =>
  byId<HTMLFormElement>("controls").elements.namedItem(name) as unknown as E;

/** What each view is for, in the order of the tabs. */
const viewTitles: Readonly<Record<ViewName, string>> = {
  bars: "One word",
  heads: "All heads",
  matrix: "All pairs",
  lines: "Lines",
  blend: "The blend",
  steps: "Step by step",
  map: "Map",
  compare: "Compare",
};

/** Turns what a reader does into changes of the state. */
export function connectControls(change: Change, now: () => State): void {
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    change({
      text: byId<HTMLInputElement>("text").value.trim(),
      word: unchosen,
      key: undefined,
      without: [],
    });
  });
  const choice = byId<HTMLSelectElement>("example");
  choice.replaceChildren(
    new Option("Examples …", ""),
    ...examples.map(({ sentence }) => new Option(sentence, sentence)),
  );
  choice.addEventListener("change", () => {
    if (choice.value === "") return;
    const { word } = examples.find(({ sentence }) => sentence === choice.value)!;
    change({ text: choice.value, word, key: undefined, without: [] });
    choice.value = "";
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("controls").addEventListener("input", ({ target }) => {
    const { name } = target as HTMLInputElement;
    if (name === "other") return;
    const head = field<HTMLSelectElement>("head").value;
    change(
      {
        layer: Number(field<HTMLSelectElement>("layer").value),
        head: head === "mean" ? "mean" : Number(head),
        ...(name === "key" && { key: Number((target as HTMLSelectElement).value) }),
        temperature: Number(field<HTMLInputElement>("temperature").value),
        causal: field<HTMLInputElement>("causal").checked,
        pieces: field<HTMLInputElement>("pieces").checked,
      },
      name === "temperature",
    );
  });
  field<HTMLInputElement>("other").addEventListener("change", ({ target }) => {
    change({ against: (target as HTMLInputElement).value.trim(), without: [] });
  });
  byId("words").addEventListener("click", ({ target }) => {
    const word = (target as HTMLElement).closest<HTMLElement>("[data-word]")?.dataset["word"];
    if (word !== undefined) change({ word: Number(word), key: undefined });
  });
  byId("absent").addEventListener("click", ({ target }) => {
    const word = Number(
      (target as HTMLElement).closest<HTMLElement>("[data-word]")?.dataset["word"],
    );
    const { without } = now();
    if (Number.isNaN(word)) return;
    change({
      without: without.includes(word)
        ? without.filter((it) => it !== word)
        : [...without, word].sort((a, b) => a - b),
    });
  });
  connectTabs(change, now);
}

function connectTabs(change: Change, now: () => State): void {
  const host = byId("tabs");
  const tabs = viewNames.map((view) => {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", id: `tab-${view}`, textContent: viewTitles[view] });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "panel");
    tab.dataset["view"] = view;
    tab.addEventListener("click", () => change({ view }));
    return tab;
  });
  host.replaceChildren(...tabs);
  host.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = viewNames.indexOf(now().view) + step;
    const last = tabs.length - 1;
    const next =
      Math.abs(step) > 1 ? Math.min(Math.max(at, 0), last) : (at + tabs.length) % tabs.length;
    change({ view: viewNames[next] });
    tabs[next].focus();
  });
}

/** Arrow keys go from word to word, beside Tab: there may be 128 of them. A picture has its own keys. */
export function connectArrows(): void {
  for (const id of ["words", "absent"]) {
    byId(id).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const buttons = [...byId(id).querySelectorAll<HTMLElement>("button")];
      const at = buttons.indexOf(event.target as HTMLElement);
      if (step === undefined || at < 0) return;
      event.preventDefault();
      buttons[at + step]?.focus();
    });
  }
}

/** Shows a state in the controls. */
export function showControls(state: State, reading: Reading): void {
  const { groups, unknown } = reading;
  fillSelect(
    field("layer"),
    [0, 1].map((n) => [String(n), `${n + 1} of 2`]),
    String(state.layer),
  );
  const heads = Array.from({ length: HEADS }, (_, h) => [String(h), String(h + 1)] as const);
  fillSelect(field("head"), [["mean", `mean of ${HEADS}`], ...heads], String(state.head));
  fillSelect(
    field("key"),
    groups.map(({ text }, n) => [String(n), text] as const),
    String(keyOf(reading, state)),
  );
  field<HTMLInputElement>("temperature").value = String(state.temperature);
  byId("degrees").textContent = state.temperature.toFixed(1);
  field<HTMLInputElement>("causal").checked = state.causal;
  field<HTMLInputElement>("pieces").checked = state.pieces;
  const other = field<HTMLInputElement>("other");
  if (document.activeElement !== other) other.value = state.against;
  byId("other").hidden = state.view !== "compare";
  byId("against").hidden = state.view !== "steps";
  for (const tab of byId("tabs").querySelectorAll<HTMLElement>("[role=tab]")) {
    const chosen = tab.dataset["view"] === state.view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  for (const [id, pressed] of [
    ["words", (n: number) => n === state.word],
    ["absent", (n: number) => state.without.includes(n)],
  ] as const) {
    showWords(byId(id), groups, unknown, pressed);
    byId(id).dir = directionOf(state.text);
  }
}

/** A button for each word; those that are there already stay, with their focus. */
function showWords(
  host: HTMLElement,
  groups: Reading["groups"],
  unknown: readonly boolean[],
  pressed: (word: number) => boolean,
): void {
  while (host.children.length > groups.length) host.lastChild!.remove();
  groups.forEach(({ text }, n) => {
    const button = (host.children[n] ??
      host.appendChild(document.createElement("button"))) as HTMLButtonElement;
    button.type = "button";
    button.dir = "auto";
    button.dataset["word"] = String(n);
    button.setAttribute("aria-pressed", String(pressed(n)));
    button.classList.toggle("unknown", unknown[n]);
    button.title = unknown[n] ? "The model does not know this word" : "";
    button.textContent = text;
  });
}
