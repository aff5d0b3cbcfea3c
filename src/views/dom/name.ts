/// <reference lib="dom" />

import type { Mark, Target } from "../types.js";

export const targetParts = [
  "layer",
  "head",
  "query",
  "key",
  "dimension",
] as const satisfies (keyof Target)[];

/** Says what an element is, for those who point at it, hear it, or choose it. */
export function name(element: SVGElement, mark: Mark): void {
  const { target, label, choice, draggable } = mark;
  const set = (attribute: string, value: string | undefined): void => {
    if (value === undefined) element.removeAttribute(attribute);
    else if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
  };
  for (const part of targetParts) set(`data-${part}`, target?.[part]?.toString());
  set("data-target", target ? "" : undefined);
  set("data-draggable", draggable ? "" : undefined);
  set("aria-label", label);
  set("role", draggable ? "slider" : choice ? "button" : label ? "img" : undefined);
  set("aria-pressed", choice && !draggable ? String(choice === "chosen") : undefined);
  set("cursor", draggable ? "grab" : choice ? "pointer" : undefined);
  // What is dragged has a value in words; a slider must have a number too, and its place is one.
  const { transform, cx, x } = mark.attributes;
  const place = parseFloat(String(cx ?? x ?? String(transform).slice("translate(".length)));
  set("aria-valuenow", draggable ? String(Math.round(place) || 0) : undefined);
  set("aria-valuetext", draggable ? label : undefined);
  // Choices take turns: roving() says whose it is. What is dragged needs the arrow keys for itself.
  const turn = element.getAttribute("tabindex") ?? "-1";
  set("tabindex", draggable ? "0" : choice ? turn : undefined);
  // A finger that drags does not scroll. There is no attribute for it, and this is no inline style to a policy.
  element.style.touchAction = draggable ? "none" : "";
}
