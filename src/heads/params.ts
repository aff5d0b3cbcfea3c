import type { FloatArray, TensorLike } from "../tensor/index.js";

/**
 * What a multi-head attention layer has learned. Every weight is `[out, in]` and applied as
 * `y = x·Wᵀ + b`, as PyTorch stores it. Letters: `H` heads, `D` head size of query and key, `E` head
 * size of value; in a layer of PyTorch `H·D = H·E = model`.
 */
export interface MultiHeadParams<A extends FloatArray = FloatArray> {
  /** The number of heads `H`. Head `h` is the features `h·D … (h + 1)·D − 1` of a projection. */
  heads: number;
  /**
   * The three projections in one, `[3·H·D, model]`: rows for the query, then the key, then the value.
   * Either this or the three weights below.
   */
  inProjWeight?: TensorLike<A> | undefined;
  /** Query projection, `[H·D, features of query]`. */
  queryWeight?: TensorLike<A> | undefined;
  /** Key projection, `[H·D, features of key]`. */
  keyWeight?: TensorLike<A> | undefined;
  /** Value projection, `[H·E, features of value]`. */
  valueWeight?: TensorLike<A> | undefined;
  /** The biases of the three projections in one, `[H·D + H·D + H·E]`. Default: none. */
  inProjBias?: TensorLike<A> | undefined;
  /** Bias of the query projection, `[H·D]`, in place of `inProjBias`. Default: none. */
  queryBias?: TensorLike<A> | undefined;
  /** Bias of the key projection, `[H·D]`, in place of `inProjBias`. Default: none. */
  keyBias?: TensorLike<A> | undefined;
  /** Bias of the value projection, `[H·E]`, in place of `inProjBias`. Default: none. */
  valueBias?: TensorLike<A> | undefined;
  /**
   * A learned key behind the projected ones, `[H·D]` (or `[1, 1, H·D]`), which every query may
   * attend, whatever the masks say of the real keys. With `biasV`. Default: none.
   */
  biasK?: TensorLike<A> | undefined;
  /** The value of `biasK`, `[H·E]` (or `[1, 1, H·E]`). */
  biasV?: TensorLike<A> | undefined;
  /** A key and value of zeros behind all others, which every query may attend. Default false. */
  addZeroAttn?: boolean | undefined;
  /** Output projection, `[out, H·E]`. */
  outWeight: TensorLike<A>;
  /** Bias of the output projection, `[out]`. Default: none. */
  outBias?: TensorLike<A> | undefined;
}

/** The names of {@link MultiHeadParams} that hold tensors. */
export const tensorParams = [
  "inProjWeight",
  "queryWeight",
  "keyWeight",
  "valueWeight",
  "inProjBias",
  "queryBias",
  "keyBias",
  "valueBias",
  "biasK",
  "biasV",
  "outWeight",
  "outBias",
] as const;
export type TensorParam = (typeof tensorParams)[number];
