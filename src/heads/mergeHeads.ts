import {
  allocate,
  canonicalizeNaN,
  checkArguments,
  copyInto,
  freshTensor,
  rangeError,
  readTensor,
  showShape,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";

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
export function mergeHeads<A extends FloatArray = Float32Array>(x: TensorLike<A>): Tensor<A> {
  checkArguments("mergeHeads", arguments.length, ["x"]);
  const view = readTensor<A>(x, "mergeHeads", "x");
  const { shape, stride } = view;
  const rank = shape.length;
  if (rank < 3) {
    throw rangeError("mergeHeads", "x", "[..., H, L, E], rank 3 or more", showShape(shape));
  }
  const swap = (axes: readonly number[]): number[] => [
    ...axes.slice(0, -3),
    axes[rank - 2],
    axes[rank - 3],
    axes[rank - 1],
  ];
  const [heads, length, size] = shape.slice(-3);
  const merged = [...shape.slice(0, -3), length, heads * size];
  const data = allocate("mergeHeads", "result", merged, view.dtype as "float32") as A;
  copyInto(
    { data: view.data, shape: swap(shape), stride: swap(stride), offset: view.offset },
    data,
  );
  canonicalizeNaN(data);
  return freshTensor(data, merged);
}
