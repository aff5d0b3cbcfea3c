import {
  contiguousStride,
  copyContiguous,
  describe,
  extentOf,
  readTensor,
  showShape,
  sizeOf,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";

/** What an attention function returned, in row-major tensors. */
export interface Result {
  /** `[..., H, L, E]`. */
  readonly output: Tensor<FloatArray>;
  /** `[..., H, L, S]`, if it was there. */
  readonly weights?: Tensor<FloatArray>;
  /** `[..., H, L]`, if it was there. */
  readonly lse?: Tensor<FloatArray>;
}

/**
 * Reads what an attention function returned, in any of the ways in which libraries return tensors.
 *
 * @param returned - the output, or `{ output, weights?, lse? }`; each a view `{ data, shape, stride, offset }`, an
 *   NdArray, `{ data, dims }` or `{ data, shape }` in row-major order, or nested arrays. Not a promise.
 * @returns row-major copies; numbers that are in no Float32Array become float64.
 * @throws TypeError for anything else.
 *
 * @example
 * ```ts
 * import { readResult } from "qkv/testing";
 *
 * const { output } = readResult({ data: new Float32Array([1, 2]), dims: [1, 2] });
 * console.log(output.shape, output.stride, output.dtype);
 * // → [ 1, 2 ] [ 2, 1 ] float32
 * ```
 */
export function readResult(returned: unknown): Result {
  if (!isObject(returned) || !("output" in returned)) {
    return { output: readArray(returned, "the result") };
  }
  const { output, weights, lse } = returned as Record<string, unknown>;
  return {
    output: readArray(output, "output"),
    ...(weights === undefined ? {} : { weights: readArray(weights, "weights") }),
    ...(lse === undefined ? {} : { lse: readArray(lse, "lse") }),
  };
}

function readArray(value: unknown, what: string): Tensor<FloatArray> {
  if (typeof value === "number" || Array.isArray(value)) {
    return readTensor(value, "readResult", what, "float64");
  }
  const expected = "a view, { data, dims } or nested arrays";
  if (isObject(value) && typeof (value as { then?: unknown }).then === "function") {
    throw typeError("readResult", what, expected, "a promise", "await it");
  }
  if (ArrayBuffer.isView(value)) {
    throw typeError("readResult", what, expected, describe(value), "return { data, shape }");
  }
  if (!isObject(value)) throw typeError("readResult", what, expected, describe(value));
  const {
    data,
    dims,
    shape = dims,
    stride,
    strides,
    offset = 0,
  } = value as Record<string, unknown>;
  if (strides !== undefined && stride === undefined) {
    throw typeError("readResult", what, "strides as `stride`", "`strides`", "write stride");
  }
  if (data instanceof Uint16Array) {
    const got = "a Uint16Array, which may hold the bits of float16";
    throw typeError("readResult", what, "numbers", got, "convert it to a Float32Array");
  }
  if (!isNumbers(data) || !isLengths(shape)) {
    throw typeError("readResult", what, expected, describe(value));
  }
  const view = {
    data: isFloats(data) ? data : Float64Array.from(data),
    shape: Array.from(shape),
    stride: isLengths(stride, -Infinity) ? Array.from(stride) : contiguousStride(Array.from(shape)),
    offset: Number(offset),
  };
  const extent = extentOf(view);
  const whole = stride !== undefined || sizeOf(view.shape) === data.length;
  if (
    view.stride.length !== view.shape.length ||
    !whole ||
    (extent && !fits(extent, data.length))
  ) {
    const got = `${data.length} numbers for shape ${showShape(view.shape)}`;
    throw typeError("readResult", what, "as many numbers as the shape says", got);
  }
  return copyContiguous<FloatArray>(view);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isNumbers(data: unknown): data is ArrayLike<number> {
  if (Array.isArray(data)) return data.every((x) => typeof x === "number");
  return ArrayBuffer.isView(data) && typeof (data as unknown as number[])[0] !== "bigint";
}

function isFloats(data: unknown): data is FloatArray {
  return data instanceof Float32Array || data instanceof Float64Array;
}

function isLengths(list: unknown, least = 0): list is ArrayLike<number> {
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) return false;
  return Array.from(list as unknown as ArrayLike<number>).every(
    (n) => Number.isSafeInteger(n) && n >= least,
  );
}

function fits({ first, last }: { first: number; last: number }, length: number): boolean {
  return first >= 0 && last < length;
}
