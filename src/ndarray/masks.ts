import type { NdArray } from "ndarray";
import * as core from "../core.js";
import { toNdArray } from "./toNdArray.js";

/**
 * Rules for the options `allow` and `block`, their algebra, and two ways to look at them.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * const rule = masks.or(masks.prefix(2), masks.causal());
 * console.log(toNested(masks.dense(rule, [4, 4])));
 * // → [ [ 1, 1, 0, 0 ], [ 1, 1, 0, 0 ], [ 1, 1, 1, 0 ], [ 1, 1, 1, 1 ] ]
 * ```
 */
export const masks = {
  ...core.masks,
  /**
   * Writes a mask out: true where the query may attend the key.
   *
   * @param mask - a rule, or booleans (true = may attend).
   * @param shape - the shape of the scores, `[L, S]` or `[...batch, H, L, S]`.
   * @returns ones and zeros in that shape.
   * @throws TypeError or RangeError for a shape of another form, or a mask that does not fit it.
   */
  dense(mask: core.Mask, shape: readonly number[]): NdArray<Uint8Array> {
    return toNdArray(core.masks.dense(mask, shape));
  },
} as const;
