/// <reference lib="dom" />

import type { Target } from "../types.js";
import { targetParts } from "./name.js";
import { beside, rove } from "./roving.js";

/** What a reader does with a picture. */
export interface Handlers {
  /** Chose a mark: clicked it, button or not, or pressed Enter or the space bar. */
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

interface Drag {
  readonly target: Target;
  readonly pointer: number;
  x: number;
  y: number;
}

/** Listens on a picture, once for all its marks. */
export function listen(svg: SVGSVGElement, handlers: () => Handlers): void {
  let dragged: Drag | undefined;
  let hovered: Element | null = null;
  let focused: Element | null = null;
  let pointed: Element | null = null;
  const markOf = (event: Event): Element | null =>
    event.target instanceof Element ? event.target.closest("[data-target]") : null;

  const point = (again = false): void => {
    const element = hovered ?? focused;
    if ((element === pointed && !again) || dragged) return;
    pointed = element;
    handlers().point?.(
      element ? targetOf(element) : undefined,
      element?.getAttribute("aria-label") ?? undefined,
    );
  };
  const hover = (element: Element | null): void => {
    hovered = element;
    point();
  };
  svg.addEventListener("pointerover", (event) => hover(markOf(event)));
  svg.addEventListener("pointerleave", () => hover(null));
  svg.addEventListener("focusin", (event) => {
    focused = markOf(event);
    if (focused?.getAttribute("role") === "button") rove(svg, focused);
    point();
  });
  svg.addEventListener("focusout", () => {
    focused = null;
    point();
  });

  svg.addEventListener("click", (event) => {
    const element = markOf(event);
    // What can be dragged is not chosen by letting it go.
    if (element && element.getAttribute("role") !== "slider")
      handlers().choose?.(targetOf(element));
  });
  svg.addEventListener("keydown", (event) => {
    const element = markOf(event);
    if (!element || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = arrows[event.key];
    if (element.hasAttribute("data-draggable") && by) {
      handlers().drag?.(targetOf(element), [by[0] * keyStep, by[1] * keyStep], true);
      point(true);
    } else if (event.key === "Enter" || event.key === " ") handlers().choose?.(targetOf(element));
    else {
      const next = beside(svg, element, event.key);
      if (!next) return;
      next.focus();
    }
    event.preventDefault();
  });

  svg.addEventListener("pointerdown", (event) => {
    const element = markOf(event)?.closest<SVGElement>("[data-draggable]");
    if (!element || event.button !== 0 || dragged) return;
    const { pointerId: pointer, clientX: x, clientY: y } = event;
    // Without this, text would be selected; the focus has to be given then.
    event.preventDefault();
    element.focus();
    svg.setPointerCapture(pointer);
    dragged = { target: targetOf(element), pointer, x, y };
  });
  svg.addEventListener("pointermove", (event) => move(event, false));
  svg.addEventListener("pointerup", (event) => move(event, true));
  // It has no place of its own.
  svg.addEventListener("pointercancel", ({ pointerId }) => {
    if (dragged?.pointer === pointerId) drag([0, 0], true);
  });

  function move({ pointerId, clientX, clientY }: PointerEvent, done: boolean): void {
    if (dragged?.pointer !== pointerId) return;
    const { width } = svg.getBoundingClientRect();
    const zoom = width > 0 ? svg.viewBox.baseVal.width / width : 1;
    const by = [(clientX - dragged.x) * zoom, (clientY - dragged.y) * zoom] as const;
    [dragged.x, dragged.y] = [clientX, clientY];
    if (done || by[0] !== 0 || by[1] !== 0) drag(by, done);
  }

  function drag(by: readonly [number, number], done: boolean): void {
    const { target } = dragged!;
    if (done) dragged = undefined;
    handlers().drag?.(target, by, done);
    // What it says of itself is another now.
    if (done) point(true);
  }
}

function targetOf(element: Element): Target {
  const parts = targetParts.flatMap((part) => {
    const value = element.getAttribute(`data-${part}`);
    return value === null ? [] : [[part, Number(value)] as const];
  });
  return Object.fromEntries(parts);
}
