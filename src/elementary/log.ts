import * as constant from "./constants.js";

/** Natural logarithm of a float32, rounded from `log64`. */
export function log32(x: number): number {
  return Math.fround(log64(x));
}

/** A float64 seen as bits; a DataView has the same byte order on every machine. */
const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/**
 * Natural logarithm of a float64: x = 2ᵏ·(1 + f) with 1 + f in [√½, √2); with s = f / (2 + f),
 * log(1 + f) = 2 atanh s, written f − (f²/2 − s·(f²/2 + s²·q(s²))) so that f enters exactly
 * (the form of FreeBSD's msun, e_log.c).
 */
export function log64(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  // 1. Multiplying by 2⁵⁴ makes a subnormal normal.
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  // 2. The high word minus that of √½ steps by 2²⁰ with the exponent.
  const word = bits.getInt32(0);
  const steps = (word - 0x3fe6a09e) >> 20;
  bits.setInt32(0, word - (steps << 20));
  const f = bits.getFloat64(0) - 1;
  const k = subnormal ? steps - 54 : steps;
  // 3. log(1 + f).
  const s = f / (2 + f);
  const z = s * s;
  let q = z * constant.log64C15 + constant.log64C13;
  q = q * z + constant.log64C11;
  q = q * z + constant.log64C9;
  q = q * z + constant.log64C7;
  q = q * z + constant.log64C5;
  q = q * z + constant.log64C3;
  const half = 0.5 * f * f;
  const small = s * (half + z * q) + k * constant.ln2Low64;
  // 4. k·ln 2 + log(1 + f), the smallest terms first; k·high is exact (11 bits × 32 bits).
  return k * constant.ln2High64 - (half - small - f);
}
