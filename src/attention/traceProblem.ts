import { canonicalizeNaN, type FloatArray, type Tensor } from "../tensor/index.js";
import type { AttentionTrace } from "./attentionTrace.js";
import type { Results } from "./portable.js";
import type { Call } from "./call.js";
import { produce, type Allocate } from "./run.js";

/** The stages of a checked call. `compute` writes them, and returns the first empty row or −1. */
export function traceProblem<A extends FloatArray>(
  call: Call<A>,
  out: unknown,
  compute: (results: Results<A>) => number,
): AttentionTrace<A> {
  let kept!: Omit<AttentionTrace<A>, "output">;
  const output = produce(call, out, compute, (call, allocate) => {
    kept = allocateStages(call, allocate);
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
function allocateStages<A extends FloatArray>(
  { scoresShape: shape, softcap, biases, mask, keyCounts, queryCounts }: Call<A>,
  allocate: Allocate<A>,
): Omit<AttentionTrace<A>, "output"> {
  const fresh = (): Tensor<A> => allocate("trace", shape);
  const scores = fresh();
  const capped = softcap === undefined ? scores : fresh();
  const biased = biases.length === 0 ? capped : fresh();
  const blocks = biases.length > 0 || mask || keyCounts || queryCounts;
  const masked = blocks ? fresh() : biased;
  const lse = allocate("lse", shape.slice(0, -1));
  return { scores, capped, biased, masked, weights: fresh(), lse };
}
