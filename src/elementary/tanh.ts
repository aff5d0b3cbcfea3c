import { exp32, exp64 } from "./exp.js";

/** tanh of a float32, in float32 operations only, in the order SIMD code can follow. */
export function tanh32(x: number): number {
  const a = Math.abs(x);
  if (a < 2.44140625e-4) return x; // |x³/3| is below half an ULP; keeps −0 and subnormals
  let result: number;
  if (a < 0.625) {
    // a + a·z·q(z) with z = a².
    const z = Math.fround(a * a);
    let q = Math.fround(Math.fround(z * -0.005692296661436558) + 0.02062816731631756);
    q = Math.fround(Math.fround(q * z) + -0.05373651534318924);
    q = Math.fround(Math.fround(q * z) + 0.13331405818462372);
    q = Math.fround(Math.fround(q * z) + -0.3333328068256378);
    result = Math.fround(a + Math.fround(Math.fround(a * z) * q));
  } else {
    // 1 − 2t/(1 + t) with t = e^(−2a), which underflows to 0 instead of overflowing.
    const t = exp32(-2 * a);
    result = Math.fround(1 - Math.fround((2 * t) / Math.fround(1 + t)));
  }
  return x < 0 ? -result : result;
}

/** tanh of a float64, by the same two formulas. */
export function tanh64(x: number): number {
  const a = Math.abs(x);
  if (a < 7.450580596923828e-9) return x;
  let result: number;
  if (a < 0.625) {
    const z = a * a;
    let q = z * 6.0501424808642995e-6 + -3.020584947321241e-5;
    q = q * z + 9.157828412429258e-5;
    q = q * z + -0.0002370239730325326;
    q = q * z + 0.0005894566133093877;
    q = q * z + -0.0014557272086049306;
    q = q * z + 0.0035921142222751536;
    q = q * z + -0.008863234738341222;
    q = q * z + 0.02186948847069867;
    q = q * z + -0.05396825396614944;
    q = q * z + 0.1333333333332996;
    q = q * z + -0.33333333333333315;
    result = a + a * z * q;
  } else {
    const t = exp64(-2 * a);
    result = 1 - (2 * t) / (1 + t);
  }
  return x < 0 ? -result : result;
}
