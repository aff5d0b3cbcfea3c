import {
  checkArguments,
  type FloatArray,
  type Tensor,
  type TensorLike,
  type TensorView,
} from "../tensor/index.js";
import { attend, newResult } from "./attend.js";
import { readCall } from "./call.js";
import type { AttentionOptions } from "./options.js";

/** The result of {@link attentionWithWeights}. */
export interface AttentionWithWeights<A extends FloatArray = FloatArray> {
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: Tensor<A>;
  /** `[..., H, L, S]`: what each query takes from each key. Rows sum to 1, or to 0 if empty. */
  weights: Tensor<A>;
}

/**
 * Attention and the weights behind it. Asking for them changes no bit of the output.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - as for `attention`. With sinks a row sums to 1 minus the sink's share.
 * @returns `output` and `weights` (always `[..., H, L, S]`, whatever the layout).
 * @throws TypeError and RangeError as `attention`; RangeError if the weights do not fit in memory.
 *
 * @example
 * ```ts
 * import { attentionWithWeights, format } from "qkv";
 *
 * const x = [[1, 0], [0, 2]];
 * const { weights } = attentionWithWeights(x, x, x, { causal: true });
 * console.log(format(weights));
 * // → float32 [2, 2]
 * // →  1.0000 0.0000
 * // →  0.0558 0.9442
 * ```
 */
export function attentionWithWeights<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionWithWeights<A>;
/** The same for tensors of which only the program knows the precision. */
export function attentionWithWeights<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): AttentionWithWeights<X["data"]>;
export function attentionWithWeights<A extends FloatArray>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionWithWeights<A> {
  checkArguments("attentionWithWeights", arguments.length, ["query", "key", "value", "options"]);
  const call = readCall("attentionWithWeights", query, key, value, options);
  const weights = newResult(call, "weights", call.scoresShape);
  const output = attend(call, { weights: weights.data });
  return { output, weights };
}
