/// <reference lib="dom" />

import { themable } from "../theme.js";
import type { Mark, Paint } from "../types.js";
import { name } from "./name.js";
import { offsetOf } from "./offset.js";

/** The elements of a picture that is drawn, by the ids of their marks. */
export type Drawing = Map<string, { readonly element: SVGElement; readonly mark: Mark }>;

/** An attribute on its way. */
export interface Change {
  readonly element: SVGElement;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const svgNamespace = "http://www.w3.org/2000/svg";
/** Attributes that change at once. */
const sudden: ReadonlySet<string> = new Set(["fill", "stroke", "text-anchor", "font-weight"]);
const still = "translate(0,0)";

/**
 * Makes the elements those of the marks, but for attributes that change by degrees: these are returned. Elements
 * without a mark stay until their opacity is 0, with `data-leaves`.
 */
export function patch(svg: SVGSVGElement, drawing: Drawing, marks: readonly Mark[]): Change[] {
  const changes: Change[] = [];
  const before = new Map(drawing);
  drawing.clear();
  const kinds = new Map<string, Mark["kind"]>();
  count(marks);
  for (const [id, { element, mark }] of before) {
    // Before elements get their places: those that stay then keep their order, and their focus.
    if (kinds.get(id) !== mark.kind) leave(element);
  }
  place(svg, marks, false);
  return changes;

  function count(children: readonly Mark[]): void {
    for (const { id, kind, marks = [] } of children) {
      kinds.set(id, kind);
      count(marks);
    }
  }

  function place(parent: SVGElement, children: readonly Mark[], named: boolean): void {
    let last: Element | undefined;
    for (const mark of children) {
      const known = before.get(mark.id);
      const old = known?.mark.kind === mark.kind ? known : undefined;
      const element = old?.element ?? svg.ownerDocument.createElementNS(svgNamespace, mark.kind);
      const from = old && element.parentNode !== parent ? offsetOf(element.parentNode) : undefined;
      // Elements that are in order are not touched: moving one takes its focus. What comes next is asked each time:
      // it may have gone into the mark before it.
      const next = stayingFrom(last ? last.nextElementSibling : parent.firstElementChild);
      if (element !== next) parent.insertBefore(element, next);
      last = element;
      drawing.set(mark.id, { element, mark });
      dress(element, mark, old?.mark, named);
      if (from) stayAt(element, from);
      name(element, mark);
      place(element, mark.marks ?? [], named || mark.label !== undefined);
    }
  }

  function dress(element: SVGElement, mark: Mark, old: Mark | undefined, named: boolean): void {
    for (const name of Object.keys(old?.attributes ?? {})) {
      if (mark.attributes[name] === undefined && name !== "opacity") element.removeAttribute(name);
    }
    // A group does not fade in: marks that move into it were seen before.
    const unseen = old === undefined && mark.kind !== "g";
    const opacity = String(mark.attributes["opacity"] ?? 1);
    if (unseen) element.setAttribute("opacity", "0");
    change(element, "opacity", element.getAttribute("opacity") ?? "1", opacity);
    for (const [name, value] of Object.entries(mark.attributes)) {
      if (name === "opacity") continue;
      const to = name === "fill" || name === "stroke" ? themable(value as Paint) : String(value);
      const from = element.getAttribute(name);
      if (old === undefined || from === null || sudden.has(name)) {
        if (from !== to) element.setAttribute(name, to);
      } else change(element, name, from, to);
    }
    // An element that came from another group may be on its way still.
    if (mark.attributes["transform"] === undefined && element.hasAttribute("transform"))
      change(element, "transform", element.getAttribute("transform")!, still);
    // Texts of one name are words, not one word. A space at the end is not drawn.
    const text = `${mark.text ?? ""}${named ? " " : ""}`;
    if (mark.kind === "text" && element.textContent !== text) element.textContent = text;
  }

  /** Lets an element that has a new parent start from where it was seen. */
  function stayAt(element: SVGElement, [x, y]: readonly [number, number]): void {
    const [newX, newY] = offsetOf(element.parentNode);
    if (x === newX && y === newY) return;
    const [ownX, ownY] = offsetOf(element, element.parentNode);
    const from = `translate(${ownX + x - newX},${ownY + y - newY})`;
    const known = changes.findIndex((it) => it.element === element && it.name === "transform");
    const to = known < 0 ? (element.getAttribute("transform") ?? still) : changes[known].to;
    if (known >= 0) changes.splice(known, 1);
    changes.push({ element, name: "transform", from, to });
  }

  function leave(element: SVGElement): void {
    element.setAttribute("data-leaves", "");
    element.setAttribute("aria-hidden", "true");
    element.setAttribute("pointer-events", "none");
    element.removeAttribute("tabindex");
    change(element, "opacity", element.getAttribute("opacity") ?? "1", "0");
  }

  function change(element: SVGElement, name: string, from: string, to: string): void {
    if (from !== to) changes.push({ element, name, from, to });
  }
}

/** The first of some siblings that stays. */
function stayingFrom(first: Element | null): Element | null {
  let element = first;
  while (element?.hasAttribute("data-leaves")) element = element.nextElementSibling;
  return element;
}
