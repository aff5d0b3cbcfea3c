import { attentionCase } from "../cases/attentionCase.js";
import { qkvAttention } from "../cases/qkv.js";
import type { MakeLibrary } from "../library.js";
import type { Report } from "../report.js";
import type { CaseSpec } from "../types.js";
import type { AttentionShape } from "../work.js";

const size = 64;
const shapes = {
  dense: {},
  causal: { causal: true },
  "window 256": { causal: true, left: 255 },
} as const satisfies Record<string, Partial<AttentionShape>>;

export type Series = keyof typeof shapes;
export const series = Object.keys(shapes) as Series[];

/** `first`, doubled up to `last`. */
export function doublings(first: number, last: number): number[] {
  return first > last ? [] : [first, ...doublings(2 * first, last)];
}

/** Calls of one head, whose time is drawn against their length. */
export function timeCases(make: MakeLibrary): CaseSpec[] {
  return series.flatMap((group) =>
    doublings(256, 16_384).map((queries) =>
      attentionCase({
        ...{ group, name: String(queries), quick: queries <= 2048 },
        shape: { heads: 1, queries, size, ...shapes[group] },
        entrants: (work) => [qkvAttention(make, work)],
      }),
    ),
  );
}

/** Calls whose memory is drawn against the number of keys. */
export function memoryCalls(quick: boolean) {
  return doublings(1024, quick ? 16_384 : 131_072).map((keys) => ({ queries: 256, keys, size }));
}

export interface TimePoint {
  series: Series;
  length: number;
  /** Median of the rounds. */
  seconds: number;
}

/** The points of the plot of times. */
export function timesOf({ cases }: Report): TimePoint[] {
  return cases.map(({ group, name, rows }) => ({
    ...{ series: group as Series, length: Number(name) },
    seconds: rows[0].seconds.median,
  }));
}

/** The exponent `p` of `y ∝ xᵖ` between two points. */
export function slope([x0, y0]: [number, number], [x1, y1]: [number, number]): number {
  return Math.log(y1 / y0) / Math.log(x1 / x0);
}
