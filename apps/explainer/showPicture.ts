import { select } from "d3-selection";
import { byId } from "./elements.js";
import type { Reading } from "./reading.js";
import type { State } from "./state.js";
import type { Picture } from "./views/context.js";
import { drawTable } from "./views/drawTable.js";
import { markRow } from "./views/matrixRows.js";
import { views } from "./views/index.js";

/** What is on the page, for those who copy it. */
export interface Shown extends Picture {
  readonly svg: SVGSVGElement;
  readonly state: State;
  readonly reading: Reading;
}

/** The table is drawn when it is opened. */
function showTable({ table }: Picture): void {
  const details = byId("table").closest("details")!;
  byId("table").replaceChildren();
  details.ontoggle = () => {
    if (details.open) drawTable(byId("table"), table());
  };
  if (details.open) drawTable(byId("table"), table());
}

/** Draws the view of a state, and says in words and in a table what it shows. */
export function showPicture(
  reading: Reading,
  state: State,
  choose: (word: number) => void,
  before: Shown | undefined,
): Shown {
  // All pairs stay where they are when another word looks.
  if (before?.reading === reading && before.state.view === "matrix" && state.view === "matrix") {
    markRow(before.svg, state.word);
    return { ...before, state };
  }
  const host = byId("picture");
  const focused = focusedRow(host);
  const svg = select(host).html("").append("svg");
  byId("detail").textContent = "";
  // Pictures are laid out for letters of 16 pixels and grow with those of the page.
  const zoom = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const picture = views[state.view]({
    svg,
    width: Math.max(260, host.clientWidth / zoom),
    reading,
    state,
    choose,
    tell: (text) => (byId("detail").textContent = text),
  });
  for (const side of ["width", "height"]) svg.attr(side, Number(svg.attr(side)) * zoom);
  const interactive = svg.select("[role=button]").size() > 0;
  svg.attr("role", interactive ? "group" : "img").attr("aria-label", picture.title);
  byId("title").textContent = picture.title;
  byId("caption").textContent = picture.caption;
  showTable(picture);
  // The row that was chosen by a key keeps the focus.
  if (focused >= 0) {
    host.querySelectorAll<SVGElement>("[role=button]")[focused]?.focus();
  }
  return { ...picture, svg: svg.node()!, state, reading };
}

function focusedRow(host: HTMLElement): number {
  return [...host.querySelectorAll("[role=button]")].indexOf(document.activeElement!);
}
