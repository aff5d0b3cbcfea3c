import {
  allocate,
  checkArguments,
  copyInto,
  freshTensor,
  mayOverlap,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { multiply } from "./multiply.js";
import type { MatmulOptions } from "./options.js";
import { factorOf, readProduct } from "./product.js";

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
): Tensor<A> {
  checkArguments("matmul", arguments.length, ["a", "b", "options"]);
  const product = readProduct(a, b, options);
  const { dtype, shape, out, inputs } = product;
  // Memory that is read while it is written would give wrong numbers.
  const reads = inputs.map(({ data }) => data.buffer);
  const detour = out && mayOverlap(out.data.buffer, reads);
  const result =
    out && !detour ? out : freshTensor(allocate("matmul", "result", shape, dtype) as A, shape);
  multiply(product, factorOf(result, shape.slice(0, -2)));
  if (!detour) return result;
  copyInto(result, out.data, out);
  return out;
}
