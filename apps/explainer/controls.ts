import { select } from "d3-selection";
import { HEADS } from "../../examples/universal-sentence-encoder/architecture.js";
import { byId, fillSelect } from "./elements.js";
import { directionOf } from "./format.js";
import type { Reading } from "./reading.js";
import { viewNames, type State, type ViewName } from "./state.js";

type Change = (next: Partial<State>) => void;

const field = <E extends Element>(name: string): E =>
  byId<HTMLFormElement>("controls").elements.namedItem(name) as unknown as E;

/** Turns what a reader does into changes of the state. */
export function connectControls(change: Change, now: () => State): void {
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    change({ text: byId<HTMLInputElement>("text").value.trim(), word: 1, key: 0 });
  });
  for (const example of document.querySelectorAll<HTMLElement>("[data-example]")) {
    example.addEventListener("click", () => {
      change({ text: example.dataset["example"]!, word: 1, key: 0 });
    });
  }
  byId("controls").addEventListener("input", () => {
    const head = field<HTMLSelectElement>("head").value;
    change({
      layer: Number(field<HTMLSelectElement>("layer").value),
      head: head === "mean" ? "mean" : Number(head),
      temperature: Number(field<HTMLInputElement>("temperature").value),
      causal: field<HTMLInputElement>("causal").checked,
      pieces: field<HTMLInputElement>("pieces").checked,
    });
  });
  byId("words").addEventListener("click", ({ target }) => {
    const word = (target as HTMLElement).closest<HTMLElement>("[data-word]")?.dataset["word"];
    if (word !== undefined) change({ word: Number(word) });
  });
  byId("against").addEventListener("input", () => {
    change({ key: Number(byId("against").querySelector("select")!.value) });
  });
  const tabs = [...byId("tabs").querySelectorAll<HTMLElement>("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => change({ view: tab.dataset["view"] as ViewName }));
  }
  byId("tabs").addEventListener("keydown", (event) => {
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

/** Arrow keys go from button to button, beside Tab: there may be 128 of them. */
export function connectArrows(): void {
  for (const id of ["words", "picture"]) {
    byId(id).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const buttons = [...byId(id).querySelectorAll<HTMLElement>("button, [role=button]")];
      const at = buttons.indexOf(event.target as HTMLElement);
      if (step === undefined || at < 0) return;
      event.preventDefault();
      buttons[at + step]?.focus();
    });
  }
}

/** Shows a state in the controls. */
export function showControls(state: State, { words, groups }: Reading): void {
  fillSelect(
    field("layer"),
    [0, 1].map((n) => [String(n), `${n + 1} of 2`]),
    String(state.layer),
  );
  const heads = Array.from({ length: HEADS }, (_, h) => [String(h), String(h + 1)] as const);
  fillSelect(field("head"), [["mean", `mean of ${HEADS}`], ...heads], String(state.head));
  field<HTMLInputElement>("temperature").value = String(state.temperature);
  byId("degrees").textContent = state.temperature.toFixed(1);
  field<HTMLInputElement>("causal").checked = state.causal;
  field<HTMLInputElement>("pieces").checked = state.pieces;
  for (const tab of byId("tabs").querySelectorAll<HTMLElement>("[role=tab]")) {
    const chosen = tab.dataset["view"] === state.view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) byId("panel").setAttribute("aria-labelledby", tab.id);
  }
  byId("against").hidden = state.view !== "steps";
  const keys = groups.map(({ text }, n) => [String(n), text] as const);
  fillSelect(byId("against").querySelector("select")!, keys, String(state.key));
  byId("words").dir = directionOf(state.text);
  select("#words")
    .selectAll<HTMLButtonElement, unknown>("button")
    .data(words.queries)
    .join("button")
    .attr("type", "button")
    .attr("dir", "auto")
    .attr("data-word", ({ index }) => index)
    .attr("aria-pressed", ({ index }) => String(index === state.word))
    .text(({ text }) => text);
}
