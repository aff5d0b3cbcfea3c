import type { FloatArray, Tensor } from "qkv/core";

/**
 * Attention of one head as one writes it by hand: all scores of a row, their maximum, `Math.exp`, one
 * sum, one pass over the values. It promises nothing beyond that: no masks, no same bits elsewhere.
 */
export function plainAttention(
  query: Tensor<FloatArray>,
  key: Tensor<FloatArray>,
  value: Tensor<FloatArray>,
): () => FloatArray {
  const [queries, size] = query.shape;
  const keys = key.shape[0];
  const [q, k, v] = [query.data, key.data, value.data];
  return q instanceof Float32Array
    ? () => plain32(q, k as Float32Array, v as Float32Array, queries, keys, size)
    : () => plain64(q, k as Float64Array, v as Float64Array, queries, keys, size);
}

// Written out for each precision: code that sees one kind of array only is much faster.

function plain32(
  q: Float32Array,
  k: Float32Array,
  v: Float32Array,
  queries: number,
  keys: number,
  size: number,
): Float32Array {
  const out = new Float32Array(queries * size);
  const weights = new Float32Array(keys);
  const scale = 1 / Math.sqrt(size);
  for (let i = 0; i < queries; i++) {
    let maximum = -Infinity;
    for (let j = 0; j < keys; j++) {
      let score = 0;
      for (let d = 0; d < size; d++) score += q[i * size + d] * k[j * size + d];
      weights[j] = score * scale;
      maximum = Math.max(maximum, weights[j]);
    }
    let sum = 0;
    for (let j = 0; j < keys; j++) {
      weights[j] = Math.exp(weights[j] - maximum);
      sum += weights[j];
    }
    for (let j = 0; j < keys; j++) {
      const weight = weights[j] / sum;
      for (let e = 0; e < size; e++) out[i * size + e] += weight * v[j * size + e];
    }
  }
  return out;
}

function plain64(
  q: Float64Array,
  k: Float64Array,
  v: Float64Array,
  queries: number,
  keys: number,
  size: number,
): Float64Array {
  const out = new Float64Array(queries * size);
  const weights = new Float64Array(keys);
  const scale = 1 / Math.sqrt(size);
  for (let i = 0; i < queries; i++) {
    let maximum = -Infinity;
    for (let j = 0; j < keys; j++) {
      let score = 0;
      for (let d = 0; d < size; d++) score += q[i * size + d] * k[j * size + d];
      weights[j] = score * scale;
      maximum = Math.max(maximum, weights[j]);
    }
    let sum = 0;
    for (let j = 0; j < keys; j++) {
      weights[j] = Math.exp(weights[j] - maximum);
      sum += weights[j];
    }
    for (let j = 0; j < keys; j++) {
      const weight = weights[j] / sum;
      for (let e = 0; e < size; e++) out[i * size + e] += weight * v[j * size + e];
    }
  }
  return out;
}
