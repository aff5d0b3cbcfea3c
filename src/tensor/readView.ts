import { conversionFix, elementType, isList } from "./elementType.js";
import { describe, rangeError, showShape, tagOf, typeError } from "./errors.js";
import { checkRowMajor } from "./rowMajor.js";
import { checkShape, contiguousStride, extentOf, sizeOf } from "./shape.js";
import type { DType } from "./types.js";

/** A view whose elements are inside its data, whatever they are. */
export interface AnyView {
  readonly data: ArrayLike<unknown>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  /** The element type; undefined for what has to be converted. */
  readonly dtype: DType | "bool" | undefined;
}

const giveShape = "give it a shape: tensor(data, { shape: [...] })";

/**
 * Reads where the elements of any tensor are: a view, an NdArray, or what has a shape (or `dims`, as onnxruntime
 * and transformers.js call it) and no strides, which is row-major.
 */
export function readView(
  value: unknown,
  fn: string,
  argument: string,
  wanted: string,
  bareFix = shapeFix(value),
): AnyView {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) {
    throw typeError(fn, argument, wanted, describe(value), bareFix);
  }
  const given = value as Record<string, unknown>;
  const { data, shape, stride, offset } = given;
  if (!isList(data)) throw withoutData(value, fn, argument, wanted);
  const lengths = plainList(shape === undefined ? given.dims : shape);
  checkShape(fn, `${argument}.shape`, lengths, lengths === undefined ? giveShape : undefined);
  checkSize(fn, argument, lengths);
  if (offset !== undefined && (!Number.isSafeInteger(offset) || (offset as number) < 0)) {
    throw typeError(fn, `${argument}.offset`, "a non-negative integer", describe(offset));
  }
  // Tensors of transformers.js have a method of this name.
  const isRowMajor = stride === undefined || typeof stride === "function";
  const steps = isRowMajor ? contiguousStride(lengths) : plainList(stride);
  if (isRowMajor) checkRowMajor(value, data, lengths, fn, argument);
  else if (!isStride(steps, lengths)) {
    const expected = `one integer for each axis of ${showShape(lengths)}`;
    const fix = "row-major data needs none: tensor(data, { shape })";
    throw typeError(fn, `${argument}.stride`, expected, describe(stride), fix);
  }
  const view: AnyView = {
    data,
    shape: lengths,
    stride: steps as number[],
    offset: (offset ?? 0) as number,
    dtype: elementType(data),
  };
  checkExtent(view, fn, argument);
  return view;
}

function isStride(steps: unknown, shape: readonly number[]): boolean {
  return Array.isArray(steps) && steps.length === shape.length && steps.every(Number.isSafeInteger);
}

function plainList(list: unknown): unknown {
  return ArrayBuffer.isView(list) ? Array.from(list as unknown as ArrayLike<unknown>) : list;
}

function checkExtent(view: AnyView, fn: string, argument: string): void {
  const extent = extentOf(view);
  const { length } = view.data;
  if (extent === undefined || (extent.first >= 0 && extent.last < length)) return;
  throw rangeError(
    fn,
    argument,
    `a view inside its data of ${length} elements`,
    `shape ${showShape(view.shape)}, stride ${showShape(view.stride)}, offset ${view.offset}, which reaches elements ${extent.first} to ${extent.last}`,
  );
}

// Only a repeated axis or an empty one can go beyond what a typed array holds.
const mostElements = 8589934592; // 2³³

function checkSize(fn: string, argument: string, shape: readonly number[]): void {
  if (sizeOf(shape.filter((length) => length > 0)) <= mostElements) return;
  throw rangeError(fn, argument, `a shape of at most ${mostElements} elements`, showShape(shape));
}

/** What has no data, or none yet. */
function withoutData(value: object, fn: string, argument: string, wanted: string): TypeError {
  const { data, dtype, then, dataSync } = value as Record<string, unknown>;
  if (typeof then === "function") return typeError(fn, argument, wanted, "a promise", "await it");
  if (typeof data === "function") {
    // As tensors of TensorFlow.js have it.
    const read = typeof dataSync === "function" ? "x.dataSync()" : "await x.data()";
    const fix = `tensor(${read}, { shape: x.shape })`;
    return typeError(fn, argument, wanted, "an object whose data is a function", fix);
  }
  if (data === undefined) return typeError(fn, argument, wanted, `${describe(value)} without data`);
  if (tagOf(data) === "Object" && dtype !== "bool" && 0 in (data as object)) {
    // JSON.stringify writes a typed array as an object of its indices.
    const kind = dtype === "float64" ? "Float64Array" : "Float32Array";
    const fix = `write toNested(x) to JSON; a file that is there reads as { ...x, data: ${kind}.from(Object.values(x.data)) }`;
    return typeError(fn, `${argument}.data`, "a typed array", "an object, as JSON has one", fix);
  }
  return dataError(fn, `${argument}.data`, data);
}

/** Data that cannot be taken as it is, in a view or by itself. */
export function dataError(fn: string, argument: string, data: unknown, inView = true): TypeError {
  const expected = "a Float32Array, Float64Array or (booleans) Uint8Array";
  return typeError(fn, argument, expected, describe(data), conversionFix(data, inView));
}

/** What a typed array by itself lacks. */
function shapeFix(value: unknown): string | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  return elementType(value) === undefined ? conversionFix(value) : giveShape;
}
