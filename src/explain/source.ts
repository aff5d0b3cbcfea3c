import type { FloatArray } from "../tensor/index.js";
import type { Reason, Token } from "./types.js";

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
}

/** Where a view gets its rows: a head, a mean of heads, words, given weights. Rows are made when asked for. */
export interface Source {
  readonly name: string;
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  /** Query `i` stands at key `i + offset`; undefined if queries and keys are different sequences. */
  readonly offset: number | undefined;
  row(i: number): SourceRow;
  /** The rules that block a pair. */
  reasons(i: number, j: number): readonly Reason[];
  /** The same without some keys. */
  without(keys: ReadonlySet<number>): Source;
}
