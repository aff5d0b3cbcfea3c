import type { FloatArray, Tensor } from "qkv/core";
import { freshTensor, sizeOf } from "../src/tensor/index.js";
import type { Random } from "../src/testing/random.js";

export type Precision = "float32" | "float64";

/** A row-major tensor of normal numbers. */
export function randomTensor(
  shape: readonly number[],
  dtype: Precision,
  random: Random,
): Tensor<FloatArray> {
  const size = sizeOf(shape);
  const data = dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = random.normal();
  return freshTensor<FloatArray>(data, shape);
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
