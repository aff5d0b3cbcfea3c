/// <reference lib="dom" />

import { listen, type Handlers } from "./listen.js";
import { patch, type Drawing } from "./patch.js";
import { fontFamily } from "../toSvg.js";
import { tween } from "./tween.js";
import type { Picture } from "../types.js";

export interface DrawOptions extends Handlers {
  /** How long marks move to where they are in this picture, in milliseconds. Default 400; 0 where a reader asks for no motion. */
  readonly duration?: number | undefined;
  /** The size of the page's letters over 16 pixels. Default 1. */
  readonly zoom?: number | undefined;
}

interface Drawn {
  readonly svg: SVGSVGElement;
  readonly drawing: Drawing;
  handlers: Handlers;
  stop: () => void;
}

const drawnIn = new WeakMap<Element, Drawn>();

/**
 * Draws a picture into an element. What was drawn there before becomes this picture: marks with the same `id`
 * move, others fade. Focus stays.
 */
export function draw(host: Element, picture: Picture, options: DrawOptions = {}): SVGSVGElement {
  const before = drawnIn.get(host);
  const first = before === undefined || before.svg.parentNode !== host;
  const drawn = first ? start(host) : before;
  drawn.handlers = options;
  drawn.stop();
  const { svg, drawing } = drawn;
  const { zoom = 1 } = options;
  const { width, height, marks } = picture;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width * zoom));
  svg.setAttribute("height", String(height * zoom));
  svg.setAttribute("aria-label", picture.title);
  const changes = patch(svg, drawing, marks);
  svg.setAttribute("role", svg.querySelector("[role]") ? "group" : "img");
  drawn.stop = tween(changes, first || still() ? 0 : (options.duration ?? 400));
  return svg;
}

function start(host: Element): Drawn {
  const svg = host.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("font-family", fontFamily);
  host.replaceChildren(svg);
  const drawn: Drawn = { svg, drawing: new Map(), handlers: {}, stop: () => undefined };
  listen(svg, () => drawn.handlers);
  drawnIn.set(host, drawn);
  return drawn;
}

/** Whether a reader asked for no motion. */
function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
