import type { FloatArray } from "../tensor/index.js";

/** A product of strided matrices. Offsets and strides count elements. */
export type MatmulKernel<A extends FloatArray> = (
  a: A,
  aOffset: number,
  aRow: number,
  aColumn: number,
  b: A,
  bOffset: number,
  bRow: number,
  bColumn: number,
  out: A,
  outOffset: number,
  outRow: number,
  outColumn: number,
  m: number,
  k: number,
  n: number,
  accumulate: boolean,
) => void;

// Written out for each precision: float32 rounds after every operation, and a function that sees
// only one kind of array runs about 2.5 times as fast in V8 as one that sees both.

/**
 * Multiplies m×k by k×n matrices in float32: `out[i][j] = Σ a[i][l]·b[l][j]`, `l` ascending, one
 * accumulator that starts from +0, or from `out[i][j]` if `accumulate`.
 */
export const matmul32: MatmulKernel<Float32Array> = (
  a,
  aOffset,
  aRow,
  aColumn,
  b,
  bOffset,
  bRow,
  bColumn,
  out,
  outOffset,
  outRow,
  outColumn,
  m,
  k,
  n,
  accumulate,
) => {
  for (let i = 0; i < m; i++) {
    const aStart = aOffset + i * aRow;
    let at = outOffset + i * outRow;
    let j = 0;
    // Four columns at a time: four independent sums hide the latency of the additions.
    for (; j + 4 <= n; j += 4, at += 4 * outColumn) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      if (accumulate) {
        sum0 = out[at];
        sum1 = out[at + outColumn];
        sum2 = out[at + 2 * outColumn];
        sum3 = out[at + 3 * outColumn];
      }
      for (let l = 0, p = aStart, q = bOffset + j * bColumn; l < k; l++, p += aColumn, q += bRow) {
        const x = a[p];
        sum0 = Math.fround(sum0 + Math.fround(x * b[q]));
        sum1 = Math.fround(sum1 + Math.fround(x * b[q + bColumn]));
        sum2 = Math.fround(sum2 + Math.fround(x * b[q + 2 * bColumn]));
        sum3 = Math.fround(sum3 + Math.fround(x * b[q + 3 * bColumn]));
      }
      out[at] = sum0;
      out[at + outColumn] = sum1;
      out[at + 2 * outColumn] = sum2;
      out[at + 3 * outColumn] = sum3;
    }
    for (; j < n; j++, at += outColumn) {
      let sum = accumulate ? out[at] : 0;
      for (let l = 0, p = aStart, q = bOffset + j * bColumn; l < k; l++, p += aColumn, q += bRow) {
        sum = Math.fround(sum + Math.fround(a[p] * b[q]));
      }
      out[at] = sum;
    }
  }
};

/**
 * Multiplies m×k by k×n matrices in float64: `out[i][j] = Σ a[i][l]·b[l][j]`, `l` ascending, one
 * accumulator that starts from +0, or from `out[i][j]` if `accumulate`.
 */
export const matmul64: MatmulKernel<Float64Array> = (
  a,
  aOffset,
  aRow,
  aColumn,
  b,
  bOffset,
  bRow,
  bColumn,
  out,
  outOffset,
  outRow,
  outColumn,
  m,
  k,
  n,
  accumulate,
) => {
  for (let i = 0; i < m; i++) {
    const aStart = aOffset + i * aRow;
    let at = outOffset + i * outRow;
    let j = 0;
    // Four columns at a time: four independent sums hide the latency of the additions.
    for (; j + 4 <= n; j += 4, at += 4 * outColumn) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      if (accumulate) {
        sum0 = out[at];
        sum1 = out[at + outColumn];
        sum2 = out[at + 2 * outColumn];
        sum3 = out[at + 3 * outColumn];
      }
      for (let l = 0, p = aStart, q = bOffset + j * bColumn; l < k; l++, p += aColumn, q += bRow) {
        const x = a[p];
        sum0 = sum0 + x * b[q];
        sum1 = sum1 + x * b[q + bColumn];
        sum2 = sum2 + x * b[q + 2 * bColumn];
        sum3 = sum3 + x * b[q + 3 * bColumn];
      }
      out[at] = sum0;
      out[at + outColumn] = sum1;
      out[at + 2 * outColumn] = sum2;
      out[at + 3 * outColumn] = sum3;
    }
    for (; j < n; j++, at += outColumn) {
      let sum = accumulate ? out[at] : 0;
      for (let l = 0, p = aStart, q = bOffset + j * bColumn; l < k; l++, p += aColumn, q += bRow) {
        sum = sum + a[p] * b[q];
      }
      out[at] = sum;
    }
  }
};
