import type { Part } from "./blendRow.js";
import { inside, percent } from "./format.js";
import { group, rect, text, type Box } from "./marks.js";
import { textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

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
  const shown = Math.max(width - 2, Math.min(width, 0.5));
  const number = percent(weight);
  const named = textWidth(name, 15, 600) + 12 <= width;
  const numbered = textWidth(number, 14) + 6 <= width;
  const at = numbered && named ? 11 : 0;
  const full = pour === 1;
  const x0 = (shown * pour) / 2;
  const middle = { anchor: "middle", ...(full ? {} : { opacity: 0 }) } as const;
  const box = { x: 0, y: 0, width: shown * pour, height };
  const look = { rx: Math.min(4, shown / 4), stroke: chosen ? "ink" : "none", "stroke-width": 2 };
  const marks = [rect(`segment-${key}`, box, `word-${key}`, look)];
  if (named) {
    const style = { ...middle, weight: 600 };
    marks.push(text(`segment-name-${key}`, x0, height / 2 - at, full ? name : "", style));
  }
  if (numbered) {
    const style = { ...middle, size: 14 };
    marks.push(text(`segment-number-${key}`, x0, height / 2 + at, full ? number : "", style));
  }
  return group(`segment-group-${key}`, x + ((width - shown) / 2) * pour, y, marks, {
    target: { query, key },
    label,
  });
}

/** How wide a finger is. */
const room = 24;

/** The right edge of a segment in its bar, with room around it to take hold of. */
export function handle({ key, name, weight, to }: Part, query: number, bar: Box): Mark {
  const x = Math.min(to * bar.width, bar.width - 2);
  const left = Math.min(Math.max(x - room / 2, 0), bar.width - room);
  const around = { x: 0, y: 0, width: room, height: bar.height + 8 };
  const edge = { ...around, x: x - left - 1.5, width: 3 };
  return group(
    `handle-${key}`,
    left,
    bar.y - 4,
    [
      rect(`handle-room-${key}`, around, "ground", { "fill-opacity": 0 }),
      rect(`handle-line-${key}`, edge, "ink", { rx: 1.5 }),
    ],
    {
      target: { query, key },
      draggable: true,
      label: `weight of ${inside(name)}: ${percent(weight)}`,
    },
  );
}
