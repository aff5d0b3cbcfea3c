/// <reference lib="dom" />

import { interpolateString } from "d3-interpolate";
import type { Change } from "./patch.js";

/** More marks than this at once are too many for a slow processor: they are where they belong at once. */
const mostChanges = 1500;

/** Lets attributes change by degrees. What it returns ends that at once. */
export function tween(changes: readonly Change[], duration: number): () => void {
  const finish = (): void => {
    for (const { element, name, to, leaves } of changes) {
      if (!leaves) put(element, name, to);
      else if (element.hasAttribute("data-leaves")) element.remove();
    }
  };
  if (duration === 0 || changes.length > mostChanges || changes.length === 0) {
    finish();
    return () => undefined;
  }
  const moving = changes.map(({ element, name, from, to }) => ({
    element,
    name,
    at: interpolateString(from, to),
  }));
  for (const { element, name, at } of moving) put(element, name, at(0));
  const began = performance.now();
  let frame = requestAnimationFrame(step);
  let running = true;
  return () => {
    if (!running) return;
    cancelAnimationFrame(frame);
    end();
  };

  function step(now: number): void {
    const t = Math.min(1, Math.max(0, (now - began) / duration));
    if (t === 1) return end();
    const left = 1 - t;
    const eased = 1 - left * left * left;
    for (const { element, name, at } of moving) element.setAttribute(name, at(eased));
    frame = requestAnimationFrame(step);
  }

  function end(): void {
    running = false;
    finish();
  }
}

/** Full opacity needs no attribute. */
function put(element: SVGElement, name: string, value: string): void {
  if (name === "opacity" && value === "1") element.removeAttribute(name);
  else element.setAttribute(name, value);
}
