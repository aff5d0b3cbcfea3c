import { timesPowerOfTwo } from "../elementary/exponent.js";
import { tanh64 } from "../elementary/portable.js";
import { coverage, type Coverage } from "../masks/index.js";
import { mergeState, resetState, stateLse, tileMaximum, tileSize } from "../softmax/index.js";
import { canonicalizeNaN, type FloatArray } from "../tensor/index.js";
import { carefulScores, hasOverflowed, noteExponents, rescueColumn } from "./careful.js";
import type { Operand, Call } from "./call.js";
import type { Scratch } from "./scratch.js";

/** Where the results go. Absent ones are not kept; keeping one changes no bit of another. */
export interface Results<A extends FloatArray> {
  output: Operand<A>;
  /** `[B·H·L]`. */
  lse?: A;
  /** `[B·H·L·S]`, zeros. */
  weights?: A;
  /** Each `[B·H·L·S]`; a stage whose option is absent is not kept apart. */
  stages?: { scores: A; capped?: A; biased?: A; masked?: A };
}

/** One query row: its numbers, and where its matrices start. */
interface RowPlace {
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

/**
 * Computes rows `from … to − 1` of B·H·L, keys in tiles of 64, with O(S) memory beside the results. No
 * row depends on another.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attendPortable<A extends FloatArray>(
  call: Call<A>,
  results: Results<A>,
  scratch: Scratch<A>,
  from: number,
  to: number,
): number {
  const { heads, kvHeads, queries, keys, query, key, value, queryCounts } = call;
  let firstEmpty = -1;
  for (let row = from; row < to;) {
    const matrix = Math.floor(row / queries);
    const b = Math.floor(matrix / heads);
    const h = matrix % heads;
    const kv = b * kvHeads + Math.floor((h * kvHeads) / heads);
    const end = Math.min(to, (matrix + 1) * queries);
    for (let i = row - matrix * queries; row < end; i++, row++) {
      const padded = i >= (queryCounts?.[b] ?? queries);
      const keyCount = padded ? 0 : (call.keyCounts?.[b] ?? keys);
      const queryStart = query.starts[matrix] + i * query.row;
      const [keyStart, valueStart] = [key.starts[kv], value.starts[kv]];
      const place = { b, h, i, padded, row, queryStart, keyStart, valueStart, keyCount };
      attendRow(call, results.stages, scratch, place);
      const empty = scratch.state.l === 0 && !padded;
      if (empty && firstEmpty < 0) firstEmpty = row;
      writeRow(call, results, scratch, place, empty && call.emptyRow === "nan" ? NaN : 0);
    }
  }
  return firstEmpty;
}

/** Walks a row; where its scores overflow, again in float64, and if need be in larger units. */
function attendRow<A extends FloatArray>(
  call: Call<A>,
  stages: Results<A>["stages"],
  scratch: Scratch<A>,
  place: RowPlace,
): void {
  const { wide, state } = scratch;
  wide.shift = 0;
  wide.unit = 1;
  if (walkTiles(call, stages, scratch, place, false)) return;
  wide.positive = -Infinity;
  wide.negative = Infinity;
  walkTiles(call, stages, scratch, place, true);
  if (Math.abs(state.m) !== Infinity || call.softcap !== undefined) return;
  // The maximum lies beyond float64: once more, in units of its power of two.
  const shift = state.m > 0 ? wide.positive : wide.negative;
  if (!(shift >= 1023 && shift < Infinity)) return;
  wide.shift = shift;
  wide.unit = timesPowerOfTwo(1, Math.min(1023, shift));
  walkTiles(call, stages, scratch, place, true);
}

/**
 * Leaves the softmax state and the unnormalized output of a row in the scratch.
 *
 * @returns false if a score overflowed and the row has to be walked carefully.
 */
function walkTiles<A extends FloatArray>(
  call: Call<A>,
  stages: Results<A>["stages"],
  scratch: Scratch<A>,
  place: RowPlace,
  careful: boolean,
): boolean {
  const { keys, headSize, valueSize, query, key, value, scale } = call;
  const { precision, matmul, raw, scores, powers, tileOutput, output, state, wide } = scratch;
  const { h, queryStart, keyCount } = place;
  resetState(state);
  output.fill(0);
  // 1. Scale the query: products stay in range that would overflow unscaled.
  for (let d = 0; d < headSize; d++) {
    scratch.query[d] = query.data[queryStart + d * query.column] * scale;
  }
  // A trace shows blocked pairs too, so that it also walks what is skipped here.
  const end = stages ? keys : keyCount;
  for (let j0 = 0; j0 < end; j0 += tileSize) {
    const count = Math.min(tileSize, end - j0);
    const seen = allowTile(call, scratch, place, j0, count);
    if (seen === coverage.none && !stages) {
      scores.fill(-Infinity, j0, j0 + count);
      continue;
    }
    // 2. Scores of the tile: q·k, features ascending.
    const keyStart = place.keyStart + j0 * key.row;
    if (careful) {
      carefulScores(call, scratch, queryStart, keyStart, j0, count);
    } else {
      // prettier-ignore
      matmul(
        scratch.query, 0, 0, 1,
        key.data, keyStart, key.column, key.row,
        raw, 0, 0, 1,
        1, headSize, count, false,
      );
      for (let j = 0; j < count; j++) scores[j0 + j] = raw[j];
    }
    // 3. Softcap, bias and mask.
    finishScores(call, stages, scratch, place, j0, count, seen, careful);
    if (careful) noteExponents(scratch, j0, count);
    else if (hasOverflowed(call, scratch, queryStart, keyStart, count)) return false;
    // 4. The softmax of the tile by itself.
    const maximum = tileMaximum(scores, j0, count);
    if (maximum === -Infinity) continue;
    const sum = precision.tileExp(scores, j0, count, maximum, wide.unit, powers);
    // 5. Its output: Σ p·v over the keys that take part, ascending.
    sumValues(call, scratch, place.valueStart + j0 * value.row, j0, count);
    // 6. Merge it into the row. Each store rounds to the precision of the call.
    mergeState(state, maximum, sum, wide.unit, precision);
    for (let e = 0; e < valueSize; e++) {
      output[e] = output[e] * state.keep;
      tileOutput[e] = tileOutput[e] * state.add;
      output[e] = output[e] + tileOutput[e];
    }
  }
  // 7. The sink comes last: a logit without a value.
  const sink = place.padded ? -Infinity : (call.sinks?.[h] ?? -Infinity);
  if (sink === -Infinity) return true;
  mergeState(state, timesPowerOfTwo(sink, -wide.shift), 1, wide.unit, precision);
  for (let e = 0; e < valueSize; e++) output[e] = output[e] * state.keep;
  return true;
}

/** Leaves in `allowed` which keys of the tile the row may attend, biases aside. */
function allowTile<A extends FloatArray>(
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

/** Turns the raw scores of a tile into masked ones, and keeps the stages on the way. */
function finishScores<A extends FloatArray>(
  { softcap, biases, keys }: Call<A>,
  stages: Results<A>["stages"],
  scratch: Scratch<A>,
  { b, h, i, row }: RowPlace,
  j0: number,
  count: number,
  seen: Coverage,
  careful: boolean,
): void {
  const { scores, allowed, bias, wide, precision } = scratch;
  const { shift } = wide;
  const at = row * keys + j0;
  // Careful scores stay in float64: they are rounded once, as a difference from the maximum.
  const round = careful ? (x: number): number => x : precision.round;
  const tanh = careful ? tanh64 : scratch.tanh;
  keep(stages?.scores, at, scores, j0, count, shift);
  if (softcap !== undefined) {
    for (let j = j0; j < j0 + count; j++) {
      scores[j] = round(softcap * tanh(round(scores[j] / softcap)));
    }
    keep(stages?.capped, at, scores, j0, count, shift);
  }
  for (const part of biases) {
    part.read(b, h, i, j0, j0 + count, bias);
    for (let j = 0; j < count; j++) {
      if (bias[j] === -Infinity) allowed[j] = 0;
      scores[j0 + j] = round(scores[j0 + j] + timesPowerOfTwo(bias[j], -shift));
    }
  }
  if (biases.length > 0) keep(stages?.biased, at, scores, j0, count, shift);
  if (seen !== coverage.all) {
    for (let j = 0; j < count; j++) if (allowed[j] === 0) scores[j0 + j] = -Infinity;
  }
  keep(stages?.masked, at, scores, j0, count, shift);
}

function keep(
  stage: FloatArray | undefined,
  at: number,
  scores: Float64Array,
  j0: number,
  count: number,
  shift: number,
): void {
  if (!stage) return;
  for (let j = 0; j < count; j++) stage[at + j] = timesPowerOfTwo(scores[j0 + j], shift);
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

/** Divides by the sum and writes everything that was asked for; `blank` is what an empty row holds. */
function writeRow<A extends FloatArray>(
  call: Call<A>,
  { output: target, lse, weights }: Results<A>,
  scratch: Scratch<A>,
  place: RowPlace,
  blank: number,
): void {
  const { heads, keys, valueSize } = call;
  const { output, scores, state, wide, precision } = scratch;
  const { b, h, i, row, keyCount } = place;
  const { m, l } = state;
  let finite = true;
  // Two loops: V8 makes an object of every number that may also be `blank`.
  if (l === 0) {
    output.fill(blank);
    finite = blank === 0;
  } else {
    for (let e = 0; e < valueSize; e++) {
      output[e] = output[e] / l;
      finite &&= Number.isFinite(output[e]);
    }
  }
  if (!finite && Number.isFinite(l)) {
    for (let e = 0; e < valueSize; e++) {
      if (Number.isFinite(output[e]) || l === 0) continue;
      rescueColumn(call, scratch, place.valueStart, e, keyCount);
    }
  }
  const start = target.starts[b * heads + h] + i * target.row;
  for (let e = 0; e < valueSize; e++) target.data[start + e * target.column] = output[e];
  if (!finite) canonicalizeNaN(target.data, start, valueSize, target.column);
  if (lse) {
    lse[row] = stateLse(timesPowerOfTwo(m, wide.shift), l, precision);
    canonicalizeNaN(lse, row, 1);
  }
  if (!weights) return;
  const at = row * keys;
  if (l === 0 || Number.isNaN(l)) {
    weights.fill(l === 0 ? blank : NaN, at, at + keys);
  } else {
    const { round, exp } = precision;
    for (let j = 0; j < keyCount; j++) {
      weights[at + j] = exp(round((scores[j] - m) * wide.unit)) / l;
    }
  }
  canonicalizeNaN(weights, at, keys);
}
