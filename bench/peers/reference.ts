import type { FloatArray } from "qkv/core";
import type { AttentionWork, MatmulWork } from "./types.js";
import { visibleKeys } from "./work.js";

/** Softmax attention in float64, a row at a time: `[H,L,D]`. */
export function attentionReference(work: AttentionWork): Float64Array {
  const { heads, queries, keys, size } = work;
  const [q, k, v] = [work.q, work.k, work.v].map((data) => Float64Array.from(data));
  const output = new Float64Array(q.length);
  const weights = new Float64Array(keys);
  const scale = 1 / Math.sqrt(size);
  for (let row = 0; row < heads * queries; row++) {
    const [from, to] = visibleKeys(work, row % queries);
    const head = Math.floor(row / queries) * keys * size;
    let maximum = -Infinity;
    for (let j = from; j < to; j++) {
      let score = 0;
      for (let d = 0; d < size; d++) score += q[row * size + d] * k[head + j * size + d];
      weights[j] = score * scale;
      maximum = Math.max(maximum, weights[j]);
    }
    let sum = 0;
    for (let j = from; j < to; j++) {
      weights[j] = Math.exp(weights[j] - maximum);
      sum += weights[j];
    }
    for (let j = from; j < to; j++) {
      const weight = weights[j] / sum;
      for (let e = 0; e < size; e++) output[row * size + e] += weight * v[head + j * size + e];
    }
  }
  return output;
}

/** The product in float64, `[M,N]`. */
export function matmulReference({ m, k, n, a, b }: MatmulWork): Float64Array {
  const output = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p];
      for (let j = 0; j < n; j++) output[i * n + j] += factor * b[p * n + j];
    }
  }
  return output;
}

/** The largest difference over `max|expected|`; NaN if there is one, or another number of elements. */
export function relativeError(got: FloatArray, expected: FloatArray): number {
  if (got.length !== expected.length) return NaN;
  let [worst, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    // Unlike a comparison, Math.max keeps a NaN.
    worst = Math.max(worst, Math.abs(got[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return worst / largest;
}
