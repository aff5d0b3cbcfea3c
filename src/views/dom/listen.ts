/// <reference lib="dom" />

import type { Target } from "../types.js";

/** What a reader does with a picture. */
export interface Handlers {
  /** Chose a mark: clicked it, or pressed Enter or the space bar. */
  readonly choose?: ((target: Target) => void) | undefined;
  /** Points at a mark, or has the focus on it; undefined when neither. */
  readonly point?: ((target: Target | undefined, label: string | undefined) => void) | undefined;
  /** Drags a mark by so many pixels of the picture, by pointer or arrow keys, and lets it go. */
  readonly drag?:
    ((target: Target, by: readonly [number, number], done: boolean) => void) | undefined;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** How far one press of an arrow key drags. */
const keyStep = 8;

/** Listens on a picture, once for all its marks. */
export function listen(svg: SVGSVGElement, handlers: () => Handlers): void {
  let dragged: { readonly element: Element; x: number; y: number } | undefined;
  const markOf = (event: Event): Element | null =>
    event.target instanceof Element ? event.target.closest("[data-target]") : null;

  const point = (element: Element | null): void =>
    handlers().point?.(
      element ? targetOf(element) : undefined,
      element?.getAttribute("aria-label") ?? undefined,
    );
  svg.addEventListener("pointerover", (event) => point(markOf(event)));
  svg.addEventListener("pointerleave", () => point(null));
  svg.addEventListener("focusin", (event) => point(markOf(event)));
  svg.addEventListener("focusout", () => point(null));

  svg.addEventListener("click", (event) => {
    const element = markOf(event);
    if (element?.hasAttribute("role")) handlers().choose?.(targetOf(element));
  });
  svg.addEventListener("keydown", (event) => {
    const element = markOf(event);
    if (!element) return;
    const by = arrows[event.key];
    if (element.hasAttribute("data-draggable") && by) {
      handlers().drag?.(targetOf(element), [by[0] * keyStep, by[1] * keyStep], true);
    } else if (event.key === "Enter" || event.key === " ") handlers().choose?.(targetOf(element));
    else return;
    event.preventDefault();
  });

  svg.addEventListener("pointerdown", (event) => {
    const element = markOf(event)?.closest("[data-draggable]");
    if (!element || event.button !== 0) return;
    dragged = { element, x: event.clientX, y: event.clientY };
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (element instanceof SVGElement) element.focus();
  });
  svg.addEventListener("pointermove", (event) => move(event, false));
  for (const end of ["pointerup", "pointercancel"] as const) {
    svg.addEventListener(end, (event) => {
      move(event, true);
      dragged = undefined;
    });
  }

  function move(event: PointerEvent, done: boolean): void {
    if (!dragged) return;
    const zoom = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    const by = [(event.clientX - dragged.x) * zoom, (event.clientY - dragged.y) * zoom] as const;
    [dragged.x, dragged.y] = [event.clientX, event.clientY];
    if (done || by[0] !== 0 || by[1] !== 0) handlers().drag?.(targetOf(dragged.element), by, done);
  }
}

function targetOf(element: Element): Target {
  const parts = ["layer", "head", "query", "key", "dimension"].flatMap((part) => {
    const value = element.getAttribute(`data-${part}`);
    return value === null ? [] : [[part, Number(value)] as const];
  });
  return Object.fromEntries(parts);
}
