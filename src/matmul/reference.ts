/** One matrix inside typed data: where it starts, and the steps along its rows and columns. */
export interface Matrix {
  data: ArrayLike<number>;
  offset: number;
  row: number;
  column: number;
}

/**
 * The specification of a matrix product, naive and in float64: `out[i][j] = Σ_k a[i][k]·b[k][j]`,
 * `k` ascending from 0.
 */
export function matmulReference(a: Matrix, b: Matrix, m: number, k: number, n: number): number[][] {
  const out: number[][] = [];
  for (let i = 0; i < m; i++) {
    out.push([]);
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum +=
          a.data[a.offset + i * a.row + l * a.column] * b.data[b.offset + l * b.row + j * b.column];
      }
      out[i].push(sum);
    }
  }
  return out;
}
