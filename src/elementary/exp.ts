import { powersOfTwo } from "./powersOfTwo.js";

/**
 * eˣ of a float32, in float32 operations only: x = n·ln 2 + r, |r| ≤ ½ ln 2, eˣ = 2ⁿ·eʳ.
 *
 * Every line is one IEEE operation per rounding, without fused multiply-add, so that SIMD code in
 * the same order has the same bits. Results below 2⁻¹²⁶ are exactly 0.
 */
export function exp32(x: number): number {
  // 1. Select the constant ranges. NaN fails both comparisons and flows through the arithmetic.
  if (x < -87.33654022216797) return 0;
  if (x > 88.72283172607422) return Infinity;
  // 2. n = round(x / ln 2): adding 1.5·2²³ leaves no fraction bits, rounding to nearest even.
  const n = Math.fround(
    Math.fround(Math.fround(x * 1.4426950216293335) + 12582912) - 12582912,
  );
  // 3. r = x − n·ln 2, where n·high is exact (15 bits × 8 bits) and high − low would round.
  const high = Math.fround(x - Math.fround(n * 0.693145751953125));
  const low = Math.fround(n * 1.428606765330187e-6);
  const r = Math.fround(high - low);
  // 4. eʳ ≈ 1 + r + r²·q(r), q minimax of degree 4, relative error 2⁻²⁸·².
  let q = Math.fround(Math.fround(r * 0.001383082359097898) + 0.00836885068565607);
  q = Math.fround(Math.fround(q * r) + 0.04166816920042038);
  q = Math.fround(Math.fround(q * r) + 0.1666651964187622);
  q = Math.fround(Math.fround(q * r) + 0.4999999403953552);
  const tail = Math.fround(Math.fround(Math.fround(r * r) * q) - low);
  const power = Math.fround(1 + Math.fround(high + tail));
  // 5. Scaling by 2ⁿ is exact: no result in this range is subnormal.
  return Math.fround(power * powersOfTwo[(n + 538) | 0]);
}

/** eˣ of a float64: the reduction of `exp32` with a polynomial of degree 12; underflow is gradual. */
export function exp64(x: number): number {
  if (x < -745.1332191019412) return 0;
  if (x > 709.782712893384) return Infinity;
  // 1.5·2⁵² rounds to an integer; n·high is exact (32 bits × 11 bits).
  const n = x * 1.4426950408889634 + 6755399441055744 - 6755399441055744;
  const high = x - n * 0.6931471803691238;
  const low = n * 1.9082149292705877e-10;
  const r = high - low;
  let q = r * 2.1016018481700648e-9 + 2.511522147867927e-8;
  q = q * r + 2.755697477447963e-7;
  q = q * r + 2.7557225667726284e-6;
  q = q * r + 2.4801587632166206e-5;
  q = q * r + 1.9841269905553297e-4;
  q = q * r + 1.3888888888757508e-3;
  q = q * r + 8.333333333313408e-3;
  q = q * r + 0.04166666666666684;
  q = q * r + 0.16666666666666688;
  q = q * r + 0.5;
  const power = 1 + (high + (r * r * q - low));
  // 2ⁿ in two factors: the first is exact, the second rounds once if the result is subnormal.
  const half = n >> 1;
  return power * powersOfTwo[half + 538] * powersOfTwo[n - half + 538];
}
