import { exponentOf, timesPowerOfTwo } from "../elementary/exponent.js";
import type { FloatArray } from "../tensor/index.js";
import type { Operand, Call } from "./call.js";
import type { Scratch } from "./scratch.js";

// Ordinary inputs never come here. Which rows do is decided from allowed data alone, so that what a
// blocked key holds cannot change a bit.

/** True if an allowed raw score of the tile is not finite although its query and key are. */
export function hasOverflowed<A extends FloatArray>(
  { query, key, headSize }: Call<A>,
  { raw, allowed }: Scratch<A>,
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

/**
 * The raw scores of a tile in float64, in units of `2^shift`. Where a sum leaves even that range, its
 * terms are added again in units of the largest of them.
 */
export function carefulScores<A extends FloatArray>(
  { query, key, headSize, scale }: Call<A>,
  { wide, scores }: Scratch<A>,
  queryStart: number,
  keyStart: number,
  j0: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    const start = keyStart + j * key.row;
    let sum = 0;
    for (let d = 0; d < headSize; d++) {
      sum += query.data[queryStart + d * query.column] * scale * key.data[start + d * key.column];
    }
    let exponent = 0;
    if (!Number.isFinite(sum)) {
      exponent = largestTerm(query, queryStart, key, start, headSize);
      sum = 0;
      for (let d = 0; d < headSize; d++) {
        const q = query.data[queryStart + d * query.column];
        const k = key.data[start + d * key.column];
        const term = fractionOf(q) * fractionOf(scale) * fractionOf(k);
        sum += timesPowerOfTwo(term, exponentOf(q) + exponentOf(k) - exponent);
      }
      exponent += exponentOf(scale);
    }
    // An infinite operand makes a score that no unit brings back.
    wide.exponents[j] = Number.isFinite(sum) ? exponentOf(sum) + exponent : 0;
    scores[j0 + j] = timesPowerOfTwo(sum, exponent - wide.shift);
  }
}

/** The largest exponent among the products of a query and a key. */
function largestTerm<A extends FloatArray>(
  query: Operand<A>,
  queryStart: number,
  key: Operand<A>,
  keyStart: number,
  headSize: number,
): number {
  let largest = -4096; // Below every product.
  for (let d = 0; d < headSize; d++) {
    const q = query.data[queryStart + d * query.column];
    const k = key.data[keyStart + d * key.column];
    if (q !== 0 && k !== 0) largest = Math.max(largest, exponentOf(q) + exponentOf(k));
  }
  return largest;
}

/**
 * Notes the exponent of the row's maximum, should it turn out to lie beyond float64: of the largest
 * allowed score that is positive, and of the one nearest to zero that is negative.
 */
export function noteExponents<A extends FloatArray>(
  { wide, allowed, scores }: Scratch<A>,
  j0: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    if (allowed[j] === 0) continue;
    const exponent = wide.exponents[j];
    if (exponent < 1023) continue;
    if (scores[j0 + j] > 0) wide.positive = Math.max(wide.positive, exponent);
    else wide.negative = Math.min(wide.negative, exponent);
  }
}

/**
 * Column `e` of an output that is not finite: `Σ w_j·(v_j/4)`, times 4. With finite values it stays in
 * range, because the weights sum to 1; with others it is what the final weights make of them, so that
 * it does not depend on where the tiles are or which partial sum overflowed first.
 */
export function rescueColumn<A extends FloatArray>(
  { value }: Call<A>,
  { scores, output, state, wide, precision }: Scratch<A>,
  valueStart: number,
  e: number,
  keyCount: number,
): void {
  const { round, exp, largest } = precision;
  let sum = 0;
  for (let j = 0; j < keyCount; j++) {
    if (scores[j] === -Infinity) continue;
    const v = value.data[valueStart + j * value.row + e * value.column];
    const weight = round(exp(round((scores[j] - state.m) * wide.unit)) / state.l);
    sum = round(sum + round(weight * round(v / 4)));
  }
  // An average cannot leave the range; its last rounding could.
  output[e] = Number.isFinite(sum) ? Math.max(-largest, Math.min(largest, 4 * sum)) : sum;
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

/** What is left of `x` without its power of two. */
function fractionOf(x: number): number {
  return timesPowerOfTwo(x, -exponentOf(x));
}
