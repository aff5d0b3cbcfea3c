import ndarray from "ndarray";
import type { FloatArray, Tensor } from "qkv/core";

/** Three loops over typed arrays, as one writes them by hand: row-major operands, one sum at a time. */
export function plainLoops(a: Tensor<FloatArray>, b: Tensor<FloatArray>): () => FloatArray {
  const [m, k, n] = [a.shape[0], a.shape[1], b.shape[1]];
  return a.data instanceof Float32Array
    ? () => plain32(a.data as Float32Array, b.data as Float32Array, m, k, n)
    : () => plain64(a.data as Float64Array, b.data as Float64Array, m, k, n);
}

// One for each precision, for the reason the library has two: code that sees one kind of array only
// is much faster.

/** Sums in float64 and rounds once: without `Math.fround` this is what a plain loop does. */
function plain32(a: Float32Array, b: Float32Array, m: number, k: number, n: number): Float32Array {
  const out = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[l * n + j];
      out[i * n + j] = sum;
    }
  }
  return out;
}

function plain64(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[l * n + j];
      out[i * n + j] = sum;
    }
  }
  return out;
}

/** The same loops over `get` and `set` of ndarray. */
export function ndarrayLoops(a: Tensor<FloatArray>, b: Tensor<FloatArray>): () => FloatArray {
  const [m, k, n] = [a.shape[0], a.shape[1], b.shape[1]];
  const left = ndarray(a.data, [m, k]);
  const right = ndarray(b.data, [k, n]);
  return () => {
    const data = a.data instanceof Float32Array ? new Float32Array(m * n) : new Float64Array(m * n);
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
