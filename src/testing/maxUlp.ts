import { exponentOf, timesPowerOfTwo } from "../elementary/exponent.js";
import { checkArguments, rangeError, readTensor, sameShape, showShape } from "../tensor/index.js";
import { copyContiguous, type FloatArray, type TensorLike } from "../tensor/index.js";

/**
 * The largest distance between two tensors, in units in the last place: the spacing of the numbers of `got`'s
 * precision at the expected number. With an `expected` of more precision it says how well `got` is
 * rounded: at most 0.5 if it is the nearest number.
 *
 * @param got - any shape. Nested numbers are float32.
 * @param expected - the same shape; may be float64 where `got` is float32.
 * @returns 0 where all are equal; Infinity where one is NaN or infinite and the other is not.
 * @throws TypeError for what is no tensor, RangeError for shapes that differ.
 *
 * @example
 * ```ts
 * import { tensor } from "qkv/core";
 * import { maxUlp } from "qkv/testing";
 *
 * const third = tensor([1 / 3], { dtype: "float64" });
 * console.log(maxUlp(tensor([1 / 3]), third) <= 0.5, maxUlp([1], [1 + 2 ** -23]));
 * // → true 1
 * ```
 */
export function maxUlp(got: TensorLike, expected: TensorLike): number {
  checkArguments("maxUlp", arguments.length, ["got", "expected"]);
  const read = (value: unknown, argument: string) =>
    copyContiguous<FloatArray>(readTensor(value, "maxUlp", argument));
  const [a, b] = [read(got, "got"), read(expected, "expected")];
  if (!sameShape(a.shape, b.shape)) {
    throw rangeError(
      "maxUlp",
      "got",
      `the shape of expected, ${showShape(b.shape)}`,
      showShape(a.shape),
    );
  }
  const [digits, smallest] = a.dtype === "float32" ? [23, -149] : [52, -1074];
  let most = 0;
  for (let at = 0; at < a.data.length; at++) {
    const [x, y] = [a.data[at], b.data[at]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    // A subnormal number has the spacing of the smallest normal one.
    const place = y === 0 ? smallest : Math.max(exponentOf(y) - digits, smallest);
    const distance = timesPowerOfTwo(Math.abs(x - y), -place);
    most = Number.isFinite(x) && Number.isFinite(y) ? Math.max(most, distance) : Infinity;
  }
  return most;
}
