import { exp64, log64 } from "../elementary/portable.js";

/** `log Σ exp(x)` in float64, in order; −Infinity of nothing. */
export function logSumExp(values: readonly number[]): number {
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  // ∞ − ∞ would be NaN.
  if (!Number.isFinite(most)) return most;
  return most + log64(values.reduce((sum, x) => sum + exp64(x - most), 0));
}
