import { chooseEngine, withWorkspace, type Engine } from "../engine/index.js";
import {
  allocate,
  canonicalizeNaN,
  checkOptions,
  commonDType,
  describe,
  freshTensor,
  offsetsOf,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { matmul32, matmul64, type MatmulKernel } from "./portable.js";
import { matmulReference } from "./reference.js";
import { wasmKernel } from "./wasm.js";

/** Options of {@link matmul}. */
export interface MatmulOptions {
  /** Read `a` as `[..., K, M]`. Default false. */
  transposeA?: boolean;
  /** Read `b` as `[..., N, K]`. Default false. */
  transposeB?: boolean;
  /** What computes; `"reference"` is float64, rounded once, the others share their bits. Default `"auto"`. */
  engine?: Engine;
}

/** Multiply-adds above which WebAssembly is faster than JavaScript. */
const wasmThreshold = 2048;

/**
 * Multiplies matrices: `out[i, j] = Σ_k a[i, k] · b[k, j]`, `k` ascending in one accumulator, so
 * that the bits do not depend on the engine, the layout or the batch.
 *
 * @param a - `[..., M, K]`.
 * @param b - `[..., K, N]`; leading axes broadcast against those of `a` (equal, 1 or absent).
 * @param options - `transposeA`, `transposeB`: read the last two axes exchanged.
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
export function matmul<D extends FloatArray = Float32Array>(
  a: TensorLike<D>,
  b: TensorLike<D>,
  options: MatmulOptions = {},
): Tensor<D> {
  checkOptions("matmul", options, ["transposeA", "transposeB", "engine"], {
    adjointA: "write `transposeA`",
    adjointB: "write `transposeB`",
  });
  const { transposeA, transposeB } = options;
  checkFlag("transposeA", transposeA);
  checkFlag("transposeB", transposeB);
  const dtype = commonDType("matmul", { a, b });
  const left = readMatrices(readTensor<D>(a, "matmul", "a", dtype), "a", transposeA);
  const right = readMatrices(readTensor<D>(b, "matmul", "b", dtype), "b", transposeB);
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
  const shape = [...batch, left.rows, right.columns];
  const out = allocate("matmul", "result", shape, dtype) as D;
  const [m, k, n] = [left.rows, left.columns, right.columns];
  const engine = chooseEngine("matmul", options.engine, out.length * k, wasmThreshold);
  const aStarts = batchStarts(left, batch);
  const bStarts = batchStarts(right, batch);
  const multiply = (kernel: MatmulKernel<D>): void => {
    for (let i = 0; i < aStarts.length; i++) {
      // prettier-ignore
      kernel(
        left.data, aStarts[i], left.row, left.column,
        right.data, bStarts[i], right.row, right.column,
        out, i * m * n, n, 1,
        m, k, n, false,
      );
    }
  };
  const size = out.BYTES_PER_ELEMENT;
  let nan = engine !== "wasm";
  if (engine === "wasm") {
    const onNaN = (): void => {
      nan = true;
    };
    withWorkspace("matmul", (workspace) => multiply(wasmKernel("matmul", workspace, size, onNaN)));
  } else if (engine === "reference") multiply(referenceKernel);
  else multiply((size === 4 ? matmul32 : matmul64) as unknown as MatmulKernel<D>);
  if (nan) canonicalizeNaN(out);
  return freshTensor(out, shape);
}

// prettier-ignore
const referenceKernel: MatmulKernel<FloatArray> = (
  a, aOffset, aRow, aColumn,
  b, bOffset, bRow, bColumn,
  out, outOffset, outRow, outColumn,
  m, k, n,
) => {
  const left = { data: a, offset: aOffset, row: aRow, column: aColumn };
  const right = { data: b, offset: bOffset, row: bRow, column: bColumn };
  matmulReference(left, right, m, k, n).forEach((row, i) => {
    row.forEach((sum, j) => (out[outOffset + i * outRow + j * outColumn] = sum));
  });
};

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

function readMatrices<D extends FloatArray>(
  view: Tensor<D>,
  argument: string,
  transpose = false,
): Matrices<D> {
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
