import type { Tensor } from "qkv/core";

/** The vector of one head at one position, of a tensor `[H, L, E]` with any strides. */
export function vectorOf(
  { data, shape, stride, offset }: Tensor<Float32Array>,
  head: number,
  position: number,
): number[] {
  const start = offset + head * stride[0] + position * stride[1];
  return Array.from({ length: shape[2] }, (_, d) => data[start + d * stride[2]]);
}
