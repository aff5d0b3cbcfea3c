import type { FloatArray, TensorView } from "../../src/tensor/types.js";

export type DType = "float32" | "float64";
export type AnyArray = FloatArray | Uint8Array;

/** A row-major tensor of the tests: any of the three element types, and nothing but data and shape. */
export interface Dense<D extends AnyArray = AnyArray> {
  readonly data: D;
  readonly shape: readonly number[];
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, n) => a * n, 1);

export function rowMajor(shape: readonly number[]): number[] {
  const stride: number[] = [];
  for (let axis = shape.length - 1, step = 1; axis >= 0; step *= shape[axis--]) stride[axis] = step;
  return stride;
}

/** Row-major data as the view that the library takes. */
export function viewOf<D extends AnyArray>({ data, shape }: Dense<D>): TensorView<D> {
  return { data, shape: [...shape], stride: rowMajor(shape), offset: 0 };
}

export function newArray<D extends AnyArray>(like: D, size: number): D {
  return new (like.constructor as new (size: number) => D)(size);
}

/** The elements of any view, row-major. */
export function denseOf<D extends AnyArray>(view: TensorView<D>): Dense<D> {
  const data = newArray(view.data, sizeOf(view.shape));
  let to = 0;
  const walk = (axis: number, offset: number): void => {
    if (axis === view.shape.length) data[to++] = view.data[offset];
    else for (let i = 0; i < view.shape[axis]; i++) walk(axis + 1, offset + i * view.stride[axis]);
  };
  walk(0, view.offset);
  return { data, shape: [...view.shape] };
}

/** Copies along one axis: entry `n` of the result is entry `indices[n]`; −1 asks for `fill(n)`. */
export function takeAxis<D extends AnyArray>(
  tensor: Dense<D>,
  axis: number,
  indices: readonly number[],
  fill: (position: number) => number = () => 0,
): Dense<D> {
  const at = axis < 0 ? axis + tensor.shape.length : axis;
  const outer = sizeOf(tensor.shape.slice(0, at));
  const inner = sizeOf(tensor.shape.slice(at + 1));
  const length = tensor.shape[at];
  const data = newArray(tensor.data, outer * indices.length * inner);
  for (let o = 0, to = 0; o < outer; o++) {
    for (const index of indices) {
      for (let i = 0; i < inner; i++, to++) {
        data[to] = index < 0 ? fill(to) : tensor.data[(o * length + index) * inner + i];
      }
    }
  }
  return { data, shape: tensor.shape.map((n, i) => (i === at ? indices.length : n)) };
}

export function reshape<D extends AnyArray>(tensor: Dense<D>, shape: readonly number[]): Dense<D> {
  return { data: tensor.data, shape: [...shape] };
}

/** Joins two tensors along one axis. */
export function concat<D extends AnyArray>(a: Dense<D>, b: Dense<D>, axis: number): Dense<D> {
  const at = axis < 0 ? axis + a.shape.length : axis;
  const shape = a.shape.map((n, i) => (i === at ? n + b.shape[i] : n));
  const data = newArray(a.data, sizeOf(shape));
  const pieceA = sizeOf(a.shape.slice(at));
  const pieceB = sizeOf(b.shape.slice(at));
  const outer = sizeOf(shape.slice(0, at));
  for (let o = 0, to = 0; o < outer; o++) {
    for (let i = 0; i < pieceA; i++) data[to++] = a.data[o * pieceA + i];
    for (let i = 0; i < pieceB; i++) data[to++] = b.data[o * pieceB + i];
  }
  return { data, shape };
}

/** Swaps two axes, as a copy. */
export function swapAxes<D extends AnyArray>(tensor: Dense<D>, a: number, b: number): Dense<D> {
  const swap = (list: readonly number[]): number[] =>
    list.map((n, i) => (i === a ? list[b] : i === b ? list[a] : n));
  const stride = swap(rowMajor(tensor.shape));
  return denseOf({ data: tensor.data, shape: swap(tensor.shape), stride, offset: 0 });
}
