import { canonicalizeNaN } from "./canonicalNaN.js";
import { elementType } from "./elementType.js";
import { describe, rangeError, showShape, typeError } from "./errors.js";
import { flatten } from "./nested.js";
import { contiguousStride, offsetsOf, sizeOf } from "./shape.js";
import { dataError, readView } from "./readView.js";
import type { DType, FloatArray, Tensor } from "./types.js";

/** The element type of a view, or undefined for nested values and anything that is no view. */
export function dtypeOf(value: unknown): DType | "bool" | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return elementType((value as { data?: unknown }).data);
}

const anyTensor = "a tensor (a view { data, shape, stride, offset } or nested arrays)";

/**
 * Reads any tensor-like argument into a checked view of floats. Views keep their memory; plain numbers
 * are copied in `dtype`, which comes from the other inputs of the call.
 */
export function readTensor<A extends FloatArray>(
  value: unknown,
  fn: string,
  argument: string,
  dtype: DType = "float32",
): Tensor<A> {
  if (typeof value === "number" || Array.isArray(value)) {
    const { shape, values } = flatten(value, "number", fn, argument);
    return freshTensor(toFloats({ shape, values }, dtype, fn, argument), shape) as Tensor<A>;
  }
  const view = readView(value, fn, argument, anyTensor);
  if (view.dtype === "float32" || view.dtype === "float64") return view as unknown as Tensor<A>;
  if (view.dtype === "bool") {
    throw typeError(
      fn,
      argument,
      "numbers",
      `booleans, ${describe(value)}`,
      "booleans belong in `allow` or `block`",
    );
  }
  if (!Array.isArray(view.data)) throw dataError(fn, `${argument}.data`, view.data);
  const flat = flatList(view.data, "number", fn, argument);
  return { ...view, data: toFloats(flat, dtype, fn, `${argument}.data`), dtype } as Tensor<A>;
}

/** Reads numbers of any type: floats keep their memory, all others are copied to float64. */
export function readNumbers(value: unknown, fn: string, argument: string): Tensor<FloatArray> {
  if (typeof value === "number" || Array.isArray(value)) {
    return readTensor(value, fn, argument, "float64");
  }
  const view = readView(value, fn, argument, anyTensor);
  if (view.dtype === "float32" || view.dtype === "float64") {
    return view as unknown as Tensor<FloatArray>;
  }
  const data = Float64Array.from(offsetsOf(view.shape, view.stride, view.offset), (at) => {
    const x = view.data[at];
    if (typeof x === "number" || (typeof x === "bigint" && Number.isSafeInteger(Number(x)))) {
      return Number(x);
    }
    const path = `${argument}.data[${at}]`;
    if (typeof x !== "bigint") throw typeError(fn, path, "a number", describe(x));
    throw rangeError(fn, path, "an integer from -(2^53 - 1) to 2^53 - 1", describe(x));
  });
  return freshTensor(data, view.shape);
}

/** Reads nested booleans or a view of zeros and ones. Every element of a view is checked. */
export function readBooleans(
  value: unknown,
  fn: string,
  argument: string,
  wanted = "booleans (nested, or a view whose data is a Uint8Array of zeros and ones)",
): Tensor<Uint8Array> {
  if (typeof value === "boolean" || Array.isArray(value)) {
    const { shape, values } = flatten(value, "boolean", fn, argument);
    return freshTensor(Uint8Array.from(values as boolean[], Number), shape);
  }
  const fix = ArrayBuffer.isView(value) ? bitsFix(value) : undefined;
  const view = readView(value, fn, argument, wanted, fix);
  if (view.dtype === "float32" || view.dtype === "float64") {
    throw typeError(
      fn,
      argument,
      "booleans",
      `numbers, ${describe(value)}`,
      "write true and false, or a Uint8Array view of 1 and 0; numbers that are added to the scores go into `bias`",
    );
  }
  if (Array.isArray(view.data)) {
    const { values } = flatList(view.data, "boolean", fn, argument);
    return { ...view, data: Uint8Array.from(values as boolean[], Number), dtype: "bool" };
  }
  if (view.dtype === undefined) {
    const got = `integers, ${describe(value)}`;
    throw typeError(fn, argument, "booleans", got, bitsFix(view.data));
  }
  checkBits(view as Tensor<Uint8Array>, fn, argument);
  return view as Tensor<Uint8Array>;
}

/** How an array becomes a tensor of booleans. */
function bitsFix(data: unknown): string {
  return elementType(data) === "bool"
    ? "give it a shape: tensor(data, { shape: [...] })"
    : "if it holds 1 for true and 0 for false: tensor(Uint8Array.from(data, Number), { shape: [...] })";
}

/** The elements of a view whose data is a plain array. */
function flatList(
  list: readonly unknown[],
  leaf: "number" | "boolean",
  fn: string,
  argument: string,
): ReturnType<typeof flatten> {
  const flat = flatten(list, leaf, fn, `${argument}.data`);
  if (flat.shape.length === 1) return flat;
  throw typeError(fn, `${argument}.data`, `one list of ${leaf}s`, describe(list));
}

/** The precision that the typed inputs of a call agree on; float32 if all of them are nested numbers. */
export function commonDType(fn: string, inputs: Record<string, unknown>): DType {
  let first: string | undefined;
  let dtype: DType | undefined;
  for (const name of Object.keys(inputs)) {
    const found = dtypeOf(inputs[name]);
    if (found === undefined || found === "bool") continue;
    if (dtype === undefined) {
      first = name;
      dtype = found;
    } else if (dtype !== found) {
      throw typeError(
        fn,
        name,
        `${dtype}, the precision of ${first}`,
        `${found} (${describe(inputs[name])})`,
        name === "options.out"
          ? `write zeros(shape, { dtype: "${dtype}" })`
          : `convert one of them, for instance ${dtype === "float32" ? "Float32Array" : "Float64Array"}.from(data)`,
      );
    }
  }
  return dtype ?? "float32";
}

/** A tensor over data that qkv has just made, in row-major order. */
export function freshTensor<A extends FloatArray | Uint8Array>(
  data: A,
  shape: readonly number[],
): Tensor<A> {
  const dtype = elementType(data)!;
  return { data, shape, stride: contiguousStride(shape), offset: 0, dtype };
}

/** Copies plain numbers into the array of a precision, which has to hold them. */
export function toFloats(
  { values, shape }: { values: readonly number[]; shape: readonly number[] },
  dtype: DType,
  fn: string,
  argument: string,
): FloatArray {
  const data = dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values);
  const over = data.findIndex((x, i) => Math.abs(x) === Infinity && Math.abs(values[i]) < Infinity);
  if (over >= 0) {
    const path = contiguousStride(shape).map(
      (step, axis) => `[${Math.floor(over / step) % shape[axis]}]`,
    );
    throw rangeError(
      fn,
      argument + path.join(""),
      "a number of float32, up to 3.4028235e+38",
      describe(values[over]),
      fn === "tensor"
        ? 'write dtype: "float64"'
        : 'write tensor(numbers, { dtype: "float64" }), and so for the other tensors of the call',
    );
  }
  canonicalizeNaN(data);
  return data;
}

/** A zero-filled array of a precision; too many elements are a RangeError that names the shape. */
export function allocate(
  fn: string,
  argument: string,
  shape: readonly number[],
  dtype: DType,
): FloatArray {
  const size = sizeOf(shape);
  try {
    return dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
  } catch {
    throw rangeError(
      fn,
      argument,
      "a result that fits in memory",
      `${dtype} ${showShape(shape)}, ${size} elements`,
    );
  }
}

function checkBits(view: Tensor<Uint8Array>, fn: string, argument: string): void {
  // A broadcast axis holds the same elements again: one look is enough.
  const shape = view.shape.map((n, axis) => (view.stride[axis] === 0 ? Math.min(1, n) : n));
  const length = shape.pop() ?? 1;
  const step = view.stride[shape.length] ?? 0;
  for (const start of offsetsOf(shape, view.stride, view.offset)) {
    for (let i = 0, at = start; i < length; i++, at += step) {
      if (view.data[at] <= 1) continue;
      throw typeError(
        fn,
        argument,
        "zeros and ones",
        `the value ${view.data[at]}`,
        "write what is true as 1, the rest as 0",
      );
    }
  }
}
