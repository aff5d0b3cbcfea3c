import type { Engine } from "../engine/index.js";
import {
  allocate,
  checkArguments,
  checkOptions,
  commonHints,
  freshTensor,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { computeRows } from "./computeRows.js";
import { readRows } from "./readRows.js";

/** Options of {@link logSumExp}. */
export interface LogSumExpOptions {
  /** The axis that is summed away. Negative counts from the end. Default −1. */
  axis?: number | undefined;
  /** What computes; `"reference"` is float64, rounded once, the others share their bits. Default `"auto"`. */
  engine?: Engine | undefined;
}

/** As `Hints`. */
export const logSumExpHints = /* @__PURE__ */ (() => ({
  "write `axis`": "dim",
  "leave it out: the axis is summed away": "keepdim keepdims",
  "give −Infinity to what takes no part": "mask where",
  ...commonHints,
}))();

/**
 * The natural logarithm of `Σ exp(x)` along an axis, without overflow: `m + log Σ exp(x − m)`.
 *
 * A row of nothing but −Infinity gives −Infinity; NaN or +Infinity gives NaN.
 *
 * @param x - a tensor of rank 1 or more.
 * @param options - `axis`, default the last.
 * @returns the shape of `x` without that axis, in its precision.
 * @throws TypeError for an input that is no tensor, or unknown options.
 * @throws RangeError for an axis that does not exist.
 *
 * @example
 * ```ts
 * import { logSumExp, toNested } from "qkv";
 *
 * console.log(toNested(logSumExp([[1000, 1000], [0, -Infinity]])));
 * // → [ 1000.6931762695312, 0 ]
 * ```
 */
export function logSumExp<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  options?: LogSumExpOptions,
): Tensor<A> {
  checkArguments("logSumExp", arguments.length, ["x", "options"]);
  const own = checkOptions("logSumExp", options, ["axis", "engine"], logSumExpHints);
  const call = readRows<A>("logSumExp", x, own);
  const shape = call.shape.filter((_, i) => i !== call.axis);
  const lse = allocate("logSumExp", "result", shape, call.dtype) as A;
  computeRows(call, { lse });
  return freshTensor(lse, shape);
}
