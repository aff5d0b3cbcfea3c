import {
  checkArguments,
  checkOptions,
  copyContiguous,
  numberError,
  rangeError,
  readTensor,
  sameShape,
  showShape,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";

/** How far two tensors may be apart. */
export interface CloseOptions {
  /** Part of |expected|. Default 0. */
  rel?: number | undefined;
  /** The same for all elements. Default 0. */
  abs?: number | undefined;
  /** For each element, such as an error certificate: in the shape of `expected`. Default 0. */
  bound?: TensorLike | undefined;
}

/** As `Hints`. */
export const closeHints = {
  "write `abs` or `rel`": "tolerance tol delta epsilon",
  "write `abs`": "atol",
  "write `rel`": "rtol",
};

/**
 * Throws unless every element of `got` is within `rel·|expected| + abs + bound` of the same element of
 * `expected`. NaN and infinities have to be met exactly. The precisions may differ.
 *
 * @param got - any shape.
 * @param expected - the same shape.
 * @param options - `rel`, `abs`, `bound`. Default: equal numbers.
 * @throws Error with the element that is farthest beyond its bound, and how many are.
 * @throws TypeError for what is no tensor, RangeError for shapes that differ or a negative tolerance.
 *
 * @example
 * ```ts
 * import { attention, tensor } from "qkv/core";
 * import { errorCertificate, expectClose } from "qkv/testing";
 *
 * const x = tensor([[1, 0], [0, 1]]);
 * const wide = tensor([[1, 0], [0, 1]], { dtype: "float64" });
 * const bound = errorCertificate(x, x, x).output;
 * expectClose(attention(x, x, x), attention(wide, wide, wide), { bound });
 * ```
 */
export function expectClose(got: TensorLike, expected: TensorLike, options?: CloseOptions): void {
  checkArguments("expectClose", arguments.length, ["got", "expected", "options"]);
  const fn = "expectClose";
  const own = checkOptions(fn, options, ["rel", "abs", "bound"], closeHints);
  const { rel = 0, abs = 0, bound } = own;
  for (const [name, value] of Object.entries({ rel, abs })) {
    if (typeof value === "number" && value >= 0) continue;
    throw numberError(fn, `options.${name}`, "a number that is not negative", value);
  }
  const [a, b] = [read(got, fn, "got"), read(expected, fn, "expected")];
  const limit = bound === undefined ? undefined : read(bound, fn, "options.bound");
  for (const [name, tensor] of [
    ["got", a],
    ["options.bound", limit],
  ] as const) {
    if (tensor === undefined || sameShape(tensor.shape, b.shape)) continue;
    throw rangeError(
      fn,
      name,
      `the shape of expected, ${showShape(b.shape)}`,
      showShape(tensor.shape),
    );
  }
  let [worst, most, count] = [-1, 0, 0];
  const tolerance = (at: number): number =>
    rel * Math.abs(b.data[at]) + abs + (limit?.data[at] ?? 0);
  for (let at = 0; at < b.data.length; at++) {
    if (a.data[at] === b.data[at] || (Number.isNaN(a.data[at]) && Number.isNaN(b.data[at])))
      continue;
    const excess = Math.abs(a.data[at] - b.data[at]) / tolerance(at);
    if (Number.isFinite(b.data[at]) && excess <= 1) continue;
    count++;
    if (worst < 0 || !(excess <= most)) [worst, most] = [at, excess];
  }
  if (worst < 0) return;
  const place = indexOf(worst, b.shape)
    .map((i) => `[${i}]`)
    .join("");
  const more = count > 1 ? ` (${count} of ${b.data.length} elements are too far off)` : "";
  const allowed = Number(tolerance(worst).toPrecision(3));
  throw new Error(
    `element ${place || "0"} is ${a.data[worst]}, expected ${b.data[worst]} ± ${allowed}${more}`,
  );
}

/** Row-major, whatever the precision. */
function read(value: unknown, fn: string, argument: string): Tensor<FloatArray> {
  return copyContiguous<FloatArray>(readTensor(value, fn, argument, "float64"));
}

/** The index of an element by its position. */
function indexOf(position: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = position; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}
