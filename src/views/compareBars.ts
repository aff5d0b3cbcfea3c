import { points, sideText, type ComparedRow, type Side } from "./compareRows.js";
import { inside } from "./format.js";
import { rect, text } from "./marks.js";
import type { Mark, Paint } from "./types.js";

/** Where a bar is. */
export interface Place {
  /** Where it begins, and which way it goes. */
  readonly x: number;
  readonly to: 1 | -1;
  readonly y: number;
  readonly height: number;
  /** How long 100 % is. */
  readonly full: number;
}

/** A bar on its room, and its number; an empty slot where the key was left out. */
export function bar(
  id: string,
  side: Side | undefined,
  paint: Paint,
  place: Place,
  strong: boolean,
): Mark[] {
  const { x, to, y, height, full } = place;
  const weight = side && side.weight > 0 ? side.weight : 0;
  const from = (long: number) => ({ x: to > 0 ? x : x - long, y, width: long, height });
  const slot = side?.gone
    ? { opacity: 1, "stroke-dasharray": "4 3", stroke: "soft", "fill-opacity": 0 }
    : { opacity: side ? 0.25 : 0.1, stroke: "none" };
  const plain = side !== undefined && !side.gone && !side.blocked;
  const long = weight * full;
  const at = side?.gone ? 8 : long + 8;
  return [
    rect(`room-${id}`, from(full), "line", { rx: 3, ...slot }),
    rect(`bar-${id}`, from(Math.max(long, weight > 0 ? 1 : 0)), paint, {
      rx: 3,
      stroke: strong && weight > 0 ? "ink" : "none",
      "stroke-width": 1.2,
    }),
    text(`number-${id}`, x + to * at, y + height / 2, sideText(side), {
      anchor: to > 0 ? "start" : "end",
      size: height < 20 ? 13 : 15,
      fill: plain ? "ink" : "soft",
    }),
  ];
}

/** What the second gives more. */
export function differenceOf({ id, difference }: ComparedRow, width: number, y: number): Mark {
  const shown = difference === undefined ? "" : points(difference);
  const fill = !difference ? "soft" : difference > 0 ? "positive" : "negative";
  return text(`difference-${id}`, width, y, shown, { size: 13, anchor: "end", fill });
}

/** What a row stands for, and says. */
export function about(
  row: ComparedRow,
  names: readonly [string, string],
  query: number,
): Partial<Mark> {
  const sides = [row.a, row.b].map(
    (side, n) => `${inside(names[n])}: ${side ? sideText(side) : "not there"}`,
  );
  return {
    // Positions are those of the first view: a word of the second only has none there.
    ...(row.a && { target: { query, key: row.a.key } }),
    label: `${inside(row.text)}, ${sides.join("; ")}`,
  };
}

/** A small heading. */
export function head(id: string, x: number, name: string, anchor: "start" | "end", y = 14): Mark {
  return text(id, x, y, name, { size: 13, anchor, fill: "soft" });
}
