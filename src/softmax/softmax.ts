import type { Engine } from "../engine/index.js";
import {
  allocate,
  checkArguments,
  checkOptions,
  commonHints,
  freshTensor,
  type BooleanLike,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { computeRows } from "./computeRows.js";
import { readRows } from "./readRows.js";
import { rowsAlong } from "./rows.js";

/** Options of {@link softmax}. */
export interface SoftmaxOptions {
  /** The axis whose entries share a sum of 1. Negative counts from the end. Default −1. */
  axis?: number | undefined;
  /**
   * True where an entry takes part; elsewhere the result is 0 and the entry is never read. Shape of
   * `x`, with 1 where it repeats; axes missing at the front repeat. Default: all take part.
   */
  allow?: BooleanLike | undefined;
  /** What computes; `"reference"` is float64, rounded once, the others share their bits. Default `"auto"`. */
  engine?: Engine | undefined;
}

/** As `Hints`. */
export const softmaxHints = /* @__PURE__ */ (() => ({
  "write `axis`": "dim",
  "write `allow` (true = takes part)": "mask where",
  "divide x by it": "temperature",
  ...commonHints,
}))();

/**
 * Normalizes exponentials along an axis: `exp(x − m) / Σ exp(x − m)` with the maximum `m`.
 *
 * The sums run in the tiles of `attention`, so that the softmax of its `masked` scores equals its
 * weights bit for bit. A row of nothing but −Infinity, or with nothing allowed, is all zeros; NaN or
 * +Infinity makes the whole row NaN.
 *
 * @param x - a tensor of rank 1 or more.
 * @param options - `axis`, `allow`.
 * @returns a row-major tensor of the shape and precision of `x`.
 * @throws TypeError for an input that is no tensor, a numeric `allow`, or unknown options.
 * @throws RangeError for an axis that does not exist, or an `allow` that does not fit.
 *
 * @example
 * ```ts
 * import { format, softmax } from "qkv";
 *
 * console.log(format(softmax([[1, 2, 3], [1, 1, -Infinity]])));
 * // → float32 [2, 3]
 * // →  0.0900 0.2447 0.6652
 * // →  0.5000 0.5000 0.0000
 * ```
 */
export function softmax<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  options?: SoftmaxOptions,
): Tensor<A> {
  checkArguments("softmax", arguments.length, ["x", "options"]);
  const own = checkOptions("softmax", options, ["axis", "allow", "engine"], softmaxHints);
  const call = readRows<A>("softmax", x, own);
  const data = allocate("softmax", "result", call.shape, call.dtype) as A;
  const result = freshTensor(data, [...call.shape]);
  computeRows(call, { weights: rowsAlong(result, call.axis) });
  return result;
}
