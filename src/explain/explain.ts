import { attentionOptionHints, attentionOptionNames, otherNames } from "../attention/index.js";
import { bindCall } from "../attention/call.js";
import { readCausal } from "../attention/readMasks.js";
import {
  checkArguments,
  checkOptions,
  ownOf,
  type FloatArray,
  type TensorLike,
} from "../tensor/index.js";
import { attentionSource } from "./attentionSource.js";
import { readBatch, readHeadNames, readLayer } from "./readNames.js";
import { readReasons } from "./reasons.js";
import { stagedExplanation } from "./stagedExplanation.js";
import { readSequences } from "./tokens.js";
import type { ExplainOptions, Explanation } from "./viewTypes.js";

const optionNames = [
  "tokens",
  "keyTokens",
  "headNames",
  "batch",
  "layer",
  ...attentionOptionNames.filter((name) => name !== "out"),
];

/** As `Hints`; those of `attention` come after them. */
export const explainHints = {
  "leave it out: an explanation computes rows when they are asked for": "out",
  "leave it out: the rows of a view have scores, weights and lse": `${otherNames.weights} ${otherNames.lse} ${otherNames.trace}`,
  "write `tokens`": "labels",
  "write `tokens`, and join word pieces by `words` of a view": "words",
  ...attentionOptionHints,
};

/**
 * Explains an attention call: every number of it, with the names of its tokens and heads. Nothing is
 * computed here: rows are, when they are asked for, so that the explanation of a long input takes no
 * L·S memory. Their `output` and `weights` have the bits of `attention` and `attentionWithWeights`. The
 * inputs are not copied; change them, and later rows change.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - `tokens`, the text of each query; the other names; and the options of the call that is
 *   explained, except `out`.
 * @returns views on single heads, `head(h)`, and on the mean of heads, `mean(heads?)`; `outputShares(queries)`, what
 *   the output is made of.
 * @throws TypeError and RangeError as `attention`; TypeError for names that are no strings, or no
 *   `keyTokens` where L ≠ S; RangeError for a wrong number of names, or no `batch` where there are several.
 *
 * @example
 * ```ts
 * import { explain } from "qkv/explain";
 *
 * const query = [[1, 0], [0, 1], [1, 1]];
 * const key = [[2, 0], [0, 1], [1, 1]];
 * const view = explain(query, key, key, { tokens: ["river", "bank", "flooded"] }).head(0);
 * for (const { key, weight } of view.row(2).keys) console.log(key, weight.toFixed(2));
 * // → river 0.40
 * // → flooded 0.40
 * // → bank 0.20
 * ```
 */
export function explain<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options: ExplainOptions<A>,
): Explanation<A> {
  checkArguments("explain", arguments.length, ["query", "key", "value", "options"]);
  const fn = "explain";
  const own = checkOptions(fn, options, optionNames, explainHints);
  const { tokens, keyTokens, headNames, batch: entry, layer: label, ...rest } = own;
  const asked = ownOf(rest);
  const call = bindCall<A>(fn, query, key, value, asked);
  const batch = readBatch(fn, entry, call.batch);
  const sequences = readSequences(fn, { tokens, keyTokens }, call.queries, call.keys);
  const names = readHeadNames(fn, headNames, call.heads);
  const layer = readLayer(fn, label);
  const explained = {
    call,
    batch,
    layer,
    sequences,
    offset: sequences.same ? 0 : readCausal(fn, asked.causal, call)?.offset[batch],
    reasons: readReasons(call, asked, batch),
    left: new Set<number>(),
  } as const;
  const heads = names.map((name, h) => attentionSource(name, explained, h));
  return stagedExplanation({ fn, sources: heads, sequences, layer });
}
