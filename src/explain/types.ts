import type { FloatArray, Tensor } from "../tensor/index.js";

/** One position of a sequence. */
export interface Token {
  /** What was given for it. */
  readonly text: string;
  /** The text, and from its second occurrence on a number: `the`, `the (2)`. Unique in its sequence. */
  readonly id: string;
  /** Its position, from 0. */
  readonly index: number;
}

/** Why a pair has no weight. */
export interface Reason {
  /** The option that blocks it. */
  readonly rule:
    | "causal"
    | "window"
    | "allow"
    | "block"
    | "bias"
    | "keyLengths"
    | "queryLengths"
    | "withoutKeys";
  /** The same in a sentence with the numbers. */
  readonly text: string;
}

/** What a query gives to one key. */
export interface Attended {
  /** The text of the key. */
  readonly key: string;
  /** The key's unique name. */
  readonly keyId: string;
  /** The key's position. */
  readonly keyIndex: number;
  /** The weight, as attention computes it. */
  readonly weight: number;
  /** The weight over the sum of the row's weights: without the share of a sink. 0 where all are 0. */
  readonly share: number;
  /** The score after softcap and bias, of blocked pairs too; null where none is known. */
  readonly score: number | null;
  /** Whether a rule blocks the pair; null where only weights are known. */
  readonly blocked: boolean | null;
  /** The rules that block it, in words; empty if none does. */
  readonly reason: string;
}

/** What one query attends to. */
export interface Row<A extends FloatArray = FloatArray> {
  /** Who attends. */
  readonly query: Token;
  /** By weight, the largest first; equal ones in the order of the keys. */
  readonly keys: readonly Attended[];
  /** `[S]`: the weights in the order of the keys. */
  readonly weights: A;
  /** How widely they are spread, in bits. */
  readonly entropy: number;
  /** The share of the row that goes to no key: to a sink. 0 without one. */
  readonly rest: number;
  /** True if the query attends nothing: every key is blocked, or it is padding. */
  readonly empty: boolean;
}

/** The stages of one row, as `attentionTrace` names them; `S` keys, values of size `E`. */
export interface Stages<A extends FloatArray = FloatArray> {
  /** `[S]`: `q·k`, before the scale. */
  readonly raw: A;
  /** `[S]`: scaled. */
  readonly scores: A;
  /** `[S]`: after the softcap. */
  readonly capped: A;
  /** `[S]`: after the bias. */
  readonly biased: A;
  /** `[S]`: −Infinity where blocked. */
  readonly masked: A;
  /** `[S]`: the softmax of `masked`. */
  readonly weights: A;
  /** `[S, E]`: weight × value. Its rows add up to the output. */
  readonly contributions: Tensor<A>;
  /** `[E]`: the bits of `attention`. */
  readonly output: A;
  /** The natural logarithm of `Σ exp(masked)`. */
  readonly lse: number;
}

/** What one query attends to, with all numbers on the way. */
export interface StagedRow<A extends FloatArray = FloatArray> extends Row<A>, Stages<A> {}

/** One segment of the bar that a query becomes. */
export interface Segment {
  /** `"key"`; `"rest"`: the share of a sink; `"nothing"`: the only segment of a row without weights. */
  readonly kind: "key" | "rest" | "nothing";
  /** The text of the key; empty for the other kinds. */
  readonly token: string;
  /** The key's unique name; empty for the other kinds. */
  readonly keyId: string;
  /** The key's position; −1 for the other kinds. */
  readonly keyIndex: number;
  /** The weight, as attention computes it. */
  readonly weight: number;
  /** Where the segment begins. The first begins at 0, each other where the one before it ends. */
  readonly from: number;
  /** Where the segment ends. The last ends at 1. */
  readonly to: number;
}

/** One pair as a flat record, for plotting libraries and CSV. */
export interface TidyRow {
  /** The layer that `options.layer` named; null if it did not. */
  readonly layer: number | null;
  /** The name of the view: of the head, or what it is the mean of. */
  readonly head: string;
  /** The text of the query. */
  readonly query: string;
  /** The query's unique name. */
  readonly queryId: string;
  /** The query's position. */
  readonly queryIndex: number;
  /** The text of the key. */
  readonly key: string;
  /** The key's unique name. */
  readonly keyId: string;
  /** The key's position. */
  readonly keyIndex: number;
  /** The score after softcap and bias; null where none is known. */
  readonly score: number | null;
  /** The weight. */
  readonly weight: number;
  /** Whether a rule blocks the pair; null where only weights are known. */
  readonly blocked: boolean | null;
  /** The rules that block it, in words; empty if none does. */
  readonly reason: string;
}

/** All weights of a view. */
export interface Matrix {
  /** `L` of them, the rows. */
  readonly queries: readonly Token[];
  /** `S` of them, the columns. */
  readonly keys: readonly Token[];
  /** `[L][S]`. */
  readonly weights: readonly (readonly number[])[];
  /** `[L]`, in bits. */
  readonly entropy: readonly number[];
  /** `[L]`, from 0 (one key) to 1 (evenly on all that are not blocked). */
  readonly normalizedEntropy: readonly number[];
}

/** Where the weight of a query in its own sequence goes. */
export interface Mass {
  /** To its own position. */
  readonly self: number;
  /** To the position before its own; 0 if there is none. */
  readonly previous: number;
  /** To the first position. */
  readonly first: number;
}

/** One pair: its numbers, whether it is blocked, and by what. */
export interface TokenPair {
  /** Who attends. */
  readonly query: Token;
  /** Who is attended. */
  readonly key: Token;
  /** The weight of the pair. */
  readonly weight: number;
  /** The score after softcap and bias; null where none is known. */
  readonly score: number | null;
  /** Null where only weights are known. */
  readonly blocked: boolean | null;
  /** The rules that block it; none if it is allowed. */
  readonly reasons: readonly Reason[];
}

/** A pair, and what is behind it. */
export interface Why extends TokenPair {
  /** The pairs of pieces behind a pair of words, query by query; of tokens the pair itself. */
  readonly pairs: readonly TokenPair[];
}

/** A view with and without some keys. */
export interface Comparison<V> {
  /** As it is. */
  readonly before: V;
  /** As if the keys were not there: the weights of the others are renormalized. */
  readonly after: V;
}

/** The tokens of one word. */
export interface WordGroup {
  /** The text of the word. */
  readonly text: string;
  /** Its positions. */
  readonly pieces: readonly number[];
}

/** A view as plain data, for JSON. Numbers that are not finite become null in JSON text. */
export interface ViewData {
  /** The name of the view. */
  readonly name: string;
  /** `L` of them. */
  readonly queries: readonly Token[];
  /** `S` of them. */
  readonly keys: readonly Token[];
  /** `[L][S]`. */
  readonly weights: readonly (readonly number[])[];
  /** `[L]`, in bits. */
  readonly entropy: readonly number[];
  /** `[L]`: the share of each row that goes to no key. */
  readonly rest: readonly number[];
}
