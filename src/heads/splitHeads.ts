import {
  checkArguments,
  rangeError,
  readTensor,
  showShape,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { checkHeads } from "./checkHeads.js";

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
): Tensor<A> {
  checkArguments("splitHeads", arguments.length, ["x", "heads"]);
  const view = readTensor<A>(x, "splitHeads", "x");
  checkHeads("splitHeads", "heads", heads);
  const { shape, stride } = view;
  const rank = shape.length;
  if (rank < 2) {
    throw rangeError("splitHeads", "x", "[..., L, H·D], rank 2 or more", showShape(shape));
  }
  const [length, features] = [shape[rank - 2], shape[rank - 1]];
  if (features % heads !== 0) {
    throw rangeError(
      "splitHeads",
      "heads",
      `a divisor of the ${features} features of x`,
      `${heads} heads for x ${showShape(shape)}`,
    );
  }
  const size = features / heads;
  const [perToken, perFeature] = [stride[rank - 2], stride[rank - 1]];
  return {
    ...view,
    shape: [...shape.slice(0, -2), heads, length, size],
    stride: [...stride.slice(0, -2), size * perFeature, perToken, perFeature],
  };
}
