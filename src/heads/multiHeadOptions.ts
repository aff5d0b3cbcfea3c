import {
  attentionOptionHints,
  attentionOptionNames,
  type AttentionOptions,
} from "../attention/options.js";
import { checkOptions, describe, typeError, type FloatArray } from "../tensor/index.js";

/** Options of `multiHeadAttention`: those of `attention` that make sense for a whole layer. */
export interface MultiHeadOptions<A extends FloatArray = FloatArray> extends Omit<
  AttentionOptions<A>,
  "grouped" | "layout" | "out"
> {
  /**
   * Return the weights too: of each head, `[..., H, L, S]`, or their mean over the heads,
   * `[..., L, S]`. `S` counts the extra keys. Asking does not change the output. Default: no weights.
   */
  weights?: "perHead" | "mean";
}

const notForLayers: readonly string[] = ["grouped", "layout", "out"];

const layerHints = {
  needWeights: 'write weights: "mean" or weights: "perHead"',
  returnWeights: 'write weights: "mean" or weights: "perHead"',
  outputAttentions: 'write weights: "mean" or weights: "perHead"',
  averageAttnWeights: 'write weights: "mean" for true, weights: "perHead" for false',
  grouped: "project, splitHeads, then attention with grouped: true",
  layout: "inputs are [..., L, model]; pass a sequence-first tensor as a view",
  batchFirst: "inputs are [..., L, model]; pass a sequence-first tensor as a view",
  heads: "it belongs into `params`",
  addZeroAttn: "it belongs into `params`",
};

/** Splits the options of the layer into the weights that are asked for, and those of attention. */
export function readMultiHeadOptions<A extends FloatArray>(
  options: MultiHeadOptions<A>,
): { asked: MultiHeadOptions["weights"]; attending: AttentionOptions<A> } {
  const names = attentionOptionNames.filter((name) => !notForLayers.includes(name));
  const hints = { ...attentionOptionHints, ...layerHints };
  checkOptions("multiHeadAttention", options, ["weights", ...names], hints);
  const { weights, ...attending } = options;
  if (weights === undefined || weights === "perHead" || weights === "mean") {
    return { asked: weights, attending };
  }
  throw typeError(
    "multiHeadAttention",
    "options.weights",
    '"perHead" or "mean"',
    describe(weights),
    weights === false || weights === null ? "leave it out for no weights" : undefined,
  );
}
