import {
  checkArguments,
  type FloatArray,
  type TensorLike,
  type TensorView,
} from "../tensor/index.js";
import { readCall } from "./call.js";
import type { AttentionOptions } from "./options.js";
import { traceCall, type AttentionTrace } from "./traceCall.js";

/**
 * Attention with every intermediate number, for teaching and for finding out what a model looks at.
 * The output has the bits of `attention`. Takes memory for up to five `[..., H, L, S]` tensors.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - as for `attention`.
 * @returns the stages, in the order in which they are computed.
 * @throws TypeError and RangeError as `attention`; RangeError if the stages do not fit in memory.
 *
 * @example
 * ```ts
 * import { attentionTrace, toNested } from "qkv";
 *
 * const x = [[2, 0], [0, 2]];
 * const { scores, masked } = attentionTrace(x, x, x, { scale: 1, causal: true });
 * console.log(toNested(scores), toNested(masked));
 * // → [ [ 4, 0 ], [ 0, 4 ] ] [ [ 4, -Infinity ], [ 0, 4 ] ]
 * ```
 */
export function attentionTrace<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionTrace<A>;
/** The same for tensors of which only the program knows the precision. */
export function attentionTrace<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): AttentionTrace<X["data"]>;
export function attentionTrace<A extends FloatArray>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionTrace<A> {
  checkArguments("attentionTrace", arguments.length, ["query", "key", "value", "options"]);
  const call = readCall("attentionTrace", query, key, value, options);
  return traceCall(call);
}
