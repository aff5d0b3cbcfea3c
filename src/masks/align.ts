import { describe, rangeError, typeError } from "../tensor/index.js";
import { readPerBatch, type PerBatch } from "./perBatch.js";
import type { Place, ScoreShape } from "./types.js";

/**
 * Where query `i` stands among the keys: at key `i + offset`.
 *
 * ```text
 * L = 2, S = 4       topLeft, offset 0      bottomRight, offset S − L
 *                    keys 0 1 2 3           keys 0 1 2 3
 *          query 0        x . . .                x x x .
 *          query 1        x x . .                x x x x      (x: visible under causal)
 * ```
 *
 * With key or query lengths, `bottomRight` aligns the last real query with the last real key of its
 * batch entry. An offset may be negative, and may be given for each batch entry.
 */
export type Align = "topLeft" | "bottomRight" | AlignOffset;

/** An alignment by number. */
export interface AlignOffset {
  /** Query `i` stands at key `i + offset`. Any integer, or one for each batch entry. */
  offset: PerBatch;
}

/** The offset of each batch entry. `undefined` means "no alignment needed", which takes L = S. */
export function readAlign(
  align: unknown,
  shape: ScoreShape,
  place: Place,
  undecided: string,
): Float64Array {
  const { fn, argument } = place;
  const { batch, queries, keys } = shape;
  if (align === undefined) {
    if (queries === keys) return new Float64Array(batch);
    throw rangeError(
      fn,
      argument,
      `an alignment, since ${undecided} takes L = S`,
      `L = ${queries} queries and S = ${keys} keys`,
      `write "bottomRight" (the last query stands at the last key, as in decoding), "topLeft" (query i at key i) or { offset } (query i at key i + offset)`,
    );
  }
  if (align === "topLeft") return new Float64Array(batch);
  if (align === "bottomRight") {
    return Float64Array.from(
      { length: batch },
      (_, b) => (shape.keyCounts?.[b] ?? keys) - (shape.queryCounts?.[b] ?? queries),
    );
  }
  const offset = offsetOf(align);
  if (offset === undefined) {
    throw typeError(fn, argument, `"topLeft", "bottomRight" or { offset }`, describe(align));
  }
  return readPerBatch(offset, batch, { fn, argument: `${argument}.offset` });
}

/** In a reason: where query `i` stands, if its number does not say so. */
export function standing(i: number, offset: number): string {
  return offset === 0 ? "" : `, which stands at key ${i + offset}`;
}

function offsetOf(align: unknown): unknown {
  if (typeof align !== "object" || align === null) return undefined;
  const names = Object.keys(align);
  return names.length === 1 && names[0] === "offset"
    ? (align as { offset: unknown }).offset
    : undefined;
}
