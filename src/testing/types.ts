import type { DType, FloatArray, Tensor } from "../tensor/index.js";
import type { AbortSignalLike } from "../threads/signal.js";

export type { AbortSignalLike };

/**
 * What a law asks of a function, in addition to the three tensors. Only what the function `supports` is ever
 * there; a field that is absent is not asked for.
 */
export interface CallOptions {
  /** 1 as `supports.mask` says: where a query may (`"allow"`) or may not (`"block"`) attend. `[L, S]`, or of the rank of the weights with `supports.perHead`. */
  mask?: Tensor<Uint8Array> | undefined;
  /** The mask of `supports.mask: "additive"`: 0 where a query may attend a key, −Infinity where not. */
  additiveMask?: Tensor<FloatArray> | undefined;
  /** Added to the scores; in the shape of the mask. */
  bias?: Tensor<FloatArray> | undefined;
  /** No look ahead: `true` where L = S is all that is supported, otherwise the alignment. */
  causal?: true | "topLeft" | "bottomRight" | undefined;
  /** Neighbours that a query sees on each side of its own key; `Infinity`: no limit. L = S. */
  window?:
    | {
        /** Neighbours before the query's own key. */
        left: number;
        /** Neighbours after it. */
        right: number;
      }
    | undefined;
  /** Real keys of each batch entry; the rest is padding. */
  keyLengths?: number[] | undefined;
  /** Factor of the scores, in place of the default. */
  scale?: number | undefined;
  /** `c·tanh(s/c)`, after the scale and before bias and mask. */
  softcap?: number | undefined;
  /** `[H]`: one extra logit per head, in the denominator only. */
  sinks?: Tensor<FloatArray> | undefined;
  /** There are fewer key/value heads than query heads. */
  grouped?: true | undefined;
  /** The law needs the weights: return `{ output, weights }`. */
  weights?: true | undefined;
  /** The law needs the log-sum-exp: return `{ output, lse }`. */
  lse?: true | undefined;
}

/**
 * Any attention function: `output`, `{ output, weights?, lse? }`, or a promise of either. The tensors that it
 * gets are contiguous `{ data, shape, stride, offset, dtype }`. A tensor that it returns may be any view, an
 * NdArray, nested arrays, or `{ data, dims }`.
 */
// A method, so that a function of Tensor<Float32Array> alone is one too.
export type AttentionFunction = {
  /** Computes attention. */
  call(
    query: Tensor<FloatArray>,
    key: Tensor<FloatArray>,
    value: Tensor<FloatArray>,
    options: CallOptions,
  ): unknown;
}["call"];

/** What a function supports, and under which conventions. What is not named is not asked of it. */
export interface Supports {
  /** Tensors have a batch axis: `[B, L, D]`, with heads `[B, H, L, D]`. Default `false`. */
  batch?: boolean | undefined;
  /** Tensors have a head axis: `[H, L, D]`, with a batch `[B, H, L, D]`. Default `false`. */
  heads?: boolean | undefined;
  /** Fewer key/value heads than query heads; query head `h` reads head `⌊h·Hkv/H⌋`. Default `false`. */
  grouped?: boolean | undefined;
  /** Which mask the function takes. Default `false`: none. */
  mask?: "allow" | "block" | "additive" | false | undefined;
  /** Masks and biases may differ between batch entries and heads. Default `false`: they are `[L, S]`. */
  perHead?: boolean | undefined;
  /**
   * Causality: `"square"` for L = S only; otherwise where L queries stand among S keys, `"both"` if the function
   * is told; `true` if you do not know, and the report says what it found. Default `false`: none.
   */
  causal?: "square" | "topLeft" | "bottomRight" | "both" | boolean | undefined;
  /** A sliding window; `"causal"` if nothing after the query's own key is ever seen. Default `false`. */
  window?: boolean | "causal" | undefined;
  /** Lengths of padded keys. Default `false`. */
  keyLengths?: boolean | undefined;
  /** A scale of the caller's. Default `false`. */
  scale?: boolean | undefined;
  /** The scale that is used without one. Default: `1/√D`. */
  defaultScale?: ((headSize: number) => number) | undefined;
  /** A softcap. Default `false`. */
  softcap?: boolean | undefined;
  /** A bias on the scores. Default `false`. */
  bias?: boolean | undefined;
  /** Sinks, one logit per head. Default `false`. */
  sinks?: boolean | undefined;
  /** The function returns weights `[..., L, S]` when asked. Default `false`. */
  weights?: boolean | undefined;
  /** The function returns the log-sum-exp `[..., L]` when asked, natural logarithm. Default `false`. */
  lse?: boolean | undefined;
  /** Values may have another size than queries and keys. Default `true`. */
  valueSize?: boolean | undefined;
  /** The precisions that the function takes. Default `"float32"`. */
  dtype?: DType | readonly DType[] | undefined;
  /** The unit roundoff that it computes with, if coarser than its dtype: 2⁻¹¹ for float16. */
  unit?: number | undefined;
  /** What a row that may attend nothing gives. Default: zero or NaN, whichever it is. */
  emptyRow?: "zero" | "nan" | "uniform" | undefined;
  /** What is blocked may hold NaN and Infinity. Default `false`: only other numbers. */
  garbage?: boolean | undefined;
  /** No bit of a row depends on what else is in the call: laws compare bits. Default `false`. */
  exact?: boolean | undefined;
}

/** {@link Supports} with every default filled in. */
export interface Supported extends Filled<Omit<Supports, "emptyRow" | "unit" | "dtype">> {
  readonly dtypes: readonly DType[];
  readonly unit: number | undefined;
  readonly emptyRow: "zero" | "nan" | "uniform" | undefined;
}

type Filled<T> = { [K in keyof T]-?: NonNullable<T[K]> };

/** Options of `checkAttention`. */
export interface CheckOptions {
  /** What the function supports. Default: query, key and value of rank 2 and nothing else. */
  supports?: Supports | undefined;
  /** The ids of the laws to check; see `laws`. Default: all. */
  only?: readonly string[] | undefined;
  /** The ids of laws to leave out. */
  skip?: readonly string[] | undefined;
  /** Draws the numbers; the same seed, the same cases. Default 1. */
  seed?: number | undefined;
  /** Cases of each law, the smallest first. Default 60. */
  runs?: number | undefined;
  /** Milliseconds for all laws together; each gets its share. Default: no limit. */
  budget?: number | undefined;
  /** Milliseconds that a promise of the function may take. Default 5000. */
  timeout?: number | undefined;
  /** Ends the check early; what is done by then is reported. */
  signal?: AbortSignalLike | undefined;
  /** Called after each law. */
  onLaw?: ((result: LawResult) => void) | undefined;
  /** Called before each case of a law. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** How counterexamples import the function. Default: its name, from "./attention.js". */
  source?:
    | {
        /** The name of the export; `"default"` for the default one, `"default.name"` for a property of that. */
        readonly name?: string | undefined;
        /** The module. */
        readonly from?: string | undefined;
      }
    | undefined;
}

/** Where a check stands. */
export interface Progress {
  /** The id of the law. */
  readonly law: string;
  /** Its place among the laws that are checked, from 0. */
  readonly index: number;
  /** How many laws are checked. */
  readonly laws: number;
  /** The place of the case among those of the law, from 0. */
  readonly run: number;
  /** Cases before it that said something about the law. */
  readonly cases: number;
  /** Cases of this law at most. */
  readonly runs: number;
}

/** What is known of one law. */
export interface LawResult {
  /** Short name, for `only` and `skip`. */
  readonly id: string;
  /** The law in words. */
  readonly name: string;
  /** The law as an equation with its bound. */
  readonly equation: string;
  /** `"not applicable"`: the function does not claim it. `"not run"`: no time, too few cases, or it hangs. */
  readonly status: "held" | "broken" | "not applicable" | "not run";
  /** Why it is not applicable, was not run, or stopped early; what is wrong where it is broken. */
  readonly reason?: string;
  /** What the function turned out to do, where laws leave a choice: an alignment, a policy. */
  readonly finding?: string;
  /** Cases that said something about the law. */
  readonly cases: number;
  /** The largest deviation relative to its bound: at most 1 where the law holds. */
  readonly worst?: Deviation;
  /** The first counterexample; cases come smallest first. */
  readonly counterexample?: Counterexample;
  /** The seed of the cases. */
  readonly seed: number;
  /** Time taken. */
  readonly milliseconds: number;
}

/** How far off a number was, and how far it might have been. */
export interface Deviation {
  /** |got − expected|. */
  readonly deviation: number;
  /** What the law allows there. */
  readonly bound: number;
}

/** A case in which a law does not hold. */
export interface Counterexample {
  /** What was expected, and what came. */
  readonly message: string;
  /** Its place among the cases of the law. */
  readonly index: number;
  /** The lengths of the first call: queries, keys, features of query and key, and of value. */
  readonly sizes: Readonly<Record<"B" | "H" | "Hkv" | "L" | "S" | "D" | "E", number>>;
  /** A module that reproduces it: imports, tensors, calls, an assertion that fails. */
  readonly code: string;
}

/** What `checkAttention` found. */
export interface Report {
  /** True if laws were checked, each one that applies was, and none is broken. */
  readonly ok: boolean;
  /** One for each law that was asked for. */
  readonly laws: readonly LawResult[];
  /** The seed of the cases. */
  readonly seed: number;
  /** Time taken. */
  readonly milliseconds: number;
  /** Throws an Error that shows every broken law, unless `ok`. */
  assert(): void;
  /** Plain data; numbers that JSON does not have become text. */
  toJSON(): Record<string, unknown>;
  /** A table for people: one line a law, then the counterexamples. */
  toString(): string;
}

/** A law as it is listed. */
export interface LawInfo {
  /** Short name, for `only` and `skip`. */
  readonly id: string;
  /** The law in words. */
  readonly name: string;
  /** The law as an equation with its bound. */
  readonly equation: string;
}
