import * as constant from "./constants.js";
import { exp32, exp64 } from "./exp.js";

/**
 * tanh of a float32, in float32 operations only: SIMD code can compute both formulas, select, and
 * copy the sign. Nothing can overflow: e^(−2|x|) becomes 0 and the result ±1.
 */
export function tanh32(x: number): number {
  const a = Math.abs(x);
  // Below 2⁻¹² the cubic term is less than half an ULP; −0 and subnormals stay as they are.
  if (a < 0.000244140625) return x;
  let result: number;
  if (a < constant.tanhSwitch) {
    const z = Math.fround(a * a);
    let q = Math.fround(Math.fround(z * constant.tanh32C11) + constant.tanh32C9);
    q = Math.fround(Math.fround(q * z) + constant.tanh32C7);
    q = Math.fround(Math.fround(q * z) + constant.tanh32C5);
    q = Math.fround(Math.fround(q * z) + constant.tanh32C3);
    result = Math.fround(a + Math.fround(Math.fround(a * z) * q));
  } else {
    const t = exp32(-2 * a);
    result = Math.fround(1 - Math.fround((2 * t) / Math.fround(1 + t)));
  }
  return x < 0 ? -result : result;
}

/** tanh of a float64, by the same two formulas. */
export function tanh64(x: number): number {
  const a = Math.abs(x);
  // Below 2⁻²⁷ the cubic term is less than half an ULP.
  if (a < 7.450580596923828e-9) return x;
  let result: number;
  if (a < constant.tanhSwitch) {
    const z = a * a;
    let q = z * constant.tanh64C25 + constant.tanh64C23;
    q = q * z + constant.tanh64C21;
    q = q * z + constant.tanh64C19;
    q = q * z + constant.tanh64C17;
    q = q * z + constant.tanh64C15;
    q = q * z + constant.tanh64C13;
    q = q * z + constant.tanh64C11;
    q = q * z + constant.tanh64C9;
    q = q * z + constant.tanh64C7;
    q = q * z + constant.tanh64C5;
    q = q * z + constant.tanh64C3;
    result = a + a * z * q;
  } else {
    const t = exp64(-2 * a);
    result = 1 - (2 * t) / (1 + t);
  }
  return x < 0 ? -result : result;
}
