import * as portable from "../../src/elementary/portable.js";
import * as reference from "../../src/elementary/reference.js";

/** The float32 functions that a sweep over bit patterns measures. */
export const functions32 = {
  exp32: { compute: portable.exp32, exact: reference.exp, flushes: true, increasing: true },
  log32: { compute: portable.log32, exact: reference.log, flushes: false, increasing: true },
  tanh32: { compute: portable.tanh32, exact: reference.tanh, flushes: false, increasing: true },
  sin32: { compute: portable.sin32, exact: reference.sin, flushes: false, increasing: false },
  cos32: { compute: portable.cos32, exact: reference.cos, flushes: false, increasing: false },
};

export type Function32 = keyof typeof functions32;

export interface Sweep {
  /** Largest error in ULP of the exact value, and the input where it occurs. */
  ulp: number;
  at: number;
  /** Inputs with a finite result, and how many of those are correctly rounded. */
  finite: number;
  correct: number;
  /** Inputs whose result must be exactly NaN, ±Infinity or a flushed 0; how many are not. */
  special: number;
  wrong: number;
  /** Steps between neighbouring inputs at which an increasing function decreases. */
  decreasing: number;
}

const smallestNormal = 2 ** -126;
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** Measures one function on the float32 bit patterns first, first + step, … below end. */
export function sweep(name: Function32, first: number, end: number, step: number): Sweep {
  const { compute, exact, flushes, increasing } = functions32[name];
  let [ulp, at, finite, correct, special, wrong, decreasing] = [0, 0, 0, 0, 0, 0, 0];
  let last = NaN;
  if (first % 0x80000000 >= step) {
    word[0] = first - step;
    last = compute(float[0]);
  }
  for (let pattern = first; pattern < end; pattern += step) {
    word[0] = pattern;
    const x = float[0];
    const y = compute(x);
    const truth = exact(x);
    const rounded = Math.fround(truth);
    if (increasing) {
      // Negative patterns count downwards.
      if (pattern < 0x80000000 ? y < last : y > last) decreasing++;
      last = pattern < 0x80000000 && pattern + step >= 0x80000000 ? NaN : y;
    }
    const flushed = flushes && truth < smallestNormal;
    if (flushed || !(Math.abs(rounded) < Infinity)) {
      special++;
      if (!Object.is(y, flushed ? 0 : rounded)) wrong++;
      continue;
    }
    finite++;
    if (y === rounded) {
      correct++;
      // Correct rounding errs by half an ULP at most: nothing to learn once that is passed.
      if (ulp >= 0.5) continue;
    }
    const error = Math.abs(y - truth) / ulpOf(truth);
    if (!(error <= ulp)) {
      ulp = error;
      at = x;
    }
  }
  return { ulp, at, finite, correct, special, wrong, decreasing };
}

/** The result over two ranges together. */
export function join(a: Sweep, b: Sweep): Sweep {
  const worst = b.ulp > a.ulp || Number.isNaN(b.ulp) ? b : a;
  return {
    ulp: worst.ulp,
    at: worst.at,
    finite: a.finite + b.finite,
    correct: a.correct + b.correct,
    special: a.special + b.special,
    wrong: a.wrong + b.wrong,
    decreasing: a.decreasing + b.decreasing,
  };
}

/** Spacing of float32 numbers in the binade of x. */
function ulpOf(x: number): number {
  const size = Math.abs(x);
  if (size < smallestNormal) return 2 ** -149;
  float[0] = size;
  word[0] &= 0x7f800000;
  const binade = float[0] > size ? float[0] / 2 : float[0];
  return binade * 2 ** -23;
}
