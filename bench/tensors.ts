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
  const exchange = (list: readonly number[]) => [...list.slice(0, -2), list.at(-1)!, list.at(-2)!];
  return { ...tensor, shape: exchange(tensor.shape), stride: exchange(tensor.stride) };
}

/** The same memory, `from … to − 1` of one axis. */
export function slice<T extends Tensor>(tensor: T, axis: number, from: number, to: number): T {
  const { shape, stride, offset } = tensor;
  return {
    ...tensor,
    shape: shape.map((length, at) => (at === axis ? to - from : length)),
    offset: offset + from * stride[axis],
  };
}

/** A row-major tensor as the only entry of a batch. */
export function batched({ data, shape }: Tensor<FloatArray>): Tensor<FloatArray> {
  return freshTensor(data, [1, ...shape]);
}

/** Row-major `[…,A,B,D]` as `[…,B,A,D]`: some libraries have the sequence before the heads. */
export function exchangeAxes(
  data: FloatArray,
  shape: readonly number[],
): { data: Float32Array; shape: number[] } {
  const [A, B, D] = shape.slice(-3);
  const exchanged = new Float32Array(data.length);
  for (let row = 0; row < data.length / D; row++) {
    const [entry, a, b] = [Math.floor(row / (A * B)), Math.floor(row / B) % A, row % B];
    exchanged.set(data.subarray(row * D, (row + 1) * D), ((entry * B + b) * A + a) * D);
  }
  return { data: exchanged, shape: [...shape.slice(0, -3), B, A, D] };
}
