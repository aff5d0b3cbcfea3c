import type { FloatArray } from "../tensor/index.js";

/**
 * Turns the pairs of one row of features: pair `i` is read `gap` apart from `i·step`, and
 * `(a, b) → (a·cos − b·sin, a·sin + b·cos)`, every operation rounded to the precision.
 */
export type RotateRow<A extends FloatArray> = (
  x: A,
  xAt: number,
  xStride: number,
  cos: A,
  sin: A,
  anglesAt: number,
  out: A,
  outAt: number,
  pairs: number,
  step: number,
  gap: number,
) => void;

/** {@link RotateRow} in float32: the store rounds the last operation. */
export const rotateRow32: RotateRow<Float32Array> = (
  x,
  xAt,
  xStride,
  cos,
  sin,
  anglesAt,
  out,
  outAt,
  pairs,
  step,
  gap,
) => {
  for (let i = 0; i < pairs; i++) {
    const at = i * step;
    const a = x[xAt + at * xStride];
    const b = x[xAt + (at + gap) * xStride];
    const c = cos[anglesAt + i];
    const s = sin[anglesAt + i];
    out[outAt + at] = Math.fround(a * c) - Math.fround(b * s);
    out[outAt + at + gap] = Math.fround(a * s) + Math.fround(b * c);
  }
};

/** {@link RotateRow} in float64. */
export const rotateRow64: RotateRow<Float64Array> = (
  x,
  xAt,
  xStride,
  cos,
  sin,
  anglesAt,
  out,
  outAt,
  pairs,
  step,
  gap,
) => {
  for (let i = 0; i < pairs; i++) {
    const at = i * step;
    const a = x[xAt + at * xStride];
    const b = x[xAt + (at + gap) * xStride];
    const c = cos[anglesAt + i];
    const s = sin[anglesAt + i];
    out[outAt + at] = a * c - b * s;
    out[outAt + at + gap] = a * s + b * c;
  }
};
