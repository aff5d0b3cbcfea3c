import {
  copyInto,
  extentOf,
  freshTensor,
  rangeError,
  showShape,
  sizeOf,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";

type Constructor = {
  new (memory: SharedArrayBuffer): FloatArray | Uint8Array;
  readonly BYTES_PER_ELEMENT: number;
};
const arrays: Record<Tensor["dtype"], Constructor> = {
  float32: Float32Array,
  float64: Float64Array,
  bool: Uint8Array,
};

/** A zero-filled array in shared memory. */
export function allocateShared<D extends FloatArray | Uint8Array>(
  fn: string,
  argument: string,
  shape: readonly number[],
  dtype: Tensor["dtype"],
): D {
  const TypedArray = arrays[dtype];
  const size = sizeOf(shape);
  try {
    return new TypedArray(new SharedArrayBuffer(size * TypedArray.BYTES_PER_ELEMENT)) as D;
  } catch {
    throw rangeError(
      fn,
      argument,
      "a tensor that fits in shared memory",
      `${dtype} ${showShape(shape)}, ${size} elements`,
    );
  }
}

/** The same tensor in shared memory: itself if it is there, otherwise a copy. */
export function share<D extends FloatArray | Uint8Array>(
  fn: string,
  argument: string,
  view: Tensor<D>,
): Tensor<D> {
  const { data, shape, stride, dtype } = view;
  if (isShared(data.buffer)) return { data, shape, stride, offset: view.offset, dtype };
  const extent = extentOf(view);
  if (extent === undefined) {
    return freshTensor(allocateShared<D>(fn, argument, shape, dtype), shape);
  }
  const { first, last } = extent;
  const length = last - first + 1;
  // Memory that a view mostly uses is copied as it lies; a broadcast axis stays one copy.
  if (length <= 2 * sizeOf(shape)) {
    const copy = allocateShared<D>(fn, argument, [length], dtype);
    copy.set(data.subarray(first, last + 1));
    return { data: copy, shape, stride, offset: view.offset - first, dtype };
  }
  const copy = allocateShared<D>(fn, argument, shape, dtype);
  copyInto(view, copy);
  return freshTensor(copy, shape);
}

function isShared(buffer: ArrayBufferLike): boolean {
  // By name, which works across realms.
  return Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]";
}

/** A row-major tensor outside shared memory. */
export function unshare<D extends FloatArray>(data: D, shape: readonly number[]): Tensor<D> {
  const copy = new (data.constructor as new (size: number) => D)(data.length);
  copy.set(data);
  return freshTensor(copy, [...shape]);
}
