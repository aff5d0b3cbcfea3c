import { and, not, or } from "./algebra.js";
import { causal } from "./causal.js";
import { lengths, prefix } from "./lengths.js";
import { dense, sparsity } from "./materialize.js";
import { segments } from "./segments.js";
import { where } from "./where.js";
import { window } from "./window.js";

/**
 * Rules for the options `allow` and `block`, their algebra, and two ways to look at them.
 *
 * @example
 * ```ts
 * import { attention, masks } from "qkv";
 *
 * const x = [[1, 0], [0, 1], [1, 1]];
 * const output = attention(x, x, x, { allow: masks.or(masks.prefix(2), masks.causal()) });
 * console.log(output.shape);
 * // → [ 3, 2 ]
 * ```
 */
// A plain object, not a namespace: bundlers drop it where nothing uses it.
export const masks = {
  /** No look ahead: key `j` is visible to query `i` iff `j ≤ i + offset`. */
  causal,
  /** A sliding window: a query sees `left` keys before its own and `right` after it. */
  window,
  /** Padding at the end: real keys of each batch entry. */
  lengths,
  /** The first keys, which every query sees. */
  prefix,
  /** Packed sequences: a query sees the keys of its own segment only. */
  segments,
  /** Any pattern: a function `(b, h, i, j) => boolean`. */
  where,
  /** Pairs that all of the given masks allow. */
  and,
  /** Pairs that at least one of the given masks allows. */
  or,
  /** Pairs that the given mask blocks. */
  not,
  /** Writes a mask out: true where the query may attend the key. */
  dense,
  /** The share of 64×64 tiles of query–key pairs in which nothing is visible. */
  sparsity,
} as const;

/** Rules for the options `allow` and `block`, their algebra, and two ways to look at them. */
export type Masks = typeof masks;
