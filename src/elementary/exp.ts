import * as constant from "./constants.js";
import { powersOfTwo, zeroPower } from "./powersOfTwo.js";

/**
 * eˣ of a float32, in float32 operations only: x = n·ln 2 + r with |r| ≤ ½ ln 2, eˣ = 2ⁿ·eʳ.
 *
 * Every rounding is one IEEE operation and none is fused, so SIMD code in the same order has the
 * same bits. Where `Math.fround` is missing the operation is exact. Results below 2⁻¹²⁶ are 0.
 */
export function exp32(x: number): number {
  // 1. The constant ranges. NaN fails both comparisons and stays NaN in the arithmetic.
  if (x < constant.exp32Lowest) return 0;
  if (x > constant.exp32Highest) return Infinity;
  // 2. n = round(x / ln 2).
  const shifted = Math.fround(Math.fround(x * constant.log2E32) + constant.roundingShift32);
  const n = shifted - constant.roundingShift32;
  // 3. r = x − n·ln 2. The exact part of it, high, also enters the sum in step 5 unrounded.
  const high = x - n * constant.ln2High32;
  const low = Math.fround(n * constant.ln2Low32);
  const r = Math.fround(high - low);
  // 4. q ≈ (eʳ − 1 − r) / r².
  let q = Math.fround(Math.fround(r * constant.exp32C6) + constant.exp32C5);
  q = Math.fround(Math.fround(q * r) + constant.exp32C4);
  q = Math.fround(Math.fround(q * r) + constant.exp32C3);
  q = Math.fround(Math.fround(q * r) + constant.exp32C2);
  // 5. eʳ = 1 + (high + (r²·q − low)), smallest terms first.
  const tail = Math.fround(Math.fround(Math.fround(r * r) * q) - low);
  const power = Math.fround(1 + Math.fround(high + tail));
  // 6. Scaling is exact: the result is normal and at most the largest float32.
  return power * powersOfTwo[(n + zeroPower) | 0];
}

/** eˣ of a float64 by the same steps, with gradual underflow. */
export function exp64(x: number): number {
  if (x < constant.exp64Lowest) return 0;
  if (x > constant.exp64Highest) return Infinity;
  const n = x * constant.log2E64 + constant.roundingShift64 - constant.roundingShift64;
  const high = x - n * constant.ln2High64;
  const low = n * constant.ln2Low64;
  const r = high - low;
  let q = r * constant.exp64C12 + constant.exp64C11;
  q = q * r + constant.exp64C10;
  q = q * r + constant.exp64C9;
  q = q * r + constant.exp64C8;
  q = q * r + constant.exp64C7;
  q = q * r + constant.exp64C6;
  q = q * r + constant.exp64C5;
  q = q * r + constant.exp64C4;
  q = q * r + constant.exp64C3;
  q = q * r + constant.exp64C2;
  const power = 1 + (high + (r * r * q - low));
  // 2ⁿ in two factors: the first product is exact, the second rounds once if it is subnormal.
  const exponent = n | 0;
  const half = exponent >> 1;
  return power * powersOfTwo[half + zeroPower] * powersOfTwo[exponent - half + zeroPower];
}
