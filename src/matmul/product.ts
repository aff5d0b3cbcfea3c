import {
  checkOptions,
  commonDType,
  describe,
  offsetsOf,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import type { MatmulOptions } from "./matmul.js";

/** One call of matmul, checked. */
export interface Product<A extends FloatArray> {
  readonly dtype: DType;
  /** `[..., M, N]`. */
  readonly shape: readonly number[];
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly left: Factor<A>;
  readonly right: Factor<A>;
}

/** The matrices of one side, repeated over the batch axes of the product. */
export interface Factor<A extends FloatArray> {
  readonly data: A;
  /** Where each matrix of the batch starts. */
  readonly starts: readonly number[];
  readonly row: number;
  readonly column: number;
}

/** Checks every argument before any arithmetic. */
export function readProduct<A extends FloatArray>(
  a: TensorLike<A>,
  b: TensorLike<A>,
  options: MatmulOptions<A>,
): Product<A> {
  checkOptions("matmul", options, ["transposeA", "transposeB", "out", "engine"], {
    adjointA: "write `transposeA`",
    adjointB: "write `transposeB`",
  });
  const { transposeA, transposeB, out } = options;
  checkFlag("transposeA", transposeA);
  checkFlag("transposeB", transposeB);
  const dtype = commonDType("matmul", { a, b, "options.out": out });
  const left = readMatrices(readTensor<A>(a, "matmul", "a", dtype), "a", transposeA);
  const right = readMatrices(readTensor<A>(b, "matmul", "b", dtype), "b", transposeB);
  if (left.columns !== right.rows) {
    const swapped = left.columns === right.columns;
    throw rangeError(
      "matmul",
      "b",
      `K = ${left.columns} rows, as many as a has columns`,
      `a ${showShape(left.shape)}, b ${showShape(right.shape)}`,
      swapped ? `write transposeB: ${String(!transposeB)}` : undefined,
    );
  }
  const batch = broadcast(left, right);
  const factor = (matrices: Matrices<A>): Factor<A> => {
    const { data, row, column } = matrices;
    return { data, starts: batchStarts(matrices, batch), row, column };
  };
  return {
    dtype,
    shape: [...batch, left.rows, right.columns],
    m: left.rows,
    k: left.columns,
    n: right.columns,
    left: factor(left),
    right: factor(right),
  };
}

interface Matrices<D> {
  data: D;
  shape: readonly number[];
  batch: readonly number[];
  batchStride: readonly number[];
  offset: number;
  rows: number;
  columns: number;
  row: number;
  column: number;
}

function readMatrices<A extends FloatArray>(
  view: Tensor<A>,
  argument: string,
  transpose = false,
): Matrices<A> {
  const rank = view.shape.length;
  if (rank < 2) {
    throw rangeError(
      "matmul",
      argument,
      "a matrix, or a batch of them (rank 2 or more)",
      showShape(view.shape),
      "give a vector its second axis: [1, K] as a row, [K, 1] as a column",
    );
  }
  const [first, second] = transpose ? [rank - 1, rank - 2] : [rank - 2, rank - 1];
  return {
    data: view.data,
    shape: view.shape,
    batch: view.shape.slice(0, -2),
    batchStride: view.stride.slice(0, -2),
    offset: view.offset,
    rows: view.shape[first],
    columns: view.shape[second],
    row: view.stride[first],
    column: view.stride[second],
  };
}

/** The batch axes of the result: aligned at the right, where 1 or an absent axis repeats. */
function broadcast(a: Matrices<FloatArray>, b: Matrices<FloatArray>): number[] {
  const rank = Math.max(a.batch.length, b.batch.length);
  return Array.from({ length: rank }, (_, axis) => {
    const p = a.batch[axis - rank + a.batch.length] ?? 1;
    const q = b.batch[axis - rank + b.batch.length] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw rangeError(
        "matmul",
        "b",
        "batch axes that equal those of a, or are 1",
        `a ${showShape(a.shape)}, b ${showShape(b.shape)}`,
      );
    }
    return p === 1 ? q : p;
  });
}

function batchStarts(matrices: Matrices<FloatArray>, batch: readonly number[]): number[] {
  const missing = batch.length - matrices.batch.length;
  const stride = batch.map((_, axis) =>
    axis < missing || matrices.batch[axis - missing] === 1
      ? 0
      : matrices.batchStride[axis - missing],
  );
  return offsetsOf(batch, stride, matrices.offset);
}

function checkFlag(name: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw typeError("matmul", `options.${name}`, "true or false", describe(value));
}
