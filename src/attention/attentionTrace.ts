import type { FloatArray, Tensor, TensorLike } from "../tensor/index.js";
import { attend } from "./attend.js";
import type { AttentionOptions } from "./options.js";
import type { Results } from "./portable.js";
import { readCall } from "./call.js";
import { engineFor } from "./run.js";
import { traceProblem } from "./traceProblem.js";

/** Every stage of a call. A stage whose option is absent is the same tensor as the one before. */
export interface AttentionTrace<A extends FloatArray = FloatArray> {
  /** `[..., H, L, S]`: `q·kᵀ·scale`, of blocked pairs too. */
  scores: Tensor<A>;
  /** `[..., H, L, S]`: after the softcap. */
  capped: Tensor<A>;
  /** `[..., H, L, S]`: after the bias. */
  biased: Tensor<A>;
  /** `[..., H, L, S]`: −Infinity where the pair is blocked. Nothing below depends on what was there. */
  masked: Tensor<A>;
  /** `[..., H, L, S]`: the softmax of `masked`. */
  weights: Tensor<A>;
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: Tensor<A>;
  /** `[..., H, L]`: the natural logarithm of `Σ exp(masked)`. */
  lse: Tensor<A>;
}

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
): AttentionTrace<A> {
  const call = readCall<A>("attentionTrace", query, key, value, options);
  const engine = engineFor(call, options?.engine);
  const compute = (results: Results<A>): number => attend(call, results, engine);
  return traceProblem(call, options?.out, compute);
}
