import { readBias, type BoundBias, type BoundMask, type ScoreShape } from "../masks/index.js";
import {
  checkOptions,
  commonDType,
  offsetsOf,
  readTensor,
  type DType,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { attentionOptionHints, attentionOptionNames, type AttentionOptions } from "./options.js";
import { readMasks } from "./readMasks.js";
import { readChoice, readCounts, readScale, readSinks, readSoftcap } from "./readOptions.js";
import { axesOf, readSizes, type Sizes } from "./shapes.js";

/** The matrices of all batch entries and heads inside one tensor. */
export interface Operand<A extends FloatArray> {
  readonly data: A;
  /** Where the matrix of batch entry `b` and head `h` starts, at `b * heads + h`. */
  readonly starts: readonly number[];
  /** The step from one position to the next. */
  readonly row: number;
  /** The step from one feature to the next. */
  readonly column: number;
}

/** One call, checked: nothing below this asks again. */
export interface Call<A extends FloatArray = FloatArray> extends ScoreShape, Sizes {
  readonly fn: string;
  readonly dtype: DType;
  readonly query: Operand<A>;
  readonly key: Operand<A>;
  readonly value: Operand<A>;
  readonly outputShape: readonly number[];
  readonly sequenceFirst: boolean;
  /** In the precision of the inputs. */
  readonly scale: number;
  readonly softcap: number | undefined;
  mask: BoundMask | undefined;
  biases: readonly BoundBias[];
  /** Memory that is read during the call: the operands', and that of masks and biases. */
  readonly reads: ArrayBufferLike[];
  readonly sinks: readonly number[] | undefined;
  readonly emptyRow: "zero" | "nan" | "throw";
}

/** Checks every argument of an attention call before any arithmetic. */
export function readCall<A extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options: AttentionOptions<A> = {},
): Call<A> {
  checkOptions(fn, options, attentionOptionNames, attentionOptionHints);
  const { bias, sinks, out } = options;
  const dtype = commonDType(fn, {
    query,
    key,
    value,
    "options.bias": bias,
    "options.sinks": sinks,
    "options.out": out,
  });
  const q = readTensor<A>(query, fn, "query", dtype);
  const k = readTensor<A>(key, fn, "key", dtype);
  const v = readTensor<A>(value, fn, "value", dtype);
  const sequenceFirst = readChoice(fn, "layout", options.layout, ["BHLD", "BLHD"]) === "BLHD";
  const grouped = readChoice(fn, "grouped", options.grouped, [false, true]);
  const sizes = readSizes(fn, q, k, v, sequenceFirst, grouped);
  const { batchAxes, batch, heads, kvHeads, queries, keys, headSize, valueSize } = sizes;
  // Written out field by field: one object, and no copies of it, in every small call.
  const call: Call<A> = {
    fn,
    dtype,
    batchAxes,
    batch,
    heads,
    kvHeads,
    queries,
    keys,
    headSize,
    valueSize,
    scoresShape: q.shape.length === 2 ? [queries, keys] : [...batchAxes, heads, queries, keys],
    keyCounts: readCounts(fn, "keyLengths", options.keyLengths, batch, keys),
    queryCounts: readCounts(fn, "queryLengths", options.queryLengths, batch, queries),
    query: operandOf(q, sequenceFirst),
    key: operandOf(k, sequenceFirst),
    value: operandOf(v, sequenceFirst),
    outputShape: [...q.shape.slice(0, -1), valueSize],
    sequenceFirst,
    scale: readScale(fn, options.scale, headSize, dtype),
    softcap: readSoftcap(fn, options.softcap, dtype),
    mask: undefined,
    biases: [],
    reads: [q.data.buffer, k.data.buffer, v.data.buffer],
    sinks: readSinks(fn, sinks, heads, dtype),
    emptyRow: readChoice(fn, "emptyRow", options.emptyRow, ["zero", "nan", "throw"]),
  };
  // The rules are bound to the sizes that stand by now.
  call.mask = readMasks(fn, options, call, call.reads);
  if (bias !== undefined) {
    const place = { fn, argument: "options.bias", reads: call.reads };
    call.biases = readBias(bias, call, place, dtype);
  }
  return call;
}

/** Splits a tensor `[..., H, L, D]` (or sequence first) into its matrices. */
export function operandOf<A extends FloatArray>(
  { data, shape, stride, offset }: Tensor<A>,
  sequenceFirst: boolean,
): Operand<A> {
  const rank = shape.length;
  const [headAxis, rowAxis] = axesOf(rank, sequenceFirst);
  const outer = (axes: readonly number[]): number[] =>
    rank > 2 ? [...axes.slice(0, -3), axes[headAxis]] : [];
  const starts = offsetsOf(outer(shape), outer(stride), offset);
  return { data, starts, row: stride[rowAxis], column: stride[rank - 1] };
}
