import { describe, rangeError, showShape, typeError } from "./errors.js";

/** The number of elements of a shape; 1 for rank 0. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Row-major strides: the last axis is dense. */
export function contiguousStride(shape: readonly number[]): number[] {
  const stride = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    stride[axis] = step;
    step *= shape[axis];
  }
  return stride;
}

/** True when both shapes have the same axes. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The lowest and highest index of the data that a view touches; undefined if it has no elements. */
export function extentOf(view: {
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}): { first: number; last: number } | undefined {
  let first = view.offset;
  let last = view.offset;
  for (let axis = 0; axis < view.shape.length; axis++) {
    if (view.shape[axis] === 0) return undefined;
    const reach = (view.shape[axis] - 1) * view.stride[axis];
    if (reach < 0) first += reach;
    else last += reach;
  }
  return { first, last };
}

// A plain array of much more elements ends the process in V8, and cannot be caught.
const mostRows = 33554432; // 2²⁵

/** Offsets into `data` of every position of the given leading axes, in row-major order. */
export function offsetsOf(
  shape: readonly number[],
  stride: readonly number[],
  offset: number,
): number[] {
  if (shape.includes(0)) return [];
  if (sizeOf(shape) > mostRows) {
    throw rangeError("tensor", "shape", `at most ${mostRows} rows or matrices`, showShape(shape));
  }
  // Plain numbers: read from a Float64Array, they made V8 compute every index of the kernels in
  // float64, at half the speed (Node 20).
  let offsets = [offset];
  for (let axis = 0; axis < shape.length; axis++) {
    const next: number[] = [];
    for (const start of offsets) {
      for (let j = 0; j < shape[axis]; j++) next.push(start + j * stride[axis]);
    }
    offsets = next;
  }
  return offsets;
}

/** Throws unless `shape` is an array of non-negative integers. */
export function checkShape(
  fn: string,
  argument: string,
  shape: unknown,
  fix?: string,
): asserts shape is readonly number[] {
  if (Array.isArray(shape) && Array.from(shape).every((n) => Number.isSafeInteger(n) && n >= 0))
    return;
  throw typeError(fn, argument, "an array of non-negative integers", describe(shape), fix);
}
