import * as constant from "./constants.js";
import { quadrantOf, remainder } from "./quadrantOf.js";

/** sin of a float32 in radians, rounded from `sin64`. */
export function sin32(x: number): number {
  return Math.fround(sin64(x));
}

/** cos of a float32 in radians, rounded from `cos64`. */
export function cos32(x: number): number {
  return Math.fround(cos64(x));
}

/** sin of a float64 in radians: x = n·π/2 + r, then ±sin r or ±cos r by n mod 4. */
export function sin64(x: number): number {
  if (Math.abs(x) < constant.quarterPi) return sinNearZero(x, 0);
  if (!(Math.abs(x) < Infinity)) return NaN;
  return sinOfQuadrant(quadrantOf(x), remainder[0], remainder[1]);
}

/** cos of a float64 in radians: the sine one quadrant on. */
export function cos64(x: number): number {
  if (Math.abs(x) < constant.quarterPi) return cosNearZero(x, 0);
  if (!(Math.abs(x) < Infinity)) return NaN;
  return sinOfQuadrant(quadrantOf(x) + 1, remainder[0], remainder[1]);
}

/** sin(quadrant·π/2 + r + tail). */
function sinOfQuadrant(quadrant: number, r: number, tail: number): number {
  const size = quadrant & 1 ? cosNearZero(r, tail) : sinNearZero(r, tail);
  return quadrant & 2 ? -size : size;
}

/** sin(r + tail) for |r| ≤ π/4; the tail counts to first order, times cos r ≈ 1 − r²/2. */
function sinNearZero(r: number, tail: number): number {
  // Below 2⁻²⁷ the cubic term is less than half an ULP; −0 and subnormals stay as they are.
  if (Math.abs(r) < 7.450580596923828e-9) return r;
  const z = r * r;
  let q = z * constant.sin64C13 + constant.sin64C11;
  q = q * z + constant.sin64C9;
  q = q * z + constant.sin64C7;
  q = q * z + constant.sin64C5;
  q = q * z + constant.sin64C3;
  return r + (r * z * q + (tail - 0.5 * z * tail));
}

/** cos(r + tail) for |r| ≤ π/4. */
function cosNearZero(r: number, tail: number): number {
  const z = r * r;
  let q = z * constant.cos64C14 + constant.cos64C12;
  q = q * z + constant.cos64C10;
  q = q * z + constant.cos64C8;
  q = q * z + constant.cos64C6;
  q = q * z + constant.cos64C4;
  // What 1 − z/2 loses in rounding is added to the small terms.
  const half = 0.5 * z;
  const head = 1 - half;
  return head + (1 - head - half + (z * z * q - r * tail));
}
