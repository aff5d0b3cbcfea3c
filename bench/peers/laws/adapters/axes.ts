import type { FloatArray, Tensor } from "qkv/core";

/** `[B,H,L,D]` as `[B,L,H,D]`. */
export function sequenceFirst({ data, shape }: Tensor<FloatArray>): {
  data: Float32Array;
  shape: number[];
} {
  const [B, H, L, D] = shape;
  const turned = new Float32Array(data.length);
  for (let row = 0; row < B * H * L; row++) {
    const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
    turned.set(data.subarray(row * D, (row + 1) * D), ((b * L + i) * H + h) * D);
  }
  return { data: turned, shape: [B, L, H, D] };
}

/** `[B,L,H,E]` seen as `[B,H,L,E]`. */
export function headFirst(data: Float32Array, shape: readonly number[]): object {
  const [, H, L, E] = shape;
  return { data, shape, stride: [H * L * E, E, H * E, 1], offset: 0 };
}
