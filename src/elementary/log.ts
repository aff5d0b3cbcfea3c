/** Natural logarithm of a float32, rounded from `log64`. */
export function log32(x: number): number {
  return Math.fround(log64(x));
}

const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/**
 * Natural logarithm of a float64: x = 2ᵏ·(1 + f) with 1 + f in [√½, √2), s = f / (2 + f),
 * log(1 + f) = 2 atanh s = f − f²/2 + s·(f²/2 + s²·q(s²)).
 */
export function log64(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2⁵⁴ makes a subnormal normal
    k = -54;
  }
  // 1. Split the exponent off: the high word minus that of √½ counts in steps of 2⁵².
  bits.setFloat64(0, x);
  const word = bits.getInt32(0);
  const exponent = (word - 0x3fe6a09e) >> 20;
  bits.setInt32(0, word - (exponent << 20));
  k += exponent;
  // 2. log(1 + f).
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  let q = z * 0.1479548072650446 + 0.15314100361406324;
  q = q * z + 0.1818356224860913;
  q = q * z + 0.22222198616112573;
  q = q * z + 0.285714287419337;
  q = q * z + 0.39999999999416935;
  q = q * z + 0.6666666666666734;
  const half = 0.5 * f * f;
  // 3. k·ln 2 in two parts; k·high is exact (32 bits × 11 bits).
  return k * 0.6931471803691238 - (half - (s * (half + z * q) + k * 1.9082149292705877e-10) - f);
}
