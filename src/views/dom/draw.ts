/// <reference lib="dom" />

import { describe, typeError } from "../../tensor/index.js";
import { fontFamily } from "../toSvg.js";
import type { Picture } from "../types.js";
import { listen, type Handlers } from "./listen.js";
import { patch, type Drawing } from "./patch.js";
import { rove } from "./roving.js";
import { tween } from "./tween.js";
import type { HostElement, SvgElement } from "./types.js";

/** How a picture is drawn, and what is done when a reader does something with it. */
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
 * Draws a picture into an element of a page. What was drawn there before becomes this picture: marks with the same
 * `id` move, others fade. Focus stays.
 *
 * @returns the picture, an SVG element that is the only child of the host.
 * @throws TypeError where the host is no element.
 */
export function draw(host: HostElement, picture: Picture, options: DrawOptions = {}): SvgElement {
  const place = host as Element | undefined;
  if (typeof place?.replaceChildren !== "function")
    throw typeError("draw", "host", "an element of a page", describe(host));
  const before = drawnIn.get(place);
  const first = before?.svg.parentNode !== place;
  const drawn = first ? start(place) : before;
  drawn.handlers = options;
  drawn.stop();
  const { svg, drawing } = drawn;
  const { zoom = 1 } = options;
  const { width, height, marks } = picture;
  const focused = focusedIn(svg);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width * zoom));
  svg.setAttribute("height", String(height * zoom));
  svg.setAttribute("aria-label", picture.title);
  const changes = patch(svg, drawing, marks);
  const active = svg.querySelector("[tabindex]:not([aria-hidden])");
  svg.setAttribute("role", active ? "group" : "img");
  rove(svg);
  drawn.stop = tween(svg, changes, first || still(place) ? 0 : (options.duration ?? 400));
  if (focused && focusedIn(svg) !== focused) refocus(svg, focused);
  return svg;
}

function start(host: Element): Drawn {
  const svg = host.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("font-family", fontFamily);
  // Chromium lets the Tab key stop at SVG that listens to focus.
  svg.setAttribute("tabindex", "-1");
  host.replaceChildren(svg);
  const drawn: Drawn = { svg, drawing: new Map(), handlers: {}, stop: () => undefined };
  listen(svg, () => drawn.handlers);
  drawnIn.set(host, drawn);
  return drawn;
}

function focusedIn(svg: SVGSVGElement): Element | null {
  const { activeElement } = svg.getRootNode() as Document | ShadowRoot;
  return svg.contains(activeElement) ? activeElement : null;
}

/** The focus stays where it was; where that is gone, it goes to the choice whose turn it is. */
function refocus(svg: SVGSVGElement, focused: Element): void {
  const stays = svg.contains(focused) && focused.hasAttribute("tabindex");
  const next = stays ? focused : svg.querySelector('[tabindex="0"]');
  (next as SVGElement | null)?.focus({ preventScroll: true });
}

/** Whether a reader asked for no motion. */
function still({ ownerDocument: { defaultView } }: Element): boolean {
  return defaultView?.matchMedia("(prefers-reduced-motion: reduce)").matches ?? true;
}
