import fc from "fast-check";
import {
  checkArguments,
  checkOptions,
  describe,
  freshTensor,
  numberError,
  rangeError,
  sizeOf,
  typeError,
} from "../../tensor/index.js";
import type { DType, FloatArrayOf, Tensor } from "../../tensor/index.js";

/** Options of {@link tensors}. */
export interface TensorsOptions<T extends DType = DType> {
  /** The precision. Default `"float32"`. */
  dtype?: T | undefined;
  /** The smallest number. Default −10. */
  min?: number | undefined;
  /** The largest number. Default 10. */
  max?: number | undefined;
}

/** The length of an axis: a number, or any from 1 to `max`. */
export type Axis =
  | number
  | {
      /** The largest length. */
      readonly max: number;
    };

/**
 * An arbitrary of contiguous tensors of finite numbers, for fast-check. Axes shrink to 1 and numbers to 0.
 *
 * @param shape - the lengths of the axes; `{ max: 5 }` for any from 1 to 5.
 * @param options - `dtype`, `min`, `max`.
 * @throws TypeError for a shape or options that are none, RangeError for a `min` beyond `max`.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { softmax } from "qkv/core";
 * import { expectClose, rowSums } from "qkv/testing";
 * import { tensors } from "qkv/testing/fast-check";
 *
 * fc.assert(
 *   fc.property(tensors([3, { max: 9 }]), (x) => {
 *     expectClose(rowSums(softmax(x)), [1, 1, 1], { abs: 2 ** -20 });
 *   }),
 * );
 * ```
 */
export function tensors<T extends DType = "float32">(
  shape: readonly Axis[],
  options?: TensorsOptions<T>,
): fc.Arbitrary<Tensor<FloatArrayOf<T>>> {
  checkArguments("tensors", arguments.length, ["shape", "options"]);
  const own: TensorsOptions = checkOptions("tensors", options, ["dtype", "min", "max"]);
  const { dtype = "float32", min = -10, max = 10 } = own;
  if (dtype !== "float32" && dtype !== "float64") {
    throw typeError("tensors", "options.dtype", `"float32" or "float64"`, describe(dtype));
  }
  for (const [name, limit] of Object.entries({ min, max })) {
    if (Number.isFinite(limit)) continue;
    throw numberError("tensors", `options.${name}`, "a finite number", limit);
  }
  if (min > max) {
    throw rangeError("tensors", "options.min", `a number that is at most max, ${max}`, String(min));
  }
  const single = dtype === "float32";
  const limits = { noNaN: true, noDefaultInfinity: true };
  const element = single
    ? fc.float({ ...limits, min: Math.fround(min), max: Math.fround(max) })
    : fc.double({ ...limits, min, max });
  return shapes("tensors", shape).chain((lengths) => {
    const size = sizeOf(lengths);
    const numbers = fc.array(element, { minLength: size, maxLength: size });
    return numbers.map((list) =>
      freshTensor(
        (single ? Float32Array.from(list) : Float64Array.from(list)) as FloatArrayOf<T>,
        lengths,
      ),
    );
  });
}

/** Lengths for every axis. */
export function shapes(fn: string, shape: readonly Axis[]): fc.Arbitrary<number[]> {
  if (!Array.isArray(shape)) {
    throw typeError(fn, "shape", "a list of lengths, or { max } for any up to it", describe(shape));
  }
  const axes = (shape as readonly Axis[]).map((axis, at) => {
    const most = typeof axis === "number" ? axis : axis?.max;
    if (!Number.isSafeInteger(most) || most < 0) {
      throw typeError(
        fn,
        `shape[${at}]`,
        "a length, or { max } for any from 1 to max",
        describe(axis),
      );
    }
    return typeof axis === "number" ? fc.constant(axis) : fc.integer({ min: 1, max: most });
  });
  return fc.tuple(...axes);
}
