import type { FloatArray, Tensor, TensorLike } from "../tensor/index.js";
import { attend } from "./attend.js";
import type { AttentionOptions } from "./options.js";
import type { Results } from "./portable.js";
import { readProblem } from "./problem.js";
import { engineFor } from "./run.js";
import { traceProblem } from "./traceProblem.js";

/** Every stage of a call. A stage whose option is absent is the same tensor as the one before. */
export interface AttentionTrace<D extends FloatArray = FloatArray> {
  /** `[..., H, L, S]`: `q·kᵀ·scale`, of blocked pairs too. */
  scores: Tensor<D>;
  /** `[..., H, L, S]`: after the softcap. */
  capped: Tensor<D>;
  /** `[..., H, L, S]`: after the bias. */
  biased: Tensor<D>;
  /** `[..., H, L, S]`: −Infinity where the pair is blocked. Nothing below depends on what was there. */
  masked: Tensor<D>;
  /** `[..., H, L, S]`: the softmax of `masked`. */
  weights: Tensor<D>;
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: Tensor<D>;
  /** `[..., H, L]`: the natural logarithm of `Σ exp(masked)`. */
  lse: Tensor<D>;
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
export function attentionTrace<D extends FloatArray = Float32Array>(
  query: TensorLike<D>,
  key: TensorLike<D>,
  value: TensorLike<D>,
  options?: AttentionOptions<D>,
): AttentionTrace<D> {
  const problem = readProblem<D>("attentionTrace", query, key, value, options);
  const engine = engineFor(problem, options?.engine);
  const compute = (results: Results<D>): number => attend(problem, results, engine);
  return traceProblem(problem, options?.out, compute);
}
