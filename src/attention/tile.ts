import { timesPowerOfTwo } from "../elementary/exponent.js";
import { coverage, type Coverage } from "../masks/index.js";
import { mergeState, tileMaximum } from "../softmax/index.js";
import type { FloatArray } from "../tensor/index.js";
import type { Call } from "./call.js";
import type { Scratch } from "./scratch.js";

// What is done with a tile of keys in every row, whether its scores stay in range or not.

/** One query row: its numbers, and where its matrices start. */
export interface RowPlace {
  b: number;
  h: number;
  i: number;
  /** Past `queryLengths`: zero, and not an empty row. */
  padded: boolean;
  /** `(b·H + h)·L + i`. */
  row: number;
  queryStart: number;
  keyStart: number;
  valueStart: number;
  /** Keys of this batch entry. */
  keyCount: number;
}

/** Leaves in `allowed` which keys of the tile the row may attend, biases aside. */
export function allowTile<A extends FloatArray>(
  { mask, biases }: Call<A>,
  { allowed }: Scratch<A>,
  { b, h, i, keyCount }: RowPlace,
  j0: number,
  count: number,
): Coverage {
  const real = Math.max(0, Math.min(count, keyCount - j0));
  const seen =
    real === 0 ? coverage.none : mask ? mask.coverage(b, h, i, i + 1, j0, j0 + real) : coverage.all;
  allowed.fill(seen === coverage.none ? 0 : 1, 0, real);
  allowed.fill(0, real, count);
  if (seen === coverage.some) mask!.narrow(b, h, i, j0, j0 + real, allowed);
  // A bias may block any pair, and a trace sees past the last key.
  if (seen === coverage.all && (real < count || biases.length > 0)) return coverage.some;
  return seen;
}

/** Keeps the scores of a tile, which are in units of `2^shift`, for a trace. */
export function keepStage<A extends FloatArray>(
  stage: A | undefined,
  at: number,
  { scores }: Scratch<A>,
  j0: number,
  count: number,
  shift: number,
): void {
  if (!stage) return;
  for (let j = 0; j < count; j++) stage[at + j] = timesPowerOfTwo(scores[j0 + j], shift);
}

/** The end of pass 3: the scores of blocked keys become −Infinity, whatever they were. */
export function blockScores<A extends FloatArray>(
  { scores, allowed }: Scratch<A>,
  j0: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) if (allowed[j] === 0) scores[j0 + j] = -Infinity;
}

/**
 * Passes 4 to 6 of a tile with masked scores: its softmax, its output, and their merge into the row.
 * Scores are in units of `unit`.
 */
export function mergeTile<A extends FloatArray>(
  call: Call<A>,
  scratch: Scratch<A>,
  { valueStart }: RowPlace,
  j0: number,
  count: number,
  unit: number,
): void {
  const { valueSize, value } = call;
  const { precision, scores, powers, tileOutput, output, state } = scratch;
  // 4. The softmax of the tile by itself.
  const maximum = tileMaximum(scores, j0, count);
  if (maximum === -Infinity) return;
  const sum = precision.tileExp(scores, j0, count, maximum, unit, powers);
  // 5. Its output: Σ p·v over the keys that take part, ascending.
  sumValues(call, scratch, valueStart + j0 * value.row, j0, count);
  // 6. Merge it into the row. Each store rounds to the precision of the call.
  mergeState(state, maximum, sum, unit, precision);
  for (let e = 0; e < valueSize; e++) {
    output[e] = output[e] * state.keep;
    tileOutput[e] = tileOutput[e] * state.add;
    output[e] = output[e] + tileOutput[e];
  }
}

/** The tile's output. A key without a share is not read: 0 times NaN would spoil the row. */
function sumValues<A extends FloatArray>(
  { value, valueSize }: Call<A>,
  { scores, powers, tileOutput, matmul }: Scratch<A>,
  valueStart: number,
  j0: number,
  count: number,
): void {
  let started = false;
  for (let j = 0; j < count;) {
    if (scores[j0 + j] === -Infinity) {
      j++;
      continue;
    }
    let end = j + 1;
    while (end < count && scores[j0 + end] !== -Infinity) end++;
    // prettier-ignore
    matmul(
      powers, j, 0, 1,
      value.data, valueStart + j * value.row, value.row, value.column,
      tileOutput, 0, 0, 1,
      1, end - j, valueSize, started,
    );
    started = true;
    j = end;
  }
}

/** Pass 7: the sink, a logit without a value, in units of `unit`. */
export function mergeSink<A extends FloatArray>(
  { valueSize }: Call<A>,
  { output, state, precision }: Scratch<A>,
  sink: number,
  unit: number,
): void {
  mergeState(state, sink, 1, unit, precision);
  for (let e = 0; e < valueSize; e++) output[e] = output[e] * state.keep;
}
