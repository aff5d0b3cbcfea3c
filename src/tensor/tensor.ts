import { checkArguments } from "./checkArguments.js";
import { elementType } from "./elementType.js";
import { describe, rangeError, showShape, tagOf, typeError } from "./errors.js";
import { flatten } from "./nested.js";
import { checkOptions } from "./options.js";
import { freshTensor, readBooleans, toFloats } from "./readTensor.js";
import { dataError, readView } from "./readView.js";
import { bytesFix } from "./rowMajor.js";
import { checkShape, sizeOf } from "./shape.js";
import type {
  DType,
  FloatArray,
  FloatArrayOf,
  NestedBooleans,
  NestedNumbers,
  Tensor,
} from "./types.js";

/** Options of {@link tensor}. */
export interface TensorOptions<T extends DType | "bool" = DType | "bool"> {
  /** The lengths of the axes. Default: one axis for a typed array, the nesting for nested numbers. */
  shape?: readonly number[] | undefined;
  /** The element type. Default: that of a typed array; `"float32"` for numbers. */
  dtype?: T | undefined;
}

/** As `Hints`. */
export const tensorHints = {
  "write `shape`": "dims size",
  "write `dtype`": "type data_type",
  "data is row-major here; a view { data, shape, stride, offset } is a tensor as it is":
    "stride strides offset",
  "leave it out: there are no devices": "device",
};

/**
 * Makes a tensor: typed arrays are wrapped without a copy, nested numbers and booleans are copied.
 *
 * @param data - a Float32Array, Float64Array or (zeros and ones) Uint8Array in row-major order, or
 *   nested numbers or booleans. Of a Float16Array `fromFloat16` makes a Float32Array.
 * @param options - `shape` and `dtype`.
 * @returns a row-major tensor of that shape.
 * @throws TypeError for other data, ragged nesting aside, or a `dtype` that is not that of the data.
 * @throws RangeError for ragged nesting, a number beyond the range of float32, or a shape whose size is not that of the
 *   data.
 *
 * @example
 * ```ts
 * import { tensor, toNested } from "qkv";
 *
 * const query = tensor(new Float32Array([1, 2, 3, 4]), { shape: [2, 2] });
 * console.log(toNested(query));
 * // → [ [ 1, 2 ], [ 3, 4 ] ]
 * console.log(tensor([[1], [2]], { dtype: "float64" }).shape);
 * // → [ 2, 1 ]
 * ```
 */
export function tensor<A extends FloatArray | Uint8Array>(
  data: A,
  options?: TensorOptions,
): Tensor<A>;
export function tensor<T extends DType = "float32">(
  data: NestedNumbers,
  options?: TensorOptions<T>,
): Tensor<FloatArrayOf<T>>;
export function tensor(data: NestedBooleans, options?: TensorOptions<"bool">): Tensor<Uint8Array>;
export function tensor(data: unknown, options?: TensorOptions): Tensor {
  checkArguments("tensor", arguments.length, ["data", "options"]);
  const { shape, dtype } = checkOptions("tensor", options, ["shape", "dtype"], tensorHints);
  if (dtype !== undefined && dtype !== "float32" && dtype !== "float64" && dtype !== "bool") {
    throw typeError("tensor", "options.dtype", `"float32", "float64" or "bool"`, describe(dtype));
  }
  if (shape !== undefined) checkShape("tensor", "options.shape", shape);
  if (isTyped(data)) return wrapped(data, dtype, shape);
  const flat = flatTensor(data, dtype);
  if (shape === undefined) return flat;
  checkCount(flat.data, shape);
  return freshTensor(flat.data, [...shape]);
}

/** Throws unless the shape has as many elements as the data. */
function checkCount(data: FloatArray | Uint8Array, shape: readonly number[]): void {
  const size = sizeOf(shape);
  if (size === data.length) return;
  throw rangeError(
    "tensor",
    "options.shape",
    `a shape of ${data.length} elements, as many as the data has`,
    `${showShape(shape)}, ${size} elements`,
    bytesFix(data, size),
  );
}

function isTyped(data: unknown): data is FloatArray | Uint8Array {
  return ArrayBuffer.isView(data);
}

/** A typed array with its shape, not copied. */
function wrapped(
  data: FloatArray | Uint8Array,
  dtype: DType | "bool" | undefined,
  shape: readonly number[] = [data.length],
): Tensor {
  const own = elementType(data);
  if (own === undefined) throw dataError("tensor", "data", data, false);
  checkCount(data, shape);
  const tensor = freshTensor(data, [...shape]);
  if (own === "bool") readBooleans(tensor, "tensor", "data");
  if (dtype === undefined || dtype === own) return tensor;
  throw typeError(
    "tensor",
    "options.dtype",
    `"${own}", the type of the data, which is wrapped and not converted`,
    `"${dtype}"`,
    dtype === "bool" ? undefined : `${arrayName(dtype)}.from(data) converts`,
  );
}

function flatTensor(data: unknown, dtype: DType | "bool" | undefined): Tensor {
  if (typeof data === "object" && data !== null && !Array.isArray(data)) throw viewError(data);
  const leaf = firstLeaf(data);
  if (dtype === "bool" || (dtype === undefined && typeof leaf === "boolean")) {
    return readBooleans(data, "tensor", "data");
  }
  if (typeof data !== "number" && !Array.isArray(data)) {
    throw typeError("tensor", "data", wanted, describe(data));
  }
  const { shape, values } = flatten(data, "number", "tensor", "data");
  return freshTensor(toFloats({ shape, values }, dtype ?? "float32", "tensor", "data"), shape);
}

const wanted = "a Float32Array, Float64Array, Uint8Array or nested numbers or booleans";

/** Objects are tensors already, or no data yet. */
function viewError(data: object): TypeError {
  if (/Buffer$/.test(tagOf(data))) return dataError("tensor", "data", data, false);
  readView(data, "tensor", "data", wanted);
  const fix = "every function takes it as it is";
  return typeError("tensor", "data", "data without a shape", `a tensor, ${describe(data)}`, fix);
}

function firstLeaf(data: unknown): unknown {
  let leaf = data;
  // An array that contains itself has no leaf; reading it refuses it.
  for (let depth = 0; Array.isArray(leaf) && depth < 32; depth++) leaf = leaf[0];
  return leaf;
}

function arrayName(dtype: DType): string {
  return dtype === "float32" ? "Float32Array" : "Float64Array";
}
