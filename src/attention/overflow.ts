import { exponentOf, timesPowerOfTwo } from "../elementary/exponent.js";
import { tanh64 } from "../elementary/portable.js";
import { tileSize } from "../elementary/tileSize.js";
import { coverage } from "../masks/index.js";
import { resetState } from "../softmax/index.js";
import type { FloatArray } from "../tensor/index.js";
import type { Call, Operand } from "./call.js";
import type { Stages } from "./results.js";
import type { Scratch } from "./scratch.js";
import { allowTile, blockScores, keepStage, mergeSink, mergeTile, type RowPlace } from "./tile.js";

// The overflow fallback: rows whose scores or outputs leave the range of their precision. Ordinary inputs
// never come here. Which rows do is decided from allowed data alone, so that what a blocked key holds
// cannot change a bit.

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
 * A row whose scores overflow: in float64, and where the maximum lies beyond float64, once more in units
 * of its power of two. Leaves the softmax state and the unnormalized output in the scratch.
 */
export function attendOverflow<A extends FloatArray>(
  call: Call<A>,
  stages: Stages<A> | undefined,
  scratch: Scratch<A>,
  place: RowPlace,
): void {
  const { overflow, state } = scratch;
  overflow.positive = -Infinity;
  overflow.negative = Infinity;
  attendWide(call, stages, scratch, place);
  if (Math.abs(state.m) !== Infinity || call.softcap !== undefined) return;
  const shift = state.m > 0 ? overflow.positive : overflow.negative;
  if (!(shift >= 1023 && shift < Infinity)) return;
  overflow.shift = shift;
  overflow.unit = timesPowerOfTwo(1, Math.min(1023, shift));
  attendWide(call, stages, scratch, place);
}

/**
 * The passes of `attendRow` with scores in float64, in units of `2^shift`. They are rounded to the
 * precision of the call once, as differences from the maximum.
 */
function attendWide<A extends FloatArray>(
  call: Call<A>,
  stages: Stages<A> | undefined,
  scratch: Scratch<A>,
  place: RowPlace,
): void {
  const { keys, key, softcap, biases, sinks } = call;
  const { scores, allowed, bias, overflow } = scratch;
  const { shift, unit } = overflow;
  const { b, h, i, keyCount } = place;
  resetState(scratch.state);
  scratch.output.fill(0);
  const end = stages ? keys : keyCount;
  for (let j0 = 0; j0 < end; j0 += tileSize) {
    const count = Math.min(tileSize, end - j0);
    const seen = allowTile(call, scratch, place, j0, count);
    if (seen === coverage.none && !stages) {
      scores.fill(-Infinity, j0, j0 + count);
      continue;
    }
    // 1. Scale the query, 2. scores of the tile.
    wideScores(call, scratch, place.queryStart, place.keyStart + j0 * key.row, j0, count);
    const at = place.row * keys + j0;
    keepStage(stages?.scores, at, scratch, j0, count, shift);
    // 3. Softcap, bias and mask.
    if (softcap !== undefined) {
      for (let j = j0; j < j0 + count; j++) scores[j] = softcap * tanh64(scores[j] / softcap);
      keepStage(stages?.capped, at, scratch, j0, count, shift);
    }
    for (const part of biases) {
      part.read(b, h, i, j0, j0 + count, bias);
      for (let j = 0; j < count; j++) {
        if (bias[j] === -Infinity) allowed[j] = 0;
        scores[j0 + j] = scores[j0 + j] + timesPowerOfTwo(bias[j], -shift);
      }
    }
    keepStage(stages?.biased, at, scratch, j0, count, shift);
    if (seen !== coverage.all) blockScores(scratch, j0, count);
    keepStage(stages?.masked, at, scratch, j0, count, shift);
    noteExponents(scratch, j0, count);
    // 4. Softmax of the tile, 5. its output, 6. their merge into the row.
    mergeTile(call, scratch, place, j0, count, unit);
  }
  // 7. The sink comes last.
  const sink = place.padded ? -Infinity : (sinks?.[h] ?? -Infinity);
  if (sink !== -Infinity) mergeSink(call, scratch, timesPowerOfTwo(sink, -shift), unit);
}

/**
 * The raw scores of a tile in float64, in units of `2^shift`. Where a sum leaves even that range, its
 * terms are added again in units of the largest of them.
 */
function wideScores<A extends FloatArray>(
  { query, key, headSize, scale }: Call<A>,
  { overflow, scores }: Scratch<A>,
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
    overflow.exponents[j] = Number.isFinite(sum) ? exponentOf(sum) + exponent : 0;
    scores[j0 + j] = timesPowerOfTwo(sum, exponent - overflow.shift);
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
function noteExponents<A extends FloatArray>(
  { overflow, allowed, scores }: Scratch<A>,
  j0: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    if (allowed[j] === 0) continue;
    const exponent = overflow.exponents[j];
    if (exponent < 1023) continue;
    if (scores[j0 + j] > 0) overflow.positive = Math.max(overflow.positive, exponent);
    else overflow.negative = Math.min(overflow.negative, exponent);
  }
}

/**
 * Column `e` of an output that is not finite: `Σ w_j·(v_j/4)`, times 4. With finite values it stays in
 * range, because the weights sum to 1; with others it is what the final weights make of them, so that
 * it does not depend on where the tiles are or which partial sum overflowed first.
 */
export function rescueColumn<A extends FloatArray>(
  { value }: Call<A>,
  { scores, output, state, overflow, precision }: Scratch<A>,
  valueStart: number,
  e: number,
  keyCount: number,
): void {
  const { round, exp, largest } = precision;
  let sum = 0;
  for (let j = 0; j < keyCount; j++) {
    if (scores[j] === -Infinity) continue;
    const v = value.data[valueStart + j * value.row + e * value.column];
    const weight = round(exp(round((scores[j] - state.m) * overflow.unit)) / state.l);
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
