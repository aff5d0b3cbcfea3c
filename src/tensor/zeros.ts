import { checkArguments } from "./checkArguments.js";
import { describe, typeError } from "./errors.js";
import { checkOptions } from "./options.js";
import { allocate, freshTensor } from "./readTensor.js";
import { checkShape } from "./shape.js";
import type { DType, FloatArrayOf, Tensor } from "./types.js";

/** Options of {@link zeros}. */
export interface ZerosOptions<T extends DType = DType> {
  /** The precision. Default `"float32"`. */
  dtype?: T | undefined;
}

/** As `Hints`. */
export const zerosHints = {
  "write `dtype`": "type data_type",
  "it is the first argument: zeros([2, 3])": "shape dims size",
  "leave it out: there are no devices": "device",
};

/**
 * Makes a tensor of zeros, for instance for the `out` option of `attention`.
 *
 * @param shape - the lengths of the axes.
 * @param options - `dtype`, default `"float32"`.
 * @throws TypeError for a shape that is not an array of non-negative integers, or another `dtype`.
 * @throws RangeError if the tensor does not fit in memory.
 *
 * @example
 * ```ts
 * import { toNested, zeros } from "qkv";
 *
 * console.log(toNested(zeros([2, 3])));
 * // → [ [ 0, 0, 0 ], [ 0, 0, 0 ] ]
 * ```
 */
export function zeros<T extends DType = "float32">(
  shape: readonly number[],
  options?: ZerosOptions<T>,
): Tensor<FloatArrayOf<T>> {
  checkArguments("zeros", arguments.length, ["shape", "options"]);
  const { dtype = "float32" }: ZerosOptions = checkOptions("zeros", options, ["dtype"], zerosHints);
  checkShape("zeros", "shape", shape);
  if (dtype !== "float32" && dtype !== "float64") {
    throw typeError("zeros", "options.dtype", `"float32" or "float64"`, describe(dtype));
  }
  const data = allocate("zeros", "shape", shape, dtype) as FloatArrayOf<T>;
  return freshTensor(data, [...shape]);
}
