import {
  allocate,
  copyInto,
  extentOf,
  freshTensor,
  isShared,
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
export function allocateShared<A extends FloatArray | Uint8Array>(
  fn: string,
  argument: string,
  shape: readonly number[],
  dtype: Tensor["dtype"],
  expected = "a result that fits in memory",
): A {
  const TypedArray = arrays[dtype];
  const size = sizeOf(shape);
  try {
    return new TypedArray(new SharedArrayBuffer(size * TypedArray.BYTES_PER_ELEMENT)) as A;
  } catch {
    throw rangeError(fn, argument, expected, `${dtype} ${showShape(shape)}, ${size} elements`);
  }
}

/** The same tensor in shared memory: itself if it is there, otherwise a copy. */
export function share<A extends FloatArray | Uint8Array>(
  fn: string,
  argument: string,
  view: Tensor<A>,
): Tensor<A> {
  const { data, shape, stride, offset, dtype } = view;
  if (isShared(data.buffer)) return { data, shape, stride, offset, dtype };
  const empty = (axes: readonly number[]): A =>
    allocateShared(fn, argument, axes, dtype, "a copy that fits in shared memory");
  const extent = extentOf(view);
  const length = extent ? extent.last - extent.first + 1 : Infinity;
  // Memory that a view mostly uses is copied as it lies; a broadcast axis stays one copy.
  if (extent && length <= 2 * sizeOf(shape)) {
    const copy = empty([length]);
    copy.set(data.subarray(extent.first, extent.last + 1));
    return { data: copy, shape, stride, offset: offset - extent.first, dtype };
  }
  const copy = empty(shape);
  copyInto(view, copy);
  return freshTensor(copy, shape);
}

/** A row-major tensor outside shared memory. */
export function unshare<A extends FloatArray>(
  fn: string,
  argument: string,
  data: A,
  shape: readonly number[],
): Tensor<A> {
  const dtype = data.BYTES_PER_ELEMENT === 4 ? "float32" : "float64";
  const copy = allocate(fn, argument, shape, dtype) as A;
  copy.set(data);
  return freshTensor(copy, [...shape]);
}
