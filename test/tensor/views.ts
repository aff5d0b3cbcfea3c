import type { FloatArray, TensorView } from "../../src/tensor/types.js";

/** Every kind of view over the same elements, which must be read alike. */
export function viewsOf<A extends FloatArray | Uint8Array>(
  data: A,
  shape: readonly number[],
): Record<string, TensorView<A>> {
  const make = (size: number): A =>
    new (data.constructor as new (size: number) => A)(size).fill(1) as A;
  const rank = shape.length;
  const contiguous: number[] = [];
  for (let axis = rank - 1, step = 1; axis >= 0; step *= shape[axis--]) contiguous[axis] = step;
  const place = (size: number, stride: number[], offset: number): TensorView<A> => {
    const spread = make(size);
    const walk = (axis: number, from: number, to: number): void => {
      if (axis === rank) spread[to] = data[from];
      else
        for (let i = 0; i < shape[axis]; i++) {
          walk(axis + 1, from + i * contiguous[axis], to + i * stride[axis]);
        }
    };
    walk(0, 0, offset);
    return { data: spread, shape: [...shape], stride, offset };
  };
  const columns: number[] = [];
  for (let axis = 0, step = 1; axis < rank; step *= shape[axis++]) columns[axis] = step;
  const reversed = contiguous.map((step) => -step);
  return {
    contiguous: { data, shape: [...shape], stride: contiguous, offset: 0 },
    transposed: place(data.length, columns, 0),
    reversed: place(data.length, reversed, data.length - 1),
    sliced: place(
      3 * data.length + 7,
      contiguous.map((step) => 3 * step),
      5,
    ),
  };
}
