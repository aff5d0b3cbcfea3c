// Loops as one writes them by hand, over row-major typed arrays. Each case has an instance of this module
// of its own: code that sees one kind of array only is much faster.
import ndarray from "ndarray";
import type { FloatArray } from "qkv/core";

interface Sizes {
  m: number;
  k: number;
  n: number;
}

function like<A extends FloatArray>(data: A, length: number): A {
  return (data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as A;
}

/** Three loops, one sum at a time. In float32 it sums in float64 and rounds once, as a plain loop does. */
export function matmul<A extends FloatArray>(a: A, b: A, { m, k, n }: Sizes): () => A {
  return () => {
    const out = like(a, m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a[i * k + l] * b[l * n + j];
        out[i * n + j] = sum;
      }
    }
    return out;
  };
}

/** The same loops over `get` and `set` of ndarray. */
export function ndarrayMatmul<A extends FloatArray>(a: A, b: A, { m, k, n }: Sizes): () => A {
  const left = ndarray<FloatArray>(a, [m, k]);
  const right = ndarray<FloatArray>(b, [k, n]);
  return () => {
    const data = like(a, m * n);
    const out = ndarray<FloatArray>(data, [m, n]);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += left.get(i, l) * right.get(l, j);
        out.set(i, j, sum);
      }
    }
    return data;
  };
}

/**
 * Attention of one head: all scores of a row, their maximum, `Math.exp`, one sum, one pass over the
 * values. It promises nothing beyond that: no masks, no same bits elsewhere.
 */
export function attention<A extends FloatArray>(
  q: A,
  k: A,
  v: A,
  { queries, keys, size }: { queries: number; keys: number; size: number },
): () => A {
  return () => attend(q, k, v, like(q, queries * size), like(q, keys), queries, keys, size);
}

function attend<A extends FloatArray>(
  q: A,
  k: A,
  v: A,
  out: A,
  weights: A,
  queries: number,
  keys: number,
  size: number,
): A {
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
