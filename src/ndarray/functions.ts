// Written by `npm run ndarray-api` from the functions of src/core.ts. Edit those.
import type { NdArray } from "ndarray";
import * as core from "../core.js";
import type {
  AttentionOptions,
  AttentionPart,
  DType,
  FloatArray,
  FloatArrayOf,
  LogSumExpOptions,
  MatmulOptions,
  MergeAttentionOptions,
  MultiHeadOptions,
  MultiHeadParams,
  NestedBooleans,
  NestedNumbers,
  RotaryAngles,
  RotaryOptions,
  SinusoidalOptions,
  SoftmaxOptions,
  Tensor,
  TensorLike,
  TensorOptions,
  TensorView,
  ZerosOptions,
} from "../core.js";
import { toNdArray, toNdArrays } from "./toNdArray.js";

/** Every stage of a call. A stage whose option is absent is the same tensor as the one before. */
export interface AttentionTrace<A extends FloatArray = FloatArray> {
  /** `[..., H, L, S]`: `q·kᵀ·scale`, of blocked pairs too. */
  scores: NdArray<A>;
  /** `[..., H, L, S]`: after the softcap. */
  capped: NdArray<A>;
  /** `[..., H, L, S]`: after the bias. */
  biased: NdArray<A>;
  /** `[..., H, L, S]`: −Infinity where the pair is blocked. Nothing below depends on what was there. */
  masked: NdArray<A>;
  /** `[..., H, L, S]`: the softmax of `masked`. */
  weights: NdArray<A>;
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: NdArray<A>;
  /** `[..., H, L]`: the natural logarithm of `Σ exp(masked)`. */
  lse: NdArray<A>;
}

/** The result of {@link attentionWithLse}. */
export interface AttentionWithLse<A extends FloatArray = FloatArray> {
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: NdArray<A>;
  /** `[..., H, L]`: the natural logarithm of `Σ exp(score)`; −Infinity for an empty row. */
  lse: NdArray<A>;
}

/** The result of {@link attentionWithWeights}. */
export interface AttentionWithWeights<A extends FloatArray = FloatArray> {
  /** `[..., H, L, E]`, the bits of `attention`. */
  output: NdArray<A>;
  /** `[..., H, L, S]`: what each query takes from each key. Rows sum to 1, or to 0 if empty. */
  weights: NdArray<A>;
}

/**
 * Scaled dot-product attention: `softmax(QKᵀ·scale)·V`.
 *
 * The order is fixed: scores `q·kᵀ·scale`, softcap, bias, mask, softmax, values. Keys are taken in
 * tiles of 64, so that the memory in addition to inputs and output grows with S at most, not with L·S. A blocked
 * key or value is never read; a query that may attend nothing gives zeros.
 *
 * @param query - `[L, D]`, `[H, L, D]` or `[..., H, L, D]`; float32 or float64.
 * @param key - `[..., Hkv, S, D]`, the batch axes of `query`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - masks, bias, scale and the rest; see {@link AttentionOptions}.
 * @returns `[..., H, L, E]` in the precision of the inputs; row-major, or `options.out`.
 * @throws TypeError for the wrong kind of argument: no tensor, mixed precisions, a numeric mask, an
 *   option that does not exist.
 * @throws RangeError for shapes that do not fit, lengths out of range, a scale that is not finite,
 *   `causal: true` with L ≠ S, or an empty row under `emptyRow: "throw"`.
 * @see Vaswani et al. 2017, "Attention Is All You Need", equation 1; the tiles follow Milakov and
 *   Gimelshein 2018, "Online normalizer calculation for softmax".
 *
 * @example
 * ```ts
 * import { attention, format } from "qkv";
 *
 * const query = [[1, 0], [0, 1]];
 * const key = [[1, 0], [0, 1], [1, 1]];
 * const value = [[1, 2], [3, 4], [5, 6]];
 * console.log(format(attention(query, key, value)));
 * // → float32 [2, 2]
 * // →  3.0000 4.0000
 * // →  3.4067 4.4067
 * ```
 */
export function attention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): NdArray<A>;

/** The same for tensors of which only the program knows the precision. */
export function attention<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): NdArray<X["data"]>;

export function attention(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.attention, undefined, given) as Tensor);
}

/**
 * Attention with every intermediate number, for teaching and for finding out what a model looks at.
 * The output has the bits of `attention`. Takes memory for up to five `[..., H, L, S]` tensors.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - as for `attention`.
 * @returns the stages, in the order in which they are computed.
 * @throws TypeError and RangeError as `attention`; RangeError if the stages do not fit in memory.
 *
 * @example
 * ```ts
 * import { attentionTrace, toNested } from "qkv";
 *
 * const x = [[2, 0], [0, 2]];
 * const { scores, masked } = attentionTrace(x, x, x, { scale: 1, causal: true });
 * console.log(toNested(scores), toNested(masked));
 * // → [ [ 4, 0 ], [ 0, 4 ] ] [ [ 4, -Infinity ], [ 0, 4 ] ]
 * ```
 */
export function attentionTrace<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionTrace<A>;

/** The same for tensors of which only the program knows the precision. */
export function attentionTrace<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): AttentionTrace<X["data"]>;

export function attentionTrace(...given: unknown[]): unknown {
  return toNdArrays(Reflect.apply(core.attentionTrace, undefined, given) as object);
}

/**
 * Attention and the log-sum-exp of every row, with which parts over disjoint keys can be joined by
 * `mergeAttention`. Asking for it changes no bit of the output.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - as for `attention`. The lse includes the sinks.
 * @returns `output` and `lse`.
 * @throws TypeError and RangeError as `attention`.
 *
 * @example
 * ```ts
 * import { attentionWithLse, format } from "qkv";
 *
 * const { lse } = attentionWithLse([[1]], [[0], [0]], [[1], [3]]);
 * console.log(format(lse)); // ln 2
 * // → float32 [1]
 * // →  0.6931
 * ```
 */
export function attentionWithLse<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionWithLse<A>;

/** The same for tensors of which only the program knows the precision. */
export function attentionWithLse<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): AttentionWithLse<X["data"]>;

export function attentionWithLse(...given: unknown[]): unknown {
  return toNdArrays(Reflect.apply(core.attentionWithLse, undefined, given) as object);
}

/**
 * Attention and the weights behind it. Asking for them changes no bit of the output.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - as for `attention`. With sinks a row sums to 1 minus the sink's share.
 * @returns `output` and `weights` (always `[..., H, L, S]`, whatever the layout).
 * @throws TypeError and RangeError as `attention`; RangeError if the weights do not fit in memory.
 *
 * @example
 * ```ts
 * import { attentionWithWeights, format } from "qkv";
 *
 * const x = [[1, 0], [0, 2]];
 * const { weights } = attentionWithWeights(x, x, x, { causal: true });
 * console.log(format(weights));
 * // → float32 [2, 2]
 * // →  1.0000 0.0000
 * // →  0.0558 0.9442
 * ```
 */
export function attentionWithWeights<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: AttentionOptions<A>,
): AttentionWithWeights<A>;

/** The same for tensors of which only the program knows the precision. */
export function attentionWithWeights<X extends TensorView<FloatArray>>(
  query: X,
  key: X,
  value: X,
  options?: AttentionOptions<X["data"]>,
): AttentionWithWeights<X["data"]>;

export function attentionWithWeights(...given: unknown[]): unknown {
  return toNdArrays(Reflect.apply(core.attentionWithWeights, undefined, given) as object);
}

/**
 * The natural logarithm of `Σ exp(x)` along an axis, without overflow: `m + log Σ exp(x − m)`.
 *
 * A row of nothing but −Infinity gives −Infinity; NaN or +Infinity gives NaN.
 *
 * @param x - a tensor of rank 1 or more.
 * @param options - `axis`, default the last.
 * @returns the shape of `x` without that axis, in its precision.
 * @throws TypeError for an input that is no tensor, or unknown options.
 * @throws RangeError for an axis that does not exist.
 *
 * @example
 * ```ts
 * import { logSumExp, toNested } from "qkv";
 *
 * console.log(toNested(logSumExp([[1000, 1000], [0, -Infinity]])));
 * // → [ 1000.6931762695312, 0 ]
 * ```
 */
export function logSumExp<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  options?: LogSumExpOptions,
): NdArray<A>;

export function logSumExp(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.logSumExp, undefined, given) as Tensor);
}

/**
 * Multiplies matrices: `out[i, j] = Σ_k a[i, k] · b[k, j]`, `k` ascending in one accumulator, so
 * that the bits do not depend on the engine, the layout or the batch.
 *
 * @param a - `[..., M, K]`.
 * @param b - `[..., K, N]`; leading axes broadcast against those of `a` (equal, 1 or absent).
 * @param options - `transposeA`, `transposeB`: read the last two axes exchanged; `out`, `engine`.
 * @returns `[..., M, N]`, row-major, in the precision of the inputs.
 * @throws TypeError for inputs that are no tensors, mixed precisions, or unknown options.
 * @throws RangeError for rank below 2, or axes that do not fit together.
 *
 * @example
 * ```ts
 * import { matmul, toNested } from "qkv";
 *
 * const product = matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]);
 * console.log(toNested(product));
 * // → [ [ 19, 22 ], [ 43, 50 ] ]
 * ```
 */
export function matmul<A extends FloatArray = Float32Array>(
  a: TensorLike<A>,
  b: TensorLike<A>,
  options?: MatmulOptions<A>,
): NdArray<A>;

export function matmul(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.matmul, undefined, given) as Tensor);
}

/**
 * Joins attention over disjoint ranges of keys into attention over all of them, in the given order:
 * the seam of sequence-parallel and ring attention.
 *
 * Each part enters with the weight `exp(lse − lse of the whole)`. The lse of a part is rounded, so
 * that the result differs from the whole by up to about `2⁻²³·max|lse|·max|v|` in float32, in addition to the
 * usual rounding of an attention.
 *
 * @param parts - `{ output: [..., H, L, E], lse: [..., H, L] }`, at least one, all of one shape; the
 *   output sequence first under `layout: "BLHD"`, the lse never.
 * @param options - `sinks`, once for the whole; the `layout` that the parts were computed with.
 * @returns `{ output, lse }` of the whole, in new memory and in that layout. An lse beyond the range of
 *   the precision says nothing any more: a part with −Infinity counts as empty, +Infinity gives NaN.
 * @throws TypeError for parts that are no such pairs, or mixed precisions.
 * @throws RangeError for no parts, or shapes that differ.
 *
 * @example
 * ```ts
 * import { attentionWithLse, format, mergeAttention } from "qkv";
 *
 * const query = [[1, 0]];
 * const left = attentionWithLse(query, [[1, 0]], [[10]]);
 * const right = attentionWithLse(query, [[1, 0]], [[20]]);
 * console.log(format(mergeAttention([left, right]).output));
 * // → float32 [1, 1]
 * // →  15.0000
 * ```
 */
export function mergeAttention<A extends FloatArray = Float32Array>(
  parts: readonly AttentionPart<A>[],
  options?: MergeAttentionOptions<A>,
): AttentionWithLse<A>;

export function mergeAttention(...given: unknown[]): unknown {
  return toNdArrays(Reflect.apply(core.mergeAttention, undefined, given) as object);
}

/**
 * Puts the heads of each token side by side: `[..., H, L, E]` → `[..., L, H·E]`, the inverse of
 * `splitHeads`. The result is always a copy.
 *
 * @param x - `[..., H, L, E]`, any strides.
 * @returns `[..., L, H·E]`, row-major.
 * @throws TypeError if `x` is no tensor of numbers.
 * @throws RangeError if `x` has fewer than three axes.
 * @see Vaswani et al.: Attention Is All You Need (2017), §3.2.2, "Concat".
 *
 * @example
 * ```ts
 * import { mergeHeads, toNested } from "qkv";
 *
 * const heads = [[[1, 2], [5, 6], [9, 10]], [[3, 4], [7, 8], [11, 12]]];
 * console.log(toNested(mergeHeads(heads)));
 * // → [ [ 1, 2, 3, 4 ], [ 5, 6, 7, 8 ], [ 9, 10, 11, 12 ] ]
 * ```
 */
export function mergeHeads<A extends FloatArray = Float32Array>(x: TensorLike<A>): NdArray<A>;

export function mergeHeads(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.mergeHeads, undefined, given) as Tensor);
}

/**
 * A whole multi-head attention layer: projects query, key and value, attends in every head, puts
 * the heads side by side and projects the result.
 *
 * Masks and biases are given for the `S` real keys, in the shapes that `attention` takes for
 * `[..., H, L, S]`: padding `[B, S]` is `keyLengths`, or a mask `[B, 1, 1, S]`. Extra keys (`biasK`, `addZeroAttn`) stay
 * visible to every query.
 *
 * @param query - `[..., L, model]`.
 * @param key - `[..., S, model]`, the same leading axes. Another number of features than the query's
 *   takes `keyWeight`.
 * @param value - `[..., S, model]`, as the key.
 * @param params - weights and biases, `[out, in]`; `fromTorchMultiheadAttention` reads them from a
 *   `state_dict`.
 * @param options - `weights`, and the options of `attention` but `grouped`, `layout` and `out`.
 * @returns `{ output }`, `[..., L, out]`, with `weights` if they were asked for.
 * @throws TypeError for inputs of the wrong kind, mixed precisions, missing parameters or unknown
 *   options.
 * @throws RangeError for shapes that do not fit together, and whatever `attention` refuses.
 * @see Vaswani et al.: Attention Is All You Need (2017), §3.2.2.
 *
 * @example
 * ```ts
 * import { format, multiHeadAttention } from "qkv";
 *
 * const identity = [[1, 0], [0, 1]];
 * const params = {
 *   heads: 2,
 *   inProjWeight: [...identity, ...identity, ...identity],
 *   outWeight: identity,
 * };
 * const x = [[1, 0], [0, 1]];
 * const { output, weights } = multiHeadAttention(x, x, x, params, { weights: "mean" });
 * console.log(format(output));
 * // → float32 [2, 2]
 * // →  0.7311 0.5000
 * // →  0.5000 0.7311
 * console.log(format(weights));
 * // → float32 [2, 2]
 * // →  0.6155 0.3845
 * // →  0.3845 0.6155
 * ```
 */
export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options: MultiHeadOptions<A> & { weights: "perHead" | "mean" },
): {
  /** `[..., L, model]`. */
  output: NdArray<A>;
  /** `[..., H, L, S]`, or `[..., L, S]` for the mean. */
  weights: NdArray<A>;
};

export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options?: MultiHeadOptions<A> & { weights?: undefined },
): {
  /** `[..., L, model]`. */
  output: NdArray<A>;
};

export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options?: MultiHeadOptions<A>,
): {
  /** `[..., L, model]`. */
  output: NdArray<A>;
  /** `[..., H, L, S]`, or `[..., L, S]` for the mean, if asked for. */
  weights?: NdArray<A>;
};

export function multiHeadAttention(...given: unknown[]): unknown {
  return toNdArrays(Reflect.apply(core.multiHeadAttention, undefined, given) as object);
}

/**
 * Rotary position embedding: turns each pair of features of a query or key by an angle that grows
 * with its position, so that their dot products depend on the distance of positions only.
 *
 * Angles are computed in float64 with the same bits everywhere; their cosines and sines are rounded
 * once to the precision of `x`, in which `(a·cos − b·sin, a·sin + b·cos)` is computed.
 *
 * @param x - `[..., H, L, D]` or `[L, D]`.
 * @param angles - `{ base, positions }` or tables `{ cos, sin, positions }`.
 * @param options - `pairing` (required), `dims`, `layout`.
 * @returns a new row-major tensor of the shape of `x`.
 * @throws TypeError if `pairing` is missing, precisions are mixed or an option is unknown.
 * @throws RangeError for shapes that do not fit, `dims` that are odd or beyond D, a `base` below 1, or
 *   positions that are not finite or outside the tables.
 * @see Su et al.: RoFormer (2021), §3.2; the angles of `base` are its equation 15.
 *
 * @example
 * ```ts
 * import { format, rotary } from "qkv";
 *
 * const key = [[1, 0, 1, 0], [1, 0, 1, 0]];
 * console.log(format(rotary(key, { positions: 3 }, { pairing: "interleaved" })));
 * // → float32 [2, 4]
 * // →  -0.9900  0.1411 0.9996 0.0300
 * // →  -0.6536 -0.7568 0.9992 0.0400
 * ```
 */
export function rotary<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  angles: RotaryAngles<A>,
  options: RotaryOptions,
): NdArray<A>;

export function rotary(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.rotary, undefined, given) as Tensor);
}

/**
 * Makes the sinusoidal position encoding of the original Transformer, which is added to the token
 * embeddings: `out[p, 2i] = sin(p / base^(2i/size))`, `out[p, 2i + 1] = cos(p / base^(2i/size))`.
 *
 * @param length - the number of positions, which start at 0.
 * @param size - the number of features of each position, even.
 * @param options - `base`, `order`, `endpoint`, `dtype`.
 * @returns `[length, size]`.
 * @throws TypeError for arguments of the wrong kind or unknown options.
 * @throws RangeError for an odd `size`, a negative `length`, or a `base` below 1.
 * @see Vaswani et al.: Attention Is All You Need (2017), §3.5.
 *
 * @example
 * ```ts
 * import { format, sinusoidal } from "qkv";
 *
 * console.log(format(sinusoidal(3, 4)));
 * // → float32 [3, 4]
 * // →  0.0000  1.0000 0.0000 1.0000
 * // →  0.8415  0.5403 0.0100 0.9999
 * // →  0.9093 -0.4161 0.0200 0.9998
 * ```
 */
export function sinusoidal<T extends DType = "float32">(
  length: number,
  size: number,
  options?: SinusoidalOptions<T>,
): NdArray<FloatArrayOf<T>>;

export function sinusoidal(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.sinusoidal, undefined, given) as Tensor);
}

/**
 * Normalizes exponentials along an axis: `exp(x − m) / Σ exp(x − m)` with the maximum `m`.
 *
 * The sums run in the tiles of `attention`, so that the softmax of its `masked` scores equals its
 * weights bit for bit. A row of nothing but −Infinity, or with nothing allowed, is all zeros; NaN or
 * +Infinity makes the whole row NaN.
 *
 * @param x - a tensor of rank 1 or more.
 * @param options - `axis`, `allow`.
 * @returns a row-major tensor of the shape and precision of `x`.
 * @throws TypeError for an input that is no tensor, a numeric `allow`, or unknown options.
 * @throws RangeError for an axis that does not exist, or an `allow` that does not fit.
 *
 * @example
 * ```ts
 * import { format, softmax } from "qkv";
 *
 * console.log(format(softmax([[1, 2, 3], [1, 1, -Infinity]])));
 * // → float32 [2, 3]
 * // →  0.0900 0.2447 0.6652
 * // →  0.5000 0.5000 0.0000
 * ```
 */
export function softmax<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  options?: SoftmaxOptions,
): NdArray<A>;

export function softmax(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.softmax, undefined, given) as Tensor);
}

/**
 * Reads the features of each token as heads side by side: `[..., L, H·D]` → `[..., H, L, D]`.
 *
 * The result is always a view, never a copy: it shares its memory with `x` (nested numbers aside).
 * Head `h` is the features `h·D … (h + 1)·D − 1`.
 *
 * @param x - `[..., L, H·D]`, any strides.
 * @param heads - `H`, a positive integer that divides the last axis.
 * @returns `[..., H, L, D]`, a view of `x`.
 * @throws TypeError if `x` is no tensor of numbers, or `heads` no number.
 * @throws RangeError if `x` has no two axes, or `heads` does not divide the last one.
 * @see Vaswani et al.: Attention Is All You Need (2017), §3.2.2.
 *
 * @example
 * ```ts
 * import { splitHeads, toNested } from "qkv";
 *
 * const tokens = [[1, 2, 3, 4], [5, 6, 7, 8]];
 * console.log(toNested(splitHeads(tokens, 2)));
 * // → [ [ [ 1, 2 ], [ 5, 6 ] ], [ [ 3, 4 ], [ 7, 8 ] ] ]
 * ```
 */
export function splitHeads<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  heads: number,
): NdArray<A>;

export function splitHeads(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.splitHeads, undefined, given) as Tensor);
}

/**
 * Makes a tensor: typed arrays are wrapped without a copy, nested numbers and booleans are copied.
 *
 * @param data - a Float32Array, Float64Array or (zeros and ones) Uint8Array in row-major order, or
 *   nested numbers or booleans. Of a Float16Array `fromFloat16` makes a Float32Array.
 * @param options - `shape` and `dtype`.
 * @returns a row-major tensor of that shape.
 * @throws TypeError for other data, ragged nesting aside, or a `dtype` that is not that of the data.
 * @throws RangeError for ragged nesting, a number beyond the range of float32, or a shape whose size is not that of the
 *   data.
 *
 * @example
 * ```ts
 * import { tensor, toNested } from "qkv";
 *
 * const query = tensor(new Float32Array([1, 2, 3, 4]), { shape: [2, 2] });
 * console.log(toNested(query));
 * // → [ [ 1, 2 ], [ 3, 4 ] ]
 * console.log(tensor([[1], [2]], { dtype: "float64" }).shape);
 * // → [ 2, 1 ]
 * ```
 */
export function tensor<A extends FloatArray | Uint8Array>(
  data: A,
  options?: TensorOptions,
): NdArray<A>;

export function tensor<T extends DType = "float32">(
  data: NestedNumbers,
  options?: TensorOptions<T>,
): NdArray<FloatArrayOf<T>>;

export function tensor(data: NestedBooleans, options?: TensorOptions<"bool">): NdArray<Uint8Array>;

export function tensor(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.tensor, undefined, given) as Tensor);
}

/**
 * Makes a tensor of zeros, for instance for the `out` option of `attention`.
 *
 * @param shape - the lengths of the axes.
 * @param options - `dtype`, default `"float32"`.
 * @throws TypeError for a shape that is not an array of non-negative integers, or another `dtype`.
 * @throws RangeError if the tensor does not fit in memory.
 *
 * @example
 * ```ts
 * import { toNested, zeros } from "qkv";
 *
 * console.log(toNested(zeros([2, 3])));
 * // → [ [ 0, 0, 0 ], [ 0, 0, 0 ] ]
 * ```
 */
export function zeros<T extends DType = "float32">(
  shape: readonly number[],
  options?: ZerosOptions<T>,
): NdArray<FloatArrayOf<T>>;

export function zeros(...given: unknown[]): unknown {
  return toNdArray(Reflect.apply(core.zeros, undefined, given) as Tensor);
}
