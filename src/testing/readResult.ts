import {
  checkArguments,
  conversionFix,
  copyContiguous,
  readNumbers,
  tagOf,
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
  checkArguments("readResult", arguments.length, ["returned"]);
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
  const { data } = (isObject(value) ? value : {}) as { data?: unknown };
  // Read as integers, they would be no error, and other numbers.
  if (ArrayBuffer.isView(data) && tagOf(data) === "Uint16Array") {
    const got = "a Uint16Array, which may hold the bits of float16";
    throw typeError("readResult", `${what}.data`, "numbers", got, conversionFix(data));
  }
  return copyContiguous<FloatArray>(readNumbers(value, "readResult", what));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
