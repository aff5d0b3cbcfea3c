import type { Mark, Paint } from "./types.js";

export { directionOf, inside, percent, quoted, short } from "./format.js";
export { fit, textWidth } from "./textWidth.js";

/** What a mark can say beside what is drawn. */
export type Extra = Partial<Omit<Mark, "id" | "kind" | "attributes">>;

/** Where a rectangle is. */
export interface Box {
  /** Its left edge. */
  readonly x: number;
  /** Its upper edge. */
  readonly y: number;
  /** Less than 0 is drawn as 0. */
  readonly width: number;
  /** Less than 0 is drawn as 0. */
  readonly height: number;
}

/** Attributes as SVG spells them, without those that are not given. */
export type Attributes = Readonly<Record<string, number | string | undefined>>;

/** Marks that are moved together. */
export function group(
  id: string,
  x: number,
  y: number,
  marks: readonly Mark[],
  extra: Extra = {},
): Mark {
  return {
    id,
    kind: "g",
    attributes: { transform: `translate(${round(x)},${round(y)})` },
    marks,
    ...extra,
  };
}

/** A rectangle. */
export function rect(
  id: string,
  box: Box,
  fill: Paint,
  more: Attributes = {},
  extra: Extra = {},
): Mark {
  const { x, y, width, height } = box;
  const at = { x, y, width: Math.max(0, width), height: Math.max(0, height) };
  return { id, kind: "rect", attributes: tidied({ ...at, fill, ...more }), ...extra };
}

/** A line from one point to another. */
export function line(
  id: string,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  stroke: Paint,
  more: Attributes = {},
): Mark {
  return { id, kind: "line", attributes: tidied({ x1, y1, x2, y2, stroke, ...more }) };
}

/** A path, as SVG spells it. */
export function path(id: string, d: string, more: Attributes, extra: Extra = {}): Mark {
  return { id, kind: "path", attributes: tidied({ d, ...more }), ...extra };
}

/** A circle around a point. */
export function circle(
  id: string,
  [cx, cy]: readonly [number, number],
  r: number,
  fill: Paint,
  more: Attributes = {},
  extra: Extra = {},
): Mark {
  return { id, kind: "circle", attributes: tidied({ cx, cy, r, fill, ...more }), ...extra };
}

/** How a text is set. `y` is its middle. */
export interface TextStyle {
  /** Default 15. */
  readonly size?: number;
  /** Default 400. */
  readonly weight?: number;
  /** Default `"start"`. */
  readonly anchor?: "start" | "middle" | "end";
  /** Default `"ink"`. */
  readonly fill?: Paint;
  /** From 0 to 1. Default 1. */
  readonly opacity?: number;
  /** Keeps it readable where a line passes behind it. */
  readonly halo?: boolean;
}

/** A text, its middle at `y`. */
export function text(
  id: string,
  x: number,
  y: number,
  content: string,
  style: TextStyle = {},
  extra: Extra = {},
): Mark {
  const { size = 15, weight, anchor, fill = "ink", opacity, halo } = style;
  const attributes = tidied({
    x,
    // Not `dominant-baseline`: what reads SVG outside of browsers often does not know it.
    y: y + size * 0.35,
    fill,
    "font-size": size,
    "font-weight": weight,
    "text-anchor": anchor === "start" ? undefined : anchor,
    opacity,
    ...(halo && { stroke: "ground", "stroke-width": 4, "paint-order": "stroke" }),
  });
  return { id, kind: "text", attributes, text: content, ...extra };
}

/** A mark that the style of a page can find. */
export function classed(mark: Mark, name: string): Mark {
  return { ...mark, attributes: { ...mark.attributes, class: name } };
}

/** A mark that a pointer goes through, to what is under it. */
export function still(mark: Mark): Mark {
  return { ...mark, attributes: { ...mark.attributes, "pointer-events": "none" } };
}

function tidied(attributes: Attributes): Record<string, number | string> {
  const kept: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) kept[name] = typeof value === "number" ? round(value) : value;
  }
  return kept;
}

/** Hundredths of a pixel are enough, and short. */
export function round(x: number): number {
  return Math.round(x * 100) / 100;
}
