import { path, round } from "./marks.js";
import type { CellsOf } from "./cells.js";
import type { Pairs } from "./pairs.js";
import { shadeOf } from "./shade.js";
import type { Mark, Paint } from "./types.js";

/** A line from left to right that leaves and arrives level. */
export function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = round((x1 + x2) / 2);
  return `M${round(x1)} ${round(y1)}C${middle} ${round(y1)} ${middle} ${round(y2)} ${round(x2)} ${round(y2)}`;
}

/** Where queries, on the left, and keys, on the right, have their middle. */
export interface Ends {
  readonly left: number;
  readonly right: number;
  readonly queryY: (query: number) => number;
  readonly keyY: (key: number) => number;
}

const steps = 8;
/** How dense a line of weight 1 is behind those of the chosen query. Not the root of weights: they would be a fog. */
const faint = 0.7;

/** The lines of all queries but one, thin: a path for all that are about as dense. */
export function faintLines(pairs: Pairs, chosen: number, ends: Ends, prefix = ""): Mark[] {
  const paths = new Map<number, string>();
  pairs.weights.forEach((row, i) => {
    if (i === chosen) return;
    row.forEach((weight, j) => {
      const step = Math.round(shadeOf(weight) * steps);
      if (step === 0) return;
      const line = curve(ends.left, ends.queryY(i), ends.right, ends.keyY(j));
      paths.set(step, (paths.get(step) ?? "") + line);
    });
  });
  return [...paths]
    .sort(([a], [b]) => a - b)
    .map(([step, d]) =>
      path(`${prefix}faint-${step}`, d, {
        fill: "none",
        stroke: "weight",
        "stroke-opacity": faint * (step / steps) * (step / steps),
        "pointer-events": "none",
      }),
    );
}

/**
 * The lines of one query, each as thick as its weight: together they are `full` thick where they leave the query. A
 * thin edge of ink sets them off from the ground in every theme.
 */
export function strongLines(
  pairs: Pairs,
  query: number,
  ends: Ends,
  full: number,
  { prefix = "", target }: CellsOf = {},
): Mark[] {
  const row = pairs.weights[query] ?? [];
  let sum = 0;
  return row.flatMap((weight, j): Mark[] => {
    if (!(weight > 0)) return [];
    const y = ends.queryY(query) + (sum + weight / 2 - 0.5) * full;
    sum += weight;
    const d = curve(ends.left, y, ends.right, ends.keyY(j));
    const thick = weight * full;
    const of = { target: { ...target, query, key: j }, label: pairs.label(query, j) };
    const look = (stroke: Paint, width: number): Record<string, string | number> => ({
      fill: "none",
      stroke,
      "stroke-width": width,
    });
    return [
      path(
        `${prefix}edge-${j}`,
        d,
        { ...look("ink", thick + 1), "stroke-opacity": 0.8 * shadeOf(weight) },
        of,
      ),
      path(`${prefix}line-${j}`, d, look(`word-${j}`, thick), of),
    ];
  });
}
