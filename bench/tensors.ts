import type { FloatArray, Tensor } from "qkv/core";

export type Precision = "float32" | "float64";

/** A row-major tensor of seeded normal numbers. */
export function randomTensor(
  shape: readonly number[],
  dtype: Precision,
  normal: () => number,
): Tensor<FloatArray> {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = normal();
  const stride = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, n) => product * n, 1),
  );
  return { data, shape, stride, offset: 0, dtype };
}

/** The same memory with the last two axes exchanged. */
export function transposed(tensor: Tensor<FloatArray>): Tensor<FloatArray> {
  const exchange = (list: readonly number[]) => [
    ...list.slice(0, -2),
    list[list.length - 1],
    list[list.length - 2],
  ];
  return { ...tensor, shape: exchange(tensor.shape), stride: exchange(tensor.stride) };
}
