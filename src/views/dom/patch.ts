/// <reference lib="dom" />

import { themable } from "../theme.js";
import type { Mark, Paint, Target } from "../types.js";

/** The elements of a picture that is drawn, by the ids of their marks. */
export type Drawing = Map<string, { readonly element: SVGElement; readonly mark: Mark }>;

/** An attribute on its way. */
export interface Change {
  readonly element: SVGElement;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The element goes when it has faded. */
  readonly leaves?: boolean;
}

const svgNamespace = "http://www.w3.org/2000/svg";
const texts: ReadonlySet<string> = new Set(["fill", "stroke", "text-anchor", "font-weight"]);

/** Makes the elements those of the marks, but for attributes that change by degrees: they are returned. */
export function patch(svg: SVGSVGElement, drawing: Drawing, marks: readonly Mark[]): Change[] {
  const changes: Change[] = [];
  const left = new Map(drawing);
  drawing.clear();
  place(svg, marks);
  for (const { element } of left.values()) {
    // A group that leaves takes its marks along, unless they have a place in the new picture.
    element.setAttribute("data-leaves", "");
    element.setAttribute("aria-hidden", "true");
    element.removeAttribute("tabindex");
    changes.push({
      element,
      name: "opacity",
      from: element.getAttribute("opacity") ?? "1",
      to: "0",
      leaves: true,
    });
  }
  return changes;

  function place(parent: SVGElement, children: readonly Mark[]): void {
    let next = firstOf(parent);
    for (const mark of children) {
      const known = left.get(mark.id);
      const before = known?.mark.kind === mark.kind ? known : undefined;
      const element = before?.element ?? create(mark);
      if (before) left.delete(mark.id);
      // Elements that are in order are not touched: moving one would take its focus.
      if (element === next) next = firstOf(parent, element);
      else parent.insertBefore(element, next);
      drawing.set(mark.id, { element, mark });
      dress(element, mark, before?.mark);
      place(element, mark.marks ?? []);
    }
  }

  function create(mark: Mark): SVGElement {
    const element = svg.ownerDocument.createElementNS(svgNamespace, mark.kind);
    changes.push({
      element,
      name: "opacity",
      from: "0",
      to: String(mark.attributes["opacity"] ?? 1),
    });
    return element;
  }

  function dress(element: SVGElement, mark: Mark, before: Mark | undefined): void {
    element.removeAttribute("data-leaves");
    for (const name of Object.keys(before?.attributes ?? {})) {
      if (mark.attributes[name] === undefined) element.removeAttribute(name);
    }
    for (const [name, value] of Object.entries(mark.attributes)) {
      const to = name === "fill" || name === "stroke" ? themable(value as Paint) : String(value);
      const from = element.getAttribute(name);
      if (from === to) continue;
      if (before && from !== null && !texts.has(name)) changes.push({ element, name, from, to });
      else if (before || name !== "opacity") element.setAttribute(name, to);
    }
    if (mark.kind === "text" && element.textContent !== mark.text)
      element.textContent = mark.text ?? "";
    if (mark !== before) name(element, mark);
  }
}

/** The first child that stays, after one if it is given. */
function firstOf(parent: SVGElement, after?: SVGElement): ChildNode | null {
  let node = after ? after.nextSibling : parent.firstChild;
  while (node && ((node as Element).hasAttribute?.("data-leaves") || node.nodeName === "title"))
    node = node.nextSibling;
  return node;
}

/** What an element is, for those who point at it, hear it, or choose it. */
function name(element: SVGElement, { target, label, choice, draggable }: Mark): void {
  const set = (attribute: string, value: string | undefined): void => {
    if (value === undefined) element.removeAttribute(attribute);
    else element.setAttribute(attribute, value);
  };
  for (const part of ["layer", "head", "query", "key", "dimension"] satisfies (keyof Target)[]) {
    set(`data-${part}`, target?.[part]?.toString());
  }
  const asked = choice !== undefined || draggable === true;
  set("data-target", target ? "" : undefined);
  set("data-draggable", draggable ? "" : undefined);
  set("aria-label", label);
  set("role", draggable ? "slider" : choice ? "button" : undefined);
  set("tabindex", asked ? "0" : undefined);
  set("aria-pressed", choice && !draggable ? String(choice === "chosen") : undefined);
}
