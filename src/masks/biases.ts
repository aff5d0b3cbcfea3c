import { alibi } from "./alibi.js";
import { biasWhere } from "./biasWhere.js";
import { relative } from "./relative.js";
import { sum } from "./sum.js";

/**
 * Rules for the option `bias`: numbers that are computed where they are needed, so that no L×S
 * tensor is stored.
 *
 * @example
 * ```ts
 * import { alibiSlopes, attention, biases } from "qkv";
 *
 * const x = [[1, 0], [0, 1], [1, 1]];
 * const output = attention(x, x, x, { bias: biases.alibi(alibiSlopes(1)), causal: true });
 * console.log(output.shape);
 * // → [ 3, 2 ]
 * ```
 */
export const biases = {
  /** `−slope[h]·|i + offset − j|`: a penalty that grows with distance. */
  alibi,
  /** A learned bias for each relative position: a table by distance, T5's buckets, or Swin's grid. */
  relative,
  /** Any bias: a function `(b, h, i, j) => number`. */
  where: biasWhere,
  /** Several biases, added to the scores one after the other in the given order. */
  sum,
} as const;

/** Rules for the option `bias`: numbers that are computed where they are needed. */
export type Biases = typeof biases;
