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

/** The result of {@link attentionWithLse}. */
export interface AttentionWithLse<A extends FloatArray = FloatArray> {
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: Tensor<A>;
  /** `[..., H, L]`: the natural logarithm of `Σ exp(score)`; −Infinity for an empty row. */
  lse: Tensor<A>;
}

/**
 * Attention and the log-sum-exp of every row, with which parts over disjoint keys can be joined by
 * `mergeAttention`. Asking for it changes no bit of the output.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - as for `attention`. The lse includes the sinks.
 * @returns `output` and `lse`.
 * @throws TypeError and RangeError as `attention`.
 *
 * @example
 * ```ts
 * import { attentionWithLse, format } from "qkv";
 *
 * const { lse } = attentionWithLse([[1]], [[0], [0]], [[1], [3]]);
 * console.log(format(lse)); // ln 2
 * // → float32 [1]
 * // →  0.6931
 * ```
 */
export function attentionWithLse<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionWithLse<A>;
/** The same for tensors of which only the program knows the precision. */
export function attentionWithLse<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): AttentionWithLse<X["data"]>;
export function attentionWithLse<A extends FloatArray>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionWithLse<A> {
  checkArguments("attentionWithLse", arguments.length, ["query", "key", "value", "options"]);
  const call = readCall("attentionWithLse", query, key, value, options);
  const lse = newResult(call, "lse", call.scoresShape.slice(0, -1));
  const output = attend(call, { lse: lse.data });
  return { output, lse };
}
