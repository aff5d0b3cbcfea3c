import { canonicalizeNaN } from "./canonicalNaN.js";
import { describe, rangeError, showShape, tagOf, typeError } from "./errors.js";
import { flatten } from "./nested.js";
import { checkShape, contiguousStride, extentOf, offsetsOf, sizeOf } from "./shape.js";
import type { DType, FloatArray, Tensor } from "./types.js";

const dtypes: Record<string, DType | "bool"> = {
  Float32Array: "float32",
  Float64Array: "float64",
  Uint8Array: "bool",
};

/** The element type of an array; undefined for any other value. */
function elementType(data: unknown): DType | "bool" | undefined {
  // The name works across realms, but takes 150 ns to make.
  if (!ArrayBuffer.isView(data)) return undefined;
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return dtypes[tagOf(data)];
}

/** The element type of a view, or undefined for nested values and anything that is no view. */
export function dtypeOf(value: unknown): DType | "bool" | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return elementType((value as { data?: unknown }).data);
}

/**
 * Reads any tensor-like argument into a checked view of floats. Views keep their memory; nested
 * numbers are copied in `dtype`, which comes from the other inputs of the call.
 */
export function readTensor<A extends FloatArray>(
  value: unknown,
  fn: string,
  argument: string,
  dtype: DType = "float32",
): Tensor<A> {
  if (typeof value === "number" || Array.isArray(value)) {
    const { shape, values } = flatten(value, "number", fn, argument);
    return freshTensor(toFloats(values, dtype), shape) as Tensor<A>;
  }
  const view = readView(value, fn, argument);
  if (view.dtype === "bool") {
    throw typeError(
      fn,
      argument,
      "numbers",
      `booleans, ${describe(value)}`,
      "booleans belong in `allow` or `block`",
    );
  }
  return view as Tensor<A>;
}

/** Reads nested booleans or a view of zeros and ones. Every element of a view is checked. */
export function readBooleans(value: unknown, fn: string, argument: string): Tensor<Uint8Array> {
  if (typeof value === "boolean" || Array.isArray(value)) {
    const { shape, values } = flatten(value, "boolean", fn, argument);
    return freshTensor(Uint8Array.from(values as boolean[], Number), shape);
  }
  const kind = dtypeOf(value);
  if (kind === "float32" || kind === "float64") {
    throw typeError(
      fn,
      argument,
      "booleans",
      `numbers, ${describe(value)}`,
      "write true and false, or a Uint8Array view of 1 and 0; numbers that are added to the scores go into `bias`",
    );
  }
  const view = readView(value, fn, argument) as Tensor<Uint8Array>;
  checkBits(view, fn, argument);
  return view;
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

/** Copies numbers into the array of a precision. */
export function toFloats(values: ArrayLike<number>, dtype: DType): FloatArray {
  const data = dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values);
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

function readView(value: unknown, fn: string, argument: string): Tensor {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) {
    throw typeError(
      fn,
      argument,
      "a tensor (a view { data, shape, stride, offset } or nested arrays)",
      describe(value),
      ArrayBuffer.isView(value) ? "give it a shape: tensor(data, { shape: [...] })" : undefined,
    );
  }
  const { data, shape, stride, offset } = value as Record<string, unknown>;
  const dtype = elementType(data);
  if (dtype === undefined) {
    throw typeError(
      fn,
      argument,
      "a view whose data is a Float32Array, Float64Array or (booleans) Uint8Array",
      data === undefined ? `${describe(value)} without data` : `${describe(data)} as data`,
      data === undefined ? undefined : "copy the numbers, for instance Float32Array.from(data)",
    );
  }
  checkShape(fn, `${argument}.shape`, shape);
  if (
    !Array.isArray(stride) ||
    stride.length !== (shape as number[]).length ||
    !stride.every(Number.isSafeInteger)
  ) {
    throw typeError(
      fn,
      `${argument}.stride`,
      `one integer for each axis of ${showShape(shape as number[])}`,
      describe(stride),
    );
  }
  if (!Number.isSafeInteger(offset) || (offset as number) < 0) {
    throw typeError(fn, `${argument}.offset`, "a non-negative integer", describe(offset));
  }
  const view = { data, shape, stride, offset, dtype } as unknown as Tensor;
  checkSize(fn, argument, view.shape);
  const extent = extentOf(view);
  if (extent && !(extent.first >= 0 && extent.last < view.data.length)) {
    throw rangeError(
      fn,
      argument,
      `a view inside its data of ${view.data.length} elements`,
      `shape ${showShape(view.shape)}, stride ${showShape(stride)}, offset ${offset as number}, which reaches elements ${extent.first} to ${extent.last}`,
    );
  }
  return view;
}

// Only a repeated axis or an empty one can go beyond what a typed array holds.
const mostElements = 8589934592; // 2³³

function checkSize(fn: string, argument: string, shape: readonly number[]): void {
  if (sizeOf(shape.filter((length) => length > 0)) <= mostElements) return;
  throw rangeError(fn, argument, `a shape of at most ${mostElements} elements`, showShape(shape));
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
