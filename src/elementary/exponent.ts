import { powersOfTwo, zeroPower } from "./powersOfTwo.js";

/** A float64 seen as bits; a DataView has the same byte order on every machine. */
const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The `n` with 2ⁿ ≤ |x| < 2ⁿ⁺¹; 0 for 0, NaN and Infinity. */
export function exponentOf(x: number): number {
  bits.setFloat64(0, x);
  const biased = (bits.getInt32(0) >> 20) & 2047;
  if (biased === 0 && x !== 0) return exponentOf(x * 18014398509481984) - 54; // A subnormal.
  return biased === 0 || biased === 2047 ? 0 : biased - 1023;
}

/** `x · 2ⁿ` for a finite `n`, exact unless the result leaves the normal range. */
export function timesPowerOfTwo(x: number, n: number): number {
  for (; n > 512; n -= 512) x *= powersOfTwo[zeroPower + 512];
  for (; n < -512; n += 512) x *= powersOfTwo[zeroPower - 512];
  return x * powersOfTwo[zeroPower + n];
}
