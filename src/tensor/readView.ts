import { conversionFix, elementType, isList } from "./elementType.js";
import { describe, rangeError, showShape, tagOf, typeError } from "./errors.js";
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
  checkShape(fn, `${argument}.shape`, lengths);
  checkSize(fn, argument, lengths);
  if (offset !== undefined && (!Number.isSafeInteger(offset) || (offset as number) < 0)) {
    throw typeError(fn, `${argument}.offset`, "a non-negative integer", describe(offset));
  }
  // Tensors of transformers.js have a method of this name.
  const isRowMajor = stride === undefined || typeof stride === "function";
  const steps = isRowMajor ? contiguousStride(lengths) : plainList(stride);
  if (isRowMajor) checkRowMajor(value, data, lengths, offset !== undefined, fn, argument);
  else if (!isStride(steps, lengths)) {
    const expected = `one integer for each axis of ${showShape(lengths)}`;
    throw typeError(fn, `${argument}.stride`, expected, describe(stride));
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

/** Without strides nothing may be left over: a wrong shape would read other elements than were meant. */
function checkRowMajor(
  value: object,
  data: ArrayLike<unknown>,
  shape: readonly number[],
  isPart: boolean,
  fn: string,
  argument: string,
): void {
  if ("strides" in value && value.strides !== undefined) {
    const fix = "write stride: in elements, where NumPy counts bytes";
    throw typeError(fn, `${argument}.stride`, "the step of each axis", "`strides`", fix);
  }
  const size = sizeOf(shape);
  if (isPart || size === data.length) return;
  throw rangeError(
    fn,
    argument,
    `as many elements as its shape ${showShape(shape)} says, ${size}`,
    `${tagOf(data)} of ${data.length}`,
    bytesFix(data, size),
  );
}

/** How bytes are read, where there are two, four or eight for each number. */
export function bytesFix(data: ArrayLike<unknown>, size: number): string | undefined {
  const each = data.length / size;
  if (tagOf(data) !== "Uint8Array" || ![2, 4, 8].includes(each)) return undefined;
  // A copy, because bytes in a file may begin anywhere, and a Buffer shares its memory with others.
  const bytes = "Uint8Array.from(data).buffer";
  return each === 2
    ? `if it holds the bytes of float16: fromFloat16(new Uint16Array(${bytes})); fromBfloat16 for bfloat16`
    : `if it holds the bytes of float${8 * each}: new Float${8 * each}Array(${bytes})`;
}

// Only a repeated axis or an empty one can go beyond what a typed array holds.
const mostElements = 8589934592; // 2³³

function checkSize(fn: string, argument: string, shape: readonly number[]): void {
  if (sizeOf(shape.filter((length) => length > 0)) <= mostElements) return;
  throw rangeError(fn, argument, `a shape of at most ${mostElements} elements`, showShape(shape));
}

/** What has no data, or none yet. */
function withoutData(value: object, fn: string, argument: string, wanted: string): TypeError {
  const { data, then, dataSync } = value as Record<string, unknown>;
  if (typeof then === "function") return typeError(fn, argument, wanted, "a promise", "await it");
  if (typeof data === "function") {
    // As tensors of TensorFlow.js have it.
    const read = typeof dataSync === "function" ? "x.dataSync()" : "await x.data()";
    const fix = `tensor(${read}, { shape: x.shape })`;
    return typeError(fn, argument, wanted, "an object whose data is a function", fix);
  }
  if (data === undefined) return typeError(fn, argument, wanted, `${describe(value)} without data`);
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
  return elementType(value) === undefined
    ? conversionFix(value)
    : "give it a shape: tensor(data, { shape: [...] })";
}
