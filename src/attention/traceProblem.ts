import { canonicalizeNaN, type FloatArray, type Tensor } from "../tensor/index.js";
import type { AttentionTrace } from "./attentionTrace.js";
import type { Results } from "./portable.js";
import type { Problem } from "./problem.js";
import { produce, type Allocate } from "./run.js";

/** The stages of a checked problem. `compute` writes them, and returns the first empty row or −1. */
export function traceProblem<D extends FloatArray>(
  problem: Problem<D>,
  out: unknown,
  compute: (results: Results<D>) => number,
): AttentionTrace<D> {
  let kept!: Omit<AttentionTrace<D>, "output">;
  const output = produce(problem, out, compute, (problem, allocate) => {
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
