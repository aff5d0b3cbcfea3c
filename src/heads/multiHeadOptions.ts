import {
  attentionOptionHints,
  attentionOptionNames,
  otherNames,
  type AttentionOptions,
} from "../attention/options.js";
import { checkOptions, describe, ownOf, typeError, type FloatArray } from "../tensor/index.js";

/** Options of `multiHeadAttention`: those of `attention` that make sense for a whole layer. */
export interface MultiHeadOptions<A extends FloatArray = FloatArray> extends Omit<
  AttentionOptions<A>,
  "grouped" | "layout" | "out"
> {
  /**
   * Return the weights too: of each head, `[..., H, L, S]`, or their mean over the heads,
   * `[..., L, S]`. `S` counts the extra keys. Asking does not change the output. Default: no weights.
   */
  weights?: "perHead" | "mean" | undefined;
}

const notForLayers: readonly string[] = ["grouped", "layout", "out"];

/** As `Hints`; those of `attention` come after them. */
export const layerHints = /* @__PURE__ */ (() => {
  const { heads, kvHeads, grouped, layout, sequenceFirst, cache, rotary, weights, lse, trace } =
    otherNames;
  return {
    'write weights: "mean" for true, weights: "perHead" for false': "average_attn_weights",
    'write weights: "mean" or weights: "perHead"': weights,
    "it belongs into `params`": `${heads} add_zero_attn`,
    "give the learned key and value in `params`: `biasK` and `biasV`": "add_bias_kv",
    "project, splitHeads, then attention with grouped: true": `grouped ${grouped} ${kvHeads}`,
    "project, splitHeads, then rotary and attention": rotary,
    "project, splitHeads, then the attention of createKvCache": cache,
    "project, splitHeads, then attentionWithLse": lse,
    "project, splitHeads, then attentionTrace": trace,
    "inputs are [..., L, model]; pass a sequence-first tensor as a view": `layout ${layout} ${sequenceFirst}`,
    "leave it out: the result is a new tensor": "out",
    ...attentionOptionHints,
  };
})();

/** Splits the options of the layer into the weights that are asked for, and those of attention. */
export function readMultiHeadOptions<A extends FloatArray>(
  options: MultiHeadOptions<A> | undefined,
): { asked: MultiHeadOptions["weights"]; attending: AttentionOptions<A> } {
  const names = attentionOptionNames.filter((name) => !notForLayers.includes(name));
  const own = checkOptions("multiHeadAttention", options, ["weights", ...names], layerHints);
  const { weights, ...attending } = own;
  if (weights === undefined || weights === "perHead" || weights === "mean") {
    return { asked: weights, attending: ownOf(attending) };
  }
  throw typeError(
    "multiHeadAttention",
    "options.weights",
    '"perHead" or "mean"',
    describe(weights),
    weights === false || weights === null ? "leave it out for no weights" : undefined,
  );
}
