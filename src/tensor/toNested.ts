import { checkArguments } from "./checkArguments.js";
import { rangeError, showShape } from "./errors.js";
import { nest } from "./nested.js";
import { dtypeOf, readBooleans, readTensor } from "./readTensor.js";
import type { FloatArray, NestedArray, RowMajor, TensorLike, TensorView } from "./types.js";

const longestArray = 4294967295;

/**
 * Copies a tensor, however it is strided, into nested arrays of numbers. Booleans become 0 and 1.
 *
 * @param x - any tensor.
 * @returns arrays nested as deep as the tensor has axes; a number for rank 0. TypeScript does not know the rank
 *   of a tensor: `toNested<2>(x)` says it, and `toNested<2>(x)[0][0]` is a number.
 * @throws TypeError if `x` is no tensor.
 * @throws RangeError if an axis is longer than an array can be.
 *
 * @example
 * ```ts
 * import { tensor, toNested } from "qkv";
 *
 * const rows = tensor(new Float32Array([1, 2, 3, 4, 5, 6]), { shape: [2, 3] });
 * const columns = { data: rows.data, shape: [3, 2], stride: [1, 3], offset: 0 };
 * console.log(toNested(columns));
 * // → [ [ 1, 4 ], [ 2, 5 ], [ 3, 6 ] ]
 * ```
 */
export function toNested<Rank extends number = number>(
  x: TensorLike | TensorView<Uint8Array> | RowMajor<Uint8Array | readonly boolean[]>,
): NestedArray<Rank> {
  checkArguments("toNested", arguments.length, ["x"]);
  const view =
    dtypeOf(x) === "bool"
      ? (readBooleans(x, "toNested", "x") as unknown as TensorView<FloatArray>)
      : readTensor(x, "toNested", "x");
  if (view.shape.every((length) => length <= longestArray)) return nest(view) as NestedArray<Rank>;
  throw rangeError(
    "toNested",
    "x",
    `axes of at most ${longestArray}, the longest array`,
    showShape(view.shape),
  );
}
