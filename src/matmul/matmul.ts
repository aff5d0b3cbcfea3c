import { chooseEngine, withWorkspace, type Engine } from "../engine/index.js";
import {
  allocate,
  canonicalizeNaN,
  copyInto,
  freshTensor,
  mayOverlap,
  offsetsOf,
  readOut,
  type FloatArray,
  type Tensor,
  type TensorLike,
  type TensorView,
} from "../tensor/index.js";
import { matmul32, matmul64, type MatmulKernel } from "./portable.js";
import { readProduct } from "./product.js";
import { matmulReference } from "./reference.js";
import { wasmKernel } from "./wasm.js";

/** Options of {@link matmul}. */
export interface MatmulOptions<A extends FloatArray = FloatArray> {
  /** Read `a` as `[..., K, M]`. Default false. */
  transposeA?: boolean;
  /** Read `b` as `[..., N, K]`. Default false. */
  transposeB?: boolean;
  /** A tensor of the result's shape and precision that receives it, instead of a new one. */
  out?: TensorView<A>;
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
  options: MatmulOptions<A> = {},
): Tensor<A> {
  const product = readProduct(a, b, options);
  const { dtype, shape, m, k, n, left, right } = product;
  const out = options.out === undefined ? undefined : readOut<A>("matmul", options.out, shape);
  // Memory that is read while it is written would give wrong numbers.
  const detour =
    out !== undefined && mayOverlap(out.data.buffer, [left.data.buffer, right.data.buffer]);
  const result =
    out === undefined || detour
      ? freshTensor(allocate("matmul", "result", shape, dtype) as A, shape)
      : out;
  const starts = offsetsOf(shape.slice(0, -2), result.stride.slice(0, -2), result.offset);
  const [row, column] = result.stride.slice(-2);
  const multiply = (kernel: MatmulKernel<A>): void => {
    for (let i = 0; i < starts.length; i++) {
      // prettier-ignore
      kernel(
        left.data, left.starts[i], left.row, left.column,
        right.data, right.starts[i], right.row, right.column,
        result.data, starts[i], row, column,
        m, k, n, false,
      );
    }
  };
  const engine = chooseEngine("matmul", options.engine, starts.length * m * k * n, wasmThreshold);
  const single = dtype === "float32";
  let nan = engine !== "wasm";
  if (engine === "wasm") {
    const onNaN = (): void => {
      nan = true;
    };
    withWorkspace("matmul", (space) =>
      multiply(wasmKernel("matmul", space, single ? 4 : 8, onNaN)),
    );
  } else if (engine === "reference") multiply(referenceKernel);
  else multiply((single ? matmul32 : matmul64) as unknown as MatmulKernel<A>);
  // Of `out` only the elements of the view are its result.
  for (let i = 0; nan && i < starts.length; i++) {
    for (let at = 0; at < m; at++) canonicalizeNaN(result.data, starts[i] + at * row, n, column);
  }
  if (!detour) return result;
  copyInto(result, out.data, out);
  return out;
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
