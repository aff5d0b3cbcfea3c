import { canonicalizeNaN, type FloatArray, type Tensor } from "../tensor/index.js";
import { attend, newResult } from "./attend.js";
import type { Call } from "./call.js";
import type { Results } from "./results.js";

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

/** The stages of a checked call; `compute` as for `attend`. */
export function traceCall<A extends FloatArray>(
  call: Call<A>,
  compute?: (results: Results<A>) => number,
): AttentionTrace<A> {
  const { scoresShape, softcap, biases, mask, keyCounts, queryCounts } = call;
  const stage = (): Tensor<A> => newResult(call, "trace", scoresShape);
  const scores = stage();
  const capped = softcap === undefined ? scores : stage();
  const biased = biases.length === 0 ? capped : stage();
  const blocks = biases.length > 0 || mask || keyCounts || queryCounts;
  const masked = blocks ? stage() : biased;
  const lse = newResult(call, "lse", scoresShape.slice(0, -1));
  const weights = stage();
  const stages = {
    scores: scores.data,
    capped: capped === scores ? undefined : capped.data,
    biased: biased === capped ? undefined : biased.data,
    masked: masked === biased ? undefined : masked.data,
  };
  const output = attend(call, { lse: lse.data, weights: weights.data, stages }, compute);
  for (const kept of new Set([scores, capped, biased, masked])) canonicalizeNaN(kept.data);
  return { scores, capped, biased, masked, weights, output, lse };
}
