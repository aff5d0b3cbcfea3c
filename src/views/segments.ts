import type { Part } from "./blendRow.js";
import { inside, percent } from "./format.js";
import { classed, group, rect, round, text, type Box } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/** Between two segments: what is dragged has its line there. */
const gap = 2;
/** Letters of names and numbers, from large to small: the first that fit. */
const nameSizes = (height: number): number[] => [...(height > 72 ? [20] : []), 15, 13, 12];
const numberSizes = (height: number): number[] => [...(height > 72 ? [18] : []), 14, 12, 11];

/**
 * A word's part of the bar, as much of it as has poured in. Until it is full, its name and weight are there unseen:
 * then they fade in where it moves.
 */
export function segment(
  { key, name, label, weight }: Part,
  query: number,
  { x, y, width, height }: Box,
  pour: number,
  chosen: boolean,
): Mark {
  // A gap between segments, but none of it where they are thin.
  const shown = Math.max(width - gap, Math.min(width, 0.5));
  const number = percent(weight);
  const nameSize = nameSizes(height).find((size) => textWidth(name, size, 600) + 8 <= width);
  const upright = nameSize === undefined && width >= 18;
  const numberSize = upright
    ? undefined
    : numberSizes(height).find((size) => textWidth(number, size) + 4 <= width);
  const at = nameSize && numberSize ? 0.75 * nameSize : 0;
  const full = pour === 1;
  const x0 = (shown * pour) / 2;
  const middle = { anchor: "middle", ...(full ? {} : { opacity: 0 }) } as const;
  const box = { x: 0, y: 0, width: shown * pour, height };
  const look = { rx: Math.min(4, shown / 4), stroke: chosen ? "ink" : "none", "stroke-width": 2 };
  const marks = [rect(`segment-${key}`, box, `word-${key}`, look)];
  if (nameSize) {
    const style = { ...middle, size: nameSize, weight: 600 };
    marks.push(text(`segment-name-${key}`, x0, height / 2 - at, full ? name : "", style));
  }
  if (upright) {
    const style = { ...middle, size: 13, weight: 600 };
    const shown = full ? fit(name, height - 8, 13, 600) : "";
    const it = text(`segment-upright-${key}`, 0, 0, shown, style);
    const transform = `translate(${round(x0)},${height / 2}) rotate(-90)`;
    marks.push({ ...it, attributes: { ...it.attributes, transform } });
  }
  if (numberSize) {
    const style = { ...middle, size: numberSize };
    marks.push(text(`segment-number-${key}`, x0, height / 2 + at, full ? number : "", style));
  }
  return group(`segment-group-${key}`, x + ((width - shown) / 2) * pour, y, marks, {
    target: { query, key },
    label,
  });
}

/** How wide a finger is. */
const room = 24;

/**
 * The right edge of a segment in its bar: a thin line in the gap, with room around it to take hold of. Its class lets a
 * page make it strong while it is pointed at.
 */
export function handle({ key, name, weight, to }: Part, query: number, bar: Box): Mark {
  const x = Math.min(to * bar.width, bar.width - gap / 2);
  const left = Math.min(Math.max(x - room / 2, 0), bar.width - room);
  const around = { x: 0, y: 0, width: room, height: bar.height };
  const edge = { ...around, x: x - left - gap / 2, width: gap };
  const marks = [
    rect(`handle-room-${key}`, around, "ground", { "fill-opacity": 0 }),
    classed(rect(`handle-line-${key}`, edge, "soft"), "handle-line"),
  ];
  const label = `weight of ${inside(name)}: ${percent(weight)}`;
  const more = { target: { query, key }, draggable: true, label };
  return classed(group(`handle-${key}`, left, bar.y, marks, more), "handle");
}
