import type { FloatArray } from "../../src/tensor/types.js";
import { precisionOf } from "../../src/testing/certify.js";
import { keyMatrixOf, type Sizes } from "../helpers/problem.js";
import type { DType } from "../helpers/tensors.js";

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
// The sum of the weights. Scores that are off cancel in it, unless a sink takes a share: a score that is off by
// (D + 6)·M·u, M the largest Σ|q·k|·|scale| + |bias|, moves the share by a quarter of that at most, and rounding the
// differences to the maximum by the rest.
//
// max|v| is taken over the allowed keys of the row, in the output's own column.

export const unit = (dtype: DType): number => precisionOf(dtype).unit;
export const tiles = (S: number): number => Math.ceil(S / 64);
export const lnOf = (S: number): number => Math.log(Math.max(S, 1));
export const sumsBound = (S: number): number => Math.min(S, 64) + 4 * tiles(S) + 14;
export const rowBound = (S: number): number => Math.min(S, 64) + 12 * tiles(S) + 2 * lnOf(S) + 22;
/** Products that fall below the normal numbers lose up to half of the smallest one each. */
export const underflow = (dtype: DType, S: number): number =>
  2 * S * (dtype === "float32" ? 2 ** -149 : 2 ** -1074);

/** max|v| over the allowed keys, for each output element `[B·H·L·E]`. */
export function largestValues(sizes: Sizes, visible: Uint8Array, value: FloatArray): Float64Array {
  const { S, E } = sizes;
  const largest = new Float64Array(sizes.B * sizes.H * sizes.L * E);
  visible.forEach((sees, pair) => {
    const [row, j] = [Math.floor(pair / S), pair % S];
    const from = (keyMatrixOf(sizes, row) * S + j) * E;
    for (let e = 0; sees && e < E; e++) {
      largest[row * E + e] = Math.max(largest[row * E + e], Math.abs(value[from + e]));
    }
  });
  return largest;
}

/** The largest `Σ|q·k|·|scale| + |bias|` of each row, −Infinity in the bias aside. */
export function scoreSizes(
  sizes: Sizes,
  scale: number,
  query: FloatArray,
  key: FloatArray,
  biasAt: (row: number, j: number) => number,
  sinks: ArrayLike<number> | undefined,
): Float64Array {
  const { B, H, L, S, D } = sizes;
  return new Float64Array(B * H * L).map((_, row) => {
    const kv = keyMatrixOf(sizes, row);
    let size = Math.abs(sinks?.[Math.floor(row / L) % H] ?? 0);
    for (let j = 0; j < S; j++) {
      let sum = 0;
      for (let d = 0; d < D; d++) sum += Math.abs(query[row * D + d] * key[(kv * S + j) * D + d]);
      const bias = biasAt(row, j);
      size = Math.max(size, sum * Math.abs(scale) + (bias === -Infinity ? 0 : Math.abs(bias)));
    }
    return size;
  });
}
