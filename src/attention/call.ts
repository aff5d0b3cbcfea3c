import { chooseEngine, type Engine } from "../engine/index.js";
import { readBias, type BoundBias, type BoundMask, type ScoreShape } from "../masks/index.js";
import {
  checkOptions,
  commonDType,
  offsetsOf,
  readOut,
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
  /** Query, key and value as they were read. */
  readonly inputs: readonly [Tensor<A>, Tensor<A>, Tensor<A>];
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
  /** Tensors of masks and biases as they were read, by what was given for them. */
  readonly tensors: Map<unknown, Tensor> | undefined;
  readonly sinks: readonly number[] | undefined;
  readonly emptyRow: "zero" | "nan" | "throw";
  /** What computes it. */
  readonly engine: Exclude<Engine, "auto">;
  /** The tensor that receives the output, if the caller gave one. */
  readonly out: Tensor<A> | undefined;
}

/** Checks every argument of an attention call before any arithmetic. */
export function readCall<A extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options?: AttentionOptions<A>,
): Call<A> {
  const own = checkOptions(fn, options, attentionOptionNames, attentionOptionHints);
  return bindCall(fn, query, key, value, own);
}

/** The same for options whose names are checked and which inherit nothing. */
export function bindCall<A extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options: AttentionOptions<A>,
): Call<A> {
  const { allow, block, bias, sinks, out } = options;
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
  const outputShape = [...q.shape.slice(0, -1), valueSize];
  const ownHeads = batchAxes.length === 0 ? heads : 0;
  // Written out field by field: one object, and no copies of it, in every small call.
  const call: Call<A> = {
    fn,
    dtype,
    inputs: [q, k, v],
    batchAxes,
    batch,
    heads,
    kvHeads,
    queries,
    keys,
    headSize,
    valueSize,
    scoresShape: q.shape.length === 2 ? [queries, keys] : [...batchAxes, heads, queries, keys],
    keyCounts: readCounts(fn, "keyLengths", options.keyLengths, batch, keys, ownHeads),
    queryCounts: readCounts(fn, "queryLengths", options.queryLengths, batch, queries, ownHeads),
    query: operandOf(q, sequenceFirst),
    key: operandOf(k, sequenceFirst),
    value: operandOf(v, sequenceFirst),
    outputShape,
    sequenceFirst,
    scale: readScale(fn, options.scale, headSize, dtype),
    softcap: readSoftcap(fn, options.softcap, dtype),
    mask: undefined,
    biases: [],
    reads: [q.data.buffer, k.data.buffer, v.data.buffer],
    tensors: (allow ?? block ?? bias) === undefined ? undefined : new Map<unknown, Tensor>(),
    sinks: readSinks(fn, sinks, heads, dtype),
    emptyRow: readChoice(fn, "emptyRow", options.emptyRow, ["zero", "nan", "throw"]),
    engine: chooseEngine(fn, options.engine, workOf(sizes, dtype), wasmThreshold),
    out: out === undefined ? undefined : readOut<A>(fn, out, outputShape),
  };
  // The rules are bound to the sizes that stand by now.
  call.mask = readMasks(call, allow, block, options.causal, options.window);
  if (bias !== undefined) {
    const place = { fn, argument: "options.bias", reads: call.reads, tensors: call.tensors };
    call.biases = readBias(bias, call, place, dtype);
  }
  return call;
}

/** Multiply-adds above which WebAssembly is faster than JavaScript. */
const wasmThreshold = 2048;

/** Bytes of a key and its value; of longer ones WebAssembly would take hundreds of megabytes, or fail. */
const longestRow = 1024 * 1024;

/** About how many multiply-adds a call takes; 0 if its rows are too long for WebAssembly. */
function workOf({ batch, heads, queries, keys, headSize, valueSize }: Sizes, dtype: DType): number {
  // JavaScript reads rows where they are; the kernels copy some tiles of them.
  const rowBytes = (headSize + valueSize) * (dtype === "float32" ? 4 : 8);
  return rowBytes > longestRow ? 0 : batch * heads * queries * keys * (headSize + valueSize);
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
