import type { Tensor } from "../tensor/index.js";

import type { BooleanLike } from "../tensor/index.js";

/** What a mask says of a block of query–key pairs. `some` may be said of any block. */
export const coverage = { none: 0, all: 1, some: 2 } as const;
export type Coverage = (typeof coverage)[keyof typeof coverage];

/** The call that a rule is bound to: its sizes, and how many keys and queries are real. */
export interface ScoreShape {
  /** `[...batch, H, L, S]`, or `[L, S]`. */
  readonly scoresShape: readonly number[];
  /** Batch entries, all leading axes flattened. */
  readonly batch: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  /** Keys of each batch entry, if they differ from `keys`. */
  readonly keyCounts?: Float64Array | undefined;
  /** Queries of each batch entry, if they differ from `queries`. */
  readonly queryCounts?: Float64Array | undefined;
}

/** Who binds a rule: named in its errors. */
export interface Place {
  readonly fn: string;
  readonly argument: string;
  /** Receives the memory that a rule will read during the call. */
  readonly reads?: ArrayBufferLike[] | undefined;
  /** Receives the tensors that were read, by what was given for them: nobody has to read them again. */
  readonly tensors?: Map<unknown, Tensor> | undefined;
}

/** A batch entry, a head, a query and a key. */
export type Pair = readonly [b: number, h: number, i: number, j: number];

/** A mask bound to one call. */
export interface BoundMask {
  /** The answer for queries `i0 … i1 − 1` and keys `j0 … j1 − 1` of a batch entry and head. */
  coverage(b: number, h: number, i0: number, i1: number, j0: number, j1: number): Coverage;
  /** For at most one tile of keys. Clears `allowed[j − j0]` for every key `j0 … j1 − 1` that query `i` may not attend. */
  narrow(b: number, h: number, i: number, j0: number, j1: number, allowed: Uint8Array): void;
  /**
   * Why query `i` may not attend key `j`, asked only where it may not: a sentence of the rule, or those of its
   * parts, without the full stop. Of a rule without it one can only say that it does not allow the pair.
   */
  reason?(...pair: Pair): string | readonly string[];
}

/**
 * How a rule was made: a function of `masks` or `biases` and its arguments, each of them a rule, a tensor, a
 * function, or plain data. A rule holds functions, which no other thread can receive; what made it can be
 * called again there. An argument that is a function is asked before the call is sent.
 */
export interface RuleOrigin {
  readonly by: string;
  readonly with: readonly unknown[];
}

/**
 * A rule that says which key a query may attend, made by the functions of `masks`. It answers for
 * whole tiles of pairs, so that no L×S mask is stored and blocked tiles are skipped.
 */
export interface MaskRule {
  /** Tells a rule from a tensor. */
  readonly kind: "mask";
  /** What made the rule. A rule without it stays in its thread. @internal */
  readonly made?: RuleOrigin;
  /** Binds the rule to the sizes of a call. @internal */
  bind(shape: ScoreShape, place: Place): BoundMask;
}

/** What the functions of `masks` combine: a rule, or a boolean tensor (true = may attend). */
export type Mask = MaskRule | BooleanLike;

/** A bias bound to one call. */
export interface BoundBias {
  /** Writes the bias of query `i` and keys `j0 … j1 − 1` to `into[0 …]`. */
  read(b: number, h: number, i: number, j0: number, j1: number, into: Float64Array): void;
}

/** A rule that computes what is added to the scores, made by the functions of `biases`. */
export interface BiasRule {
  /** Tells a rule from a tensor. */
  readonly kind: "bias";
  /** What made the rule. A rule without it stays in its thread. @internal */
  readonly made?: RuleOrigin;
  /** Binds the rule to the sizes of a call; the parts of a sum stay separate. @internal */
  bind(shape: ScoreShape, place: Place, dtype: "float32" | "float64"): BoundBias[];
}
