/// <reference lib="dom" />

import { between } from "./between.js";
import type { Change } from "./patch.js";

/** More marks than this at once are too many for a slow processor: they are where they belong at once. */
const mostChanges = 1500;

/**
 * Lets attributes change by degrees. What it returns stops that: what leaves is gone, and the rest stays as it is
 * seen, so that the next change begins there.
 */
export function tween(
  svg: SVGSVGElement,
  changes: readonly Change[],
  duration: number,
): () => void {
  if (duration === 0 || changes.length > mostChanges || changes.length === 0) {
    finish();
    return () => undefined;
  }
  const moving = changes.map(({ element, name, from, to }) => ({
    element,
    name,
    at: between(from, to),
  }));
  for (const { element, name, at } of moving) element.setAttribute(name, at(0));
  const began = performance.now();
  let frame = requestAnimationFrame(step);
  return () => {
    cancelAnimationFrame(frame);
    removeLeaving();
  };

  function step(now: number): void {
    const t = Math.min(1, Math.max(0, (now - began) / duration));
    if (t === 1) return finish();
    const left = 1 - t;
    const eased = 1 - left * left * left;
    for (const { element, name, at } of moving) element.setAttribute(name, at(eased));
    frame = requestAnimationFrame(step);
  }

  function finish(): void {
    removeLeaving();
    for (const { element, name, to } of changes) {
      // What changes nothing needs no attribute.
      const empty = name === "opacity" ? to === "1" : to === "translate(0,0)";
      if (empty) element.removeAttribute(name);
      else element.setAttribute(name, to);
    }
  }

  function removeLeaving(): void {
    for (const element of svg.querySelectorAll("[data-leaves]")) element.remove();
  }
}
