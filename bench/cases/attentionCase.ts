import { expectedAttention } from "../reference.js";
import type { CaseSpec, Entrant } from "../types.js";
import { attentionFlops, attentionWork, type AttentionShape, type AttentionWork } from "../work.js";

/** A sum of a few thousand terms is this near; a key too many or too few is not. */
const bounds = { float32: 2 ** -15, float64: 2 ** -44 } as const;

export interface AttentionCase extends Pick<
  CaseSpec,
  "group" | "name" | "quick" | "headline" | "bytes" | "ratiosOf"
> {
  shape: AttentionShape;
  /** The weights are a result as well. */
  weights?: boolean | undefined;
  /** qkv and whoever else does the work. */
  entrants: (work: AttentionWork) => Entrant[] | Promise<Entrant[]>;
}

/** A case of attention, compared with the reference. */
export function attentionCase({ shape, weights, entrants, ...spec }: AttentionCase): CaseSpec {
  const { dtype = "float32" } = shape;
  return {
    ...spec,
    dtype,
    flops: attentionFlops(shape),
    bound: bounds[dtype],
    prepare: async () => {
      const work = attentionWork(shape);
      return { expected: expectedAttention(work, weights), entrants: await entrants(work) };
    },
  };
}
