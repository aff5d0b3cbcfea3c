import { matmul, tensor, type Tensor } from "qkv/core";
import type { Linear, Norm } from "./architecture.js";

// What a Transformer needs besides attention. Letters: L tokens, N numbers per token.

/** x·kernel + bias: `[L, in]` → `[L, out]`. */
export function linear(x: Tensor<Float32Array>, { kernel, bias }: Linear): Tensor<Float32Array> {
  const product = matmul(x, kernel);
  return map(product, (value, index) => value + bias.data[index % bias.data.length]);
}

/** Each row to mean 0 and variance 1, then times scale plus bias: `[L, N]` → `[L, N]`. */
export function layerNorm(x: Tensor<Float32Array>, { scale, bias }: Norm): Tensor<Float32Array> {
  const [rows, size] = x.shape as [number, number];
  const result = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const values = x.data.subarray(row * size, (row + 1) * size);
    let mean = 0;
    for (const value of values) mean += value / size;
    let variance = 0;
    for (const value of values) variance += (value - mean) ** 2 / size;
    const inverse = 1 / Math.sqrt(variance + 1e-6);
    for (let i = 0; i < size; i++) {
      result[row * size + i] = (values[i] - mean) * inverse * scale.data[i] + bias.data[i];
    }
  }
  return tensor(result, { shape: x.shape });
}

/** Element by element: `[L, N]` → `[L, N]`. */
export function add(a: Tensor<Float32Array>, b: Tensor<Float32Array>): Tensor<Float32Array> {
  return map(a, (value, index) => value + b.data[index]);
}

export function relu(x: Tensor<Float32Array>): Tensor<Float32Array> {
  return map(x, (value) => Math.max(value, 0));
}

function map(x: Tensor<Float32Array>, change: (value: number, index: number) => number) {
  return tensor(x.data.map(change), { shape: x.shape });
}
