import {
  checkArguments,
  type FloatArray,
  type Tensor,
  type TensorLike,
  type TensorView,
} from "../tensor/index.js";
import { attend } from "./attend.js";
import { readCall } from "./call.js";
import type { AttentionOptions } from "./options.js";

/**
 * Scaled dot-product attention: `softmax(QKᵀ·scale)·V`.
 *
 * The order is fixed: scores `q·kᵀ·scale`, softcap, bias, mask, softmax, values. Keys are taken in
 * tiles of 64, so that the memory in addition to inputs and output grows with S at most, not with L·S. A blocked
 * key or value is never read; a query that may attend nothing gives zeros.
 *
 * @param query - `[L, D]`, `[H, L, D]` or `[..., H, L, D]`; float32 or float64.
 * @param key - `[..., Hkv, S, D]`, the batch axes of `query`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - masks, bias, scale and the rest; see {@link AttentionOptions}.
 * @returns `[..., H, L, E]` in the precision of the inputs; row-major, or `options.out`.
 * @throws TypeError for the wrong kind of argument: no tensor, mixed precisions, a numeric mask, an
 *   option that does not exist.
 * @throws RangeError for shapes that do not fit, lengths out of range, a scale that is not finite,
 *   `causal: true` with L ≠ S, or an empty row under `emptyRow: "throw"`.
 * @see Vaswani et al. 2017, "Attention Is All You Need", equation 1; the tiles follow Milakov and
 *   Gimelshein 2018, "Online normalizer calculation for softmax".
 *
 * @example
 * ```ts
 * import { attention, format } from "qkv";
 *
 * const query = [[1, 0], [0, 1]];
 * const key = [[1, 0], [0, 1], [1, 1]];
 * const value = [[1, 2], [3, 4], [5, 6]];
 * console.log(format(attention(query, key, value)));
 * // → float32 [2, 2]
 * // →  3.0000 4.0000
 * // →  3.4067 4.4067
 * ```
 */
export function attention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): Tensor<A>;
/** The same for tensors of which only the program knows the precision. */
export function attention<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): Tensor<X["data"]>;
export function attention<A extends FloatArray>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): Tensor<A> {
  checkArguments("attention", arguments.length, ["query", "key", "value", "options"]);
  const call = readCall("attention", query, key, value, options);
  return attend(call);
}
