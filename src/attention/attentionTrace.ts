import { canonicalizeNaN, type FloatArray, type Tensor, type TensorLike } from "../tensor/index.js";
import type { AttentionOptions } from "./options.js";
import type { Problem } from "./problem.js";
import { run, type Allocate } from "./run.js";

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
  let kept!: Omit<AttentionTrace<D>, "output">;
  const output = run("attentionTrace", query, key, value, options, (problem, allocate) => {
    kept = allocateStages(problem, allocate);
    const { scores, capped, biased, masked, weights, lse } = kept;
    return {
      lse: lse.data,
      weights: weights.data,
      stages: {
        scores: scores.data,
        capped: capped === scores ? undefined : capped.data,
        biased: biased === capped ? undefined : biased.data,
        masked: masked === biased ? undefined : masked.data,
      },
    };
  });
  const { scores, capped, biased, masked } = kept;
  for (const stage of new Set([scores, capped, biased, masked])) canonicalizeNaN(stage.data);
  return { ...kept, output };
}

/** A stage whose option is absent is the tensor of the stage before. */
function allocateStages<D extends FloatArray>(
  { scores: shape, softcap, biases, mask, keyCounts, queryCounts }: Problem<D>,
  allocate: Allocate<D>,
): Omit<AttentionTrace<D>, "output"> {
  const fresh = (): Tensor<D> => allocate("trace", shape);
  const scores = fresh();
  const capped = softcap === undefined ? scores : fresh();
  const biased = biases.length === 0 ? capped : fresh();
  const blocks = biases.length > 0 || mask || keyCounts || queryCounts;
  const masked = blocks ? fresh() : biased;
  const lse = allocate("lse", shape.slice(0, -1));
  return { scores, capped, biased, masked, weights: fresh(), lse };
}
