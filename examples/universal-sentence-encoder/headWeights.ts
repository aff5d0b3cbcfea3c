import type { Tensor } from "qkv/core";

/** `[H, L, L]` → the `[L, L]` of one head (from 0), or the mean over all heads. */
export function headWeights(weights: Tensor<Float32Array>, head: number | "mean"): number[][] {
  const [heads, length] = weights.shape as [number, number, number];
  const chosen = head === "mean" ? Array.from({ length: heads }, (_, h) => h) : [head];
  return Array.from({ length }, (_, i) =>
    Array.from({ length }, (_, j) => {
      let sum = 0;
      for (const h of chosen) sum += weights.data[(h * length + i) * length + j];
      return sum / chosen.length;
    }),
  );
}
