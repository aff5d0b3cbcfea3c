import type { FloatArray } from "../tensor/index.js";
import type { Operand, Problem } from "./problem.js";
import type { Scratch } from "./scratch.js";

// Ordinary inputs never come here. Which rows do is decided from allowed data alone, so that what a
// blocked key holds cannot change a bit.

/** True if an allowed raw score of the tile is not finite although its query and key are. */
export function hasOverflowed<D extends FloatArray>(
  { query, key, headSize }: Problem<D>,
  { raw, allowed }: Scratch<D>,
  queryStart: number,
  keyStart: number,
  count: number,
): boolean {
  for (let j = 0; j < count; j++) {
    if (Number.isFinite(raw[j]) || allowed[j] === 0) continue;
    if (
      allFinite(query, queryStart, query.column, headSize) &&
      allFinite(key, keyStart + j * key.row, key.column, headSize)
    ) {
      return true;
    }
  }
  return false;
}

/** Prepares the query of a careful row: normalized by powers of two, which are exact. */
export function normalizeQuery<D extends FloatArray>(
  { query, headSize, scale }: Problem<D>,
  { wide }: Scratch<D>,
  start: number,
): void {
  const exponent = largestExponent(query.data, start, query.column, headSize);
  const scaleExponent = exponentOf(Math.abs(scale));
  const factor = timesPowerOfTwo(scale, -scaleExponent);
  for (let d = 0; d < headSize; d++) {
    wide.query[d] = timesPowerOfTwo(query.data[start + d * query.column], -exponent) * factor;
  }
  wide.queryExponent = exponent + scaleExponent;
}

/**
 * The raw scores of a tile in float64, in units of `2^shift`. Every key is normalized by a power of
 * two of its own, so that no product or partial sum can overflow.
 */
export function carefulScores<D extends FloatArray>(
  { key, headSize }: Problem<D>,
  { wide, scores }: Scratch<D>,
  keyStart: number,
  j0: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    const start = keyStart + j * key.row;
    const exponent = largestExponent(key.data, start, key.column, headSize);
    let sum = 0;
    for (let d = 0; d < headSize; d++) {
      sum += wide.query[d] * timesPowerOfTwo(key.data[start + d * key.column], -exponent);
    }
    const total = exponent + wide.queryExponent;
    wide.exponents[j] = total + exponentOf(Math.abs(sum));
    scores[j0 + j] = timesPowerOfTwo(sum, total - wide.shift);
  }
}

/**
 * Notes the exponent of the row's maximum, should it turn out to lie beyond float64: of the largest
 * allowed score that is positive, and of the one nearest to zero that is negative.
 */
export function noteExponents<D extends FloatArray>(
  { wide, allowed, scores }: Scratch<D>,
  j0: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    if (allowed[j] === 0) continue;
    const exponent = wide.exponents[j];
    if (scores[j0 + j] > 0) wide.positive = Math.max(wide.positive, exponent);
    else wide.negative = Math.min(wide.negative, exponent);
  }
}

/**
 * Column `e` of an output that overflowed on the way: `Σ w_j·(v_j/4)`, times 4, which stays in range
 * because the weights sum to 1. A column with a NaN or infinite allowed value is left as it is.
 */
export function rescueColumn<D extends FloatArray>(
  { value }: Problem<D>,
  { scores, output, state, wide, precision }: Scratch<D>,
  valueStart: number,
  e: number,
  keyCount: number,
): void {
  const { round, exp, largest } = precision;
  let sum = 0;
  for (let j = 0; j < keyCount; j++) {
    if (scores[j] === -Infinity) continue;
    const v = value.data[valueStart + j * value.row + e * value.column];
    if (!Number.isFinite(v)) return;
    const weight = round(exp(round((scores[j] - state.m) * wide.unit)) / state.l);
    sum = round(sum + round(weight * round(v / 4)));
  }
  // An average cannot leave the range; its last rounding could.
  output[e] = Math.max(-largest, Math.min(largest, 4 * sum));
}

function allFinite(
  { data }: Operand<FloatArray>,
  start: number,
  step: number,
  count: number,
): boolean {
  for (let d = 0, at = start; d < count; d++, at += step) {
    if (!Number.isFinite(data[at])) return false;
  }
  return true;
}

/** The exponent of the largest magnitude; 0 if there is none, or one that is not finite. */
function largestExponent(data: FloatArray, start: number, step: number, count: number): number {
  let largest = 0;
  for (let d = 0, at = start; d < count; d++, at += step) {
    largest = Math.max(largest, Math.abs(data[at]));
  }
  return exponentOf(largest);
}

/** The `n` with 2ⁿ ≤ x < 2ⁿ⁺¹; 0 for 0, NaN and Infinity. */
export function exponentOf(x: number): number {
  if (!(x > 0 && x < Infinity)) return 0;
  let n = 0;
  for (; x >= 4294967296; n += 32) x /= 4294967296;
  for (; x < 1; n -= 32) x *= 4294967296;
  for (; x >= 2; n++) x /= 2;
  return n;
}

/** `x · 2ⁿ`, exact unless the result leaves the normal range. */
export function timesPowerOfTwo(x: number, n: number): number {
  if (n === 0 || x === 0 || !Number.isFinite(x)) return x;
  for (; n >= 32; n -= 32) x *= 4294967296;
  for (; n > 0; n--) x *= 2;
  for (; n <= -32; n += 32) x /= 4294967296;
  for (; n < 0; n++) x /= 2;
  return x;
}
