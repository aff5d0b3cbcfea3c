import { exp64, log64 } from "../elementary/portable.js";
import type { SourceRow } from "./source.js";

const ln2 = 0.6931471805599453;

/** `−Σ p·log₂ p` over the shares of a row, in bits; 0 for a row without weights. */
export function entropyOf({ weights }: SourceRow): number {
  const total = sumOf(weights);
  if (total === 0) return 0;
  let nats = 0;
  for (const weight of weights) {
    const share = weight / total;
    // 0·log 0 is 0; NaN goes through.
    if (share !== 0) nats -= share * log64(share);
  }
  return Math.max(nats, 0) / ln2;
}

/** The entropy over that of an even row; 0 where at most one key is left to choose. */
export function normalizedEntropyOf(row: SourceRow): number {
  const { weights, blocked } = row;
  const choices = blocked ? blocked.reduce((n, it) => n + 1 - it, 0) : weights.length;
  return choices > 1 ? entropyOf(row) / (log64(choices) / ln2) : 0;
}

/** `2^entropy`; 0 for a row without weights. */
export function effectiveKeysOf(row: SourceRow): number {
  return sumOf(row.weights) === 0 ? 0 : exp64(entropyOf(row) * ln2);
}

/** In float64, in order. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum;
}
