import type { NdArray } from "ndarray";
import * as core from "../core.js";
import { toNdArray } from "./toNdArray.js";

export {
  and,
  causal,
  lengths,
  not,
  or,
  prefix,
  segments,
  sparsity,
  where,
  window,
} from "../masks/rules.js";

/**
 * Writes a mask out: true where the query may attend the key.
 *
 * @param mask - a rule, or booleans (true = may attend).
 * @param shape - the shape of the scores, `[L, S]` or `[...batch, H, L, S]`.
 * @returns ones and zeros in that shape.
 * @throws TypeError or RangeError for a shape of another form, or a mask that does not fit it.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.causal(), [2, 2])));
 * // → [ [ 1, 0 ], [ 1, 1 ] ]
 * ```
 */
export function dense(mask: core.Mask, shape: readonly number[]): NdArray<Uint8Array> {
  return toNdArray(core.masks.dense(mask, shape));
}
