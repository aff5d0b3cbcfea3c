import type { AttentionOptions } from "../attention/index.js";
import type { FloatArray, Tensor } from "../tensor/index.js";
import type {
  Attended,
  Comparison,
  Mass,
  Matrix,
  Row,
  Segment,
  StagedRow,
  Stages,
  TidyRow,
  Token,
  ViewData,
  Why,
  WordGroup,
} from "./types.js";

/** The weights of one head, or of several on average: `L` queries, `S` keys. */
export interface WeightsView {
  /** The name of the head, or what the view is the mean of. */
  readonly name: string;
  /** The queries, `L`. */
  readonly queries: readonly Token[];
  /** The keys, `S`. */
  readonly keys: readonly Token[];
  /** What query `i` attends to, sorted. O(S) memory. */
  row(i: number): Row;
  /** All weights, and the entropy of each row. */
  matrix(): Matrix;
  /** The segments of query `i`, which tile [0, 1] in the order of the keys; each as long as its weight. */
  blend(i: number): readonly Segment[];
  /** All pairs as flat records, row by row. */
  tidy(): readonly TidyRow[];
  /** Which rules block key `j` for query `i`; of words, the pairs of pieces behind it too. */
  why(i: number, j: number): Why;
  /** `−Σ p·log₂ p` of the shares of row `i`, in bits. 0 without weights. */
  entropy(i: number): number;
  /** The entropy over that of an even row, `log₂` of the keys that are not blocked. 0 if there is only one. */
  normalizedEntropy(i: number): number;
  /** `2^entropy`: over how many keys an even row of the same entropy would spread. 0 without weights. */
  effectiveKeys(i: number): number;
  /** The `k` keys with the largest weights in row `i`. */
  topK(i: number, k: number): readonly Attended[];
  /** The weights of row `i` on its own position, the one before, and the first. */
  mass(i: number): Mass;
  /** What would be if these keys were not there: the same view before, and renormalized after. */
  withoutKeys(keys: readonly number[]): Comparison<WeightsView>;
  /**
   * The view between words: weights summed over the pieces of a key word, averaged over those of a
   * query word. `keyGroups` is needed where keys are not the same sequence as queries.
   *
   * The score of a word is the log-sum-exp of its allowed pieces' scores (of all, if all are blocked): the softmax of
   * these scores gives the weights of the words. A query word of several pieces has none, for a mean of rows is
   * no softmax. In a mean of heads it is the mean of the heads' word scores, as every score is.
   */
  words(groups: readonly WordGroup[], keyGroups?: readonly WordGroup[]): WeightsView;
  /** Plain data; `JSON.stringify` calls it. */
  toJSON(): ViewData;
}

/** The names of the stages that a view has as whole tensors. */
export type StageName = keyof Stages;

/**
 * A view with all stages. For several heads every stage is the arithmetic mean over them: the mean
 * weights are not the softmax of the mean scores.
 */
export interface View<A extends FloatArray = FloatArray> extends WeightsView {
  /** What query `i` attends to, sorted, with all stages of the row. O(S) memory, `contributions` O(S·E). */
  row(i: number): StagedRow<A>;
  /** A stage of all rows: `[L, S]`; `contributions` `[L, S, E]`, `output` `[L, E]`, `lse` `[L]`. */
  stage(name: StageName): Tensor<A>;
  withoutKeys(keys: readonly number[]): Comparison<View<A>>;
}

/** Options of `explainWeights`. */
export interface ExplainWeightsOptions {
  /** The text of each query, `L` of them. */
  tokens: readonly string[];
  /** The text of each key, `S` of them. Default: `tokens`, if L = S. */
  keyTokens?: readonly string[] | undefined;
  /** A name for each head. Default `head 0`, `head 1`, … */
  headNames?: readonly string[] | undefined;
  /** Which batch entry is explained, all leading axes flattened. Needed if there is more than one. */
  batch?: number | undefined;
  /** Which layer of a model this is, from 0: a label for `tidy()` and `toJSON()`. Default: none. */
  layer?: number | null | undefined;
}

/** Options of `explain`: those of `attention` without `out`, and names. */
export interface ExplainOptions<A extends FloatArray = FloatArray>
  extends ExplainWeightsOptions, Omit<AttentionOptions<A>, "out"> {}

/** An explanation as plain data, for JSON. */
export interface ExplanationData {
  /** As it was given; left out if it was not. */
  readonly layer?: number;
  /** The queries. */
  readonly tokens: readonly Token[];
  /** The keys. */
  readonly keyTokens: readonly Token[];
  /** The weights of each head. */
  readonly heads: readonly ViewData[];
}

/** Attention weights with names: `H` heads, `L` queries, `S` keys. */
export interface WeightsExplanation {
  /** `H`. */
  readonly heads: number;
  /** A name for each head. */
  readonly headNames: readonly string[];
  /** The layer that `options.layer` named; null if it did not. */
  readonly layer: number | null;
  /** The queries. */
  readonly tokens: readonly Token[];
  /** The keys. */
  readonly keyTokens: readonly Token[];
  /** One head, by its number from 0 or its name. */
  head(head: number | string): WeightsView;
  /** The mean over heads, all by default. */
  mean(heads?: readonly (number | string)[]): WeightsView;
  /** The same as if these keys were not there, in every head. */
  withoutKeys(keys: readonly number[]): WeightsExplanation;
  /** All pairs of all heads as flat records, head by head. */
  tidy(): readonly TidyRow[];
  /** Plain data; `JSON.stringify` calls it. */
  toJSON(): ExplanationData;
}

/** Options of `outputShares`. */
export interface OutputSharesOptions {
  /** The heads whose outputs count, by number or name. Default: all. */
  heads?: readonly (number | string)[] | undefined;
}

/** An explanation with all stages. */
export interface Explanation<A extends FloatArray = FloatArray> extends WeightsExplanation {
  head(head: number | string): View<A>;
  mean(heads?: readonly (number | string)[]): View<A>;
  withoutKeys(keys: readonly number[]): Explanation<A>;
  /**
   * How much of the output each key's value makes up, over the concatenated heads:
   *
   * ```text
   * share[j] = ⟨c[j], o⟩ / |o|²      c[j] = the heads' w[i][j]·v[j], one after the other: [H·E]
   *                                  o    = Σ c[j], the heads' outputs, one after the other: [H·E]
   * ```
   *
   * The length of the part of `c[j]` that lies in the direction of the output, over that of the output. Shares sum to
   * 1; one is negative where the value pulls the other way. A weight says how much is taken, this what it amounts to.
   * Of several queries, the pieces of a word, `c` and `o` are the means over them. Computed from the contributions in
   * float64, in the order of heads, queries and keys; O(S) memory, and that of one row.
   *
   * @param queries - one position, or several different ones.
   * @param options - `heads`, to look at the output of some heads alone.
   * @returns `[S]`: 0 where the output is 0, as of an empty row; NaN where it is not finite.
   * @throws TypeError for anything else than positions and heads, or none of them; RangeError for one that is
   *   not there, or is there twice.
   *
   * @example
   * ```ts
   * import { explain } from "qkv/explain";
   *
   * // Both keys get half of the weight, but one has a value three times as large.
   * const explanation = explain([[0]], [[1], [1]], [[3], [1]], { tokens: ["q"], keyTokens: ["a", "b"] });
   * console.log([...explanation.outputShares(0)]);
   * // → [ 0.75, 0.25 ]
   * ```
   */
  outputShares(queries: number | readonly number[], options?: OutputSharesOptions): Float64Array;
}
