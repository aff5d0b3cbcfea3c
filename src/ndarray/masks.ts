import type { NdArray } from "ndarray";
import { masks as plain, type Mask, type Masks as PlainMasks } from "../core.js";
import { toNdArray } from "./toNdArray.js";

/** Rules for the options `allow` and `block`, their algebra, and two ways to look at them. */
export interface Masks extends Omit<PlainMasks, "dense"> {
  /** Writes a mask out, ones and zeros: true where the query may attend the key. */
  readonly dense: (mask: Mask, shape: readonly number[]) => NdArray<Uint8Array>;
}

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
export const masks: Masks = /* @__PURE__ */ (() => ({
  ...plain,
  dense: (...given: Parameters<typeof plain.dense>) => toNdArray(plain.dense(...given)),
}))();
