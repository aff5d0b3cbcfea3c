import type { FloatArray } from "../tensor/index.js";
import type { Reason, Token, WordGroup } from "./types.js";

/** One row of weights, and what is known of it. */
export interface SourceRow<A extends FloatArray = FloatArray> {
  /** `[S]`. */
  readonly weights: A;
  /** `[S]`: the scores after softcap and bias, if they are known. */
  readonly scores?: A | undefined;
  /** `[S]`: 1 where blocked, if that is known. */
  readonly blocked?: Uint8Array | undefined;
  /** The share that goes to no key. */
  readonly rest: number;
  /** Whether it attends nothing. */
  readonly empty: boolean;
  /** The rows that this one is the mean of, one for each head. */
  readonly heads?: readonly SourceRow[] | undefined;
}

/** Where a view gets its rows: a head, a mean of heads, words, given weights. Rows are made when asked for. */
export interface Source {
  readonly name: string;
  /** Which layer of a model, if that was given. */
  readonly layer: number | null;
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  /** Query `i` stands at key `i + offset`; undefined if queries and keys are different sequences. */
  readonly offset: number | undefined;
  /** What the words are made of, if these are words. */
  readonly pieces?: Pieces | undefined;
  row(i: number): SourceRow;
  /** The rules that block a pair. */
  reasons(i: number, j: number): readonly Reason[];
  /** The same without some keys. */
  without(keys: ReadonlySet<number>): Source;
}

/** The tokens behind words. */
export interface Pieces {
  readonly source: Source;
  readonly queryWords: readonly WordGroup[];
  readonly keyWords: readonly WordGroup[];
}
