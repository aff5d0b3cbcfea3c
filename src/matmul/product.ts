import { chooseEngine, type Engine } from "../engine/index.js";
import {
  checkOptions,
  commonDType,
  describe,
  offsetsOf,
  rangeError,
  readOut,
  readTensor,
  showShape,
  sizeOf,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { matmulHints, type MatmulOptions } from "./options.js";

/** What is to be multiplied. */
export interface Multiplied<A extends FloatArray> {
  readonly dtype: DType;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly left: Factor<A>;
  readonly right: Factor<A>;
  /** What computes it. */
  readonly engine: Exclude<Engine, "auto">;
}

/** One call of matmul, checked. */
export interface Product<A extends FloatArray> extends Multiplied<A> {
  /** `a` and `b` as they were read, the last two axes exchanged where that was asked for. */
  readonly inputs: readonly [Tensor<A>, Tensor<A>];
  /** `[..., M, N]`. */
  readonly shape: readonly number[];
  /** The tensor that receives the result, if the caller gave one. */
  readonly out: Tensor<A> | undefined;
}

/** The matrices of one side, repeated over the batch axes of the product. */
export interface Factor<A extends FloatArray> {
  readonly data: A;
  /** Where each matrix of the batch starts. */
  readonly starts: readonly number[];
  readonly row: number;
  readonly column: number;
}

/** Multiply-adds above which WebAssembly is faster than JavaScript. */
const wasmThreshold = 2048;

/** Checks every argument before any arithmetic. */
export function readProduct<A extends FloatArray>(
  a: TensorLike<A>,
  b: TensorLike<A>,
  options: MatmulOptions<A> | undefined,
): Product<A> {
  const names = ["transposeA", "transposeB", "out", "engine"];
  const own = checkOptions("matmul", options, names, matmulHints);
  const { transposeA, transposeB, out, engine } = own;
  checkFlag("transposeA", transposeA);
  checkFlag("transposeB", transposeB);
  const dtype = commonDType("matmul", { a, b, "options.out": out });
  const left = readMatrices(readTensor<A>(a, "matmul", "a", dtype), "a", transposeA);
  const right = readMatrices(readTensor<A>(b, "matmul", "b", dtype), "b", transposeB);
  // As they were given.
  const shown = (): string => {
    const shapes = [left, right].map(({ shape }, i) =>
      showShape([transposeA, transposeB][i] ? swapLast(shape) : shape),
    );
    return `a ${shapes[0]}, b ${shapes[1]}`;
  };
  const [m, k] = left.shape.slice(-2);
  const [rows, n] = right.shape.slice(-2);
  if (k !== rows) {
    throw rangeError(
      "matmul",
      "b",
      `K = ${k} rows, as many as a has columns`,
      shown(),
      k === n ? `write transposeB: ${String(!transposeB)}` : undefined,
    );
  }
  const batch = broadcast(left.shape, right.shape, shown);
  const shape = [...batch, m, n];
  return {
    dtype,
    inputs: [left, right],
    shape,
    m,
    k,
    n,
    left: factorOf(left, batch),
    right: factorOf(right, batch),
    engine: chooseEngine("matmul", engine, sizeOf(batch) * m * k * n, wasmThreshold),
    out: out === undefined ? undefined : readOut<A>("matmul", out, shape),
  };
}

/** Reads a view as matrices, with the last two axes exchanged if that is asked for. */
function readMatrices<A extends FloatArray>(
  view: Tensor<A>,
  argument: string,
  transpose = false,
): Tensor<A> {
  const { shape, stride } = view;
  if (shape.length < 2) {
    throw rangeError(
      "matmul",
      argument,
      "a matrix, or a batch of them (rank 2 or more)",
      showShape(shape),
      "give a vector its second axis: [1, K] as a row, [K, 1] as a column",
    );
  }
  return transpose ? { ...view, shape: swapLast(shape), stride: swapLast(stride) } : view;
}

function swapLast(list: readonly number[]): number[] {
  return [...list.slice(0, -2), ...list.slice(-2).reverse()];
}

/** The batch axes of the result: aligned at the right, where 1 or an absent axis repeats. */
function broadcast(a: readonly number[], b: readonly number[], shown: () => string): number[] {
  const rank = Math.max(a.length, b.length) - 2;
  return Array.from({ length: rank }, (_, axis) => {
    const p = a[axis - rank + a.length - 2] ?? 1;
    const q = b[axis - rank + b.length - 2] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw rangeError("matmul", "b", "batch axes that equal those of a, or are 1", shown());
    }
    return p === 1 ? q : p;
  });
}

/** The matrices of a tensor, repeated over the batch axes of a product. */
export function factorOf<A extends FloatArray>(
  { data, shape, stride, offset }: Tensor<A>,
  batch: readonly number[],
): Factor<A> {
  const missing = batch.length - (shape.length - 2);
  const steps = batch.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : stride[axis - missing],
  );
  const [row, column] = stride.slice(-2);
  return { data, starts: offsetsOf(batch, steps, offset), row, column };
}

function checkFlag(name: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw typeError("matmul", `options.${name}`, "true or false", describe(value));
}
