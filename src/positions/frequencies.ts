import { exp64, log64 } from "../elementary/portable.js";

/**
 * Radians per position of each pair of features, `base^(−i / steps)` for `i` from 0 to `count − 1`,
 * falling from 1: Vaswani et al. 2017 §3.5, where `steps` is half the size.
 */
export function frequencies(base: number, count: number, steps: number): Float64Array {
  const logBase = log64(base);
  return Float64Array.from({ length: count }, (_, i) => exp64((-i / steps) * logBase));
}
