import { scaleOf, visibility } from "../helpers/oracle.js";
import { readPairs } from "../helpers/readPairs.js";
import type { Problem } from "../helpers/problem.js";
import { keyMatrixOf, sizesOf } from "../helpers/problem.js";

// The bounds are worst cases to first order in the unit roundoff u, 2⁻²⁴ or 2⁻⁵³, from the order of
// operations: 64 keys a tile, T = ⌈S/64⌉ tiles, n = min(S, 64), `exp` within 2 ulp (4u).
//
// Sums alone. A product p·v and its way through a tile take n roundings, through the merges 2T + 1
// more; the sum of the powers takes 7 in its lanes and halves and 2T + 1 in the merges; a sink 2 in
// each; the division 1. Numerator and denominator hold the same powers and the same merge factors,
// so that errors of `exp` cancel: against the exact mean with those powers the output is off by at most
//     A(S)·u·max|v|,  A(S) = n + 4T + 14.
//
// Weights. Write x_j = m − s_j ≥ 0. Rounding s_j − m moves a power by x_j·u relatively, `exp` by 4u,
// each change of the maximum by another 4u, so that with the sums above the normalized weight is off by
// (x_j + 6T + ln S + 19)·u, where Σ w_j·x_j ≤ ln S since it is the entropy minus ln l. For the output
//     R(S)·u·max|v|,  R(S) = n + 12T + 2·ln S + 22.
// Two evaluations of the same scores in another order differ by at most twice that.
//
// max|v| is taken over the allowed keys of the row, in the output's own column.

export const unit = (problem: Problem): number =>
  problem.dtype === "float32" ? 2 ** -24 : 2 ** -53;
export const tiles = (S: number): number => Math.ceil(S / 64);
export const lnOf = (S: number): number => Math.log(Math.max(S, 1));
export const sumsBound = (S: number): number => Math.min(S, 64) + 4 * tiles(S) + 14;
export const rowBound = (S: number): number => Math.min(S, 64) + 12 * tiles(S) + 2 * lnOf(S) + 22;
/** Products that fall below the normal numbers lose up to half of the smallest one each. */
export const underflow = (problem: Problem, S: number): number =>
  2 * S * (problem.dtype === "float32" ? 2 ** -149 : 2 ** -1074);

/** The smallest and largest allowed value and max|v| of each output element, `[B·H·L·E]`. */
export function valueRange(problem: Problem) {
  const sizes = sizesOf(problem);
  const { B, H, L, S, E } = sizes;
  const visible = visibility(problem);
  const low = new Float64Array(B * H * L * E).fill(Infinity);
  const high = new Float64Array(B * H * L * E).fill(-Infinity);
  for (let row = 0; row < B * H * L; row++) {
    const kv = keyMatrixOf(sizes, row);
    for (let j = 0; j < S; j++) {
      if (!visible[row * S + j]) continue;
      for (let e = 0; e < E; e++) {
        const value = problem.value.data[(kv * S + j) * E + e];
        low[row * E + e] = Math.min(low[row * E + e], value);
        high[row * E + e] = Math.max(high[row * E + e], value);
      }
    }
  }
  const largest = low.map((value, i) =>
    value === Infinity ? 0 : Math.max(Math.abs(value), Math.abs(high[i])),
  );
  return { low, high, largest };
}

/** The largest `Σ|q·k|·|scale| + |bias|` of each row, −Infinity in the bias aside. */
export function scoreSizes(problem: Problem): Float64Array {
  const sizes = sizesOf(problem);
  const { B, H, L, S, D } = sizes;
  const { query, key } = problem;
  const bias = readPairs(problem, problem.bias, 0);
  const scale = Math.abs(scaleOf(problem));
  return new Float64Array(B * H * L).map((_, row) => {
    const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
    const kv = keyMatrixOf(sizes, row);
    let size = Math.abs(problem.sinks?.[h] ?? 0);
    for (let j = 0; j < S; j++) {
      let sum = 0;
      for (let d = 0; d < D; d++) {
        sum += Math.abs(query.data[row * D + d] * key.data[(kv * S + j) * D + d]);
      }
      const added = bias(b, h, i, j);
      size = Math.max(size, sum * scale + (added === -Infinity ? 0 : Math.abs(added)));
    }
    return size;
  });
}
