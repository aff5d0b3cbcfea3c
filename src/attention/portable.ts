import { timesPowerOfTwo } from "../elementary/exponent.js";
import { tileSize } from "../elementary/tileSize.js";
import { coverage } from "../masks/index.js";
import { resetState, stateLse } from "../softmax/index.js";
import { canonicalizeNaN, type FloatArray } from "../tensor/index.js";
import type { Call } from "./call.js";
import { attendOverflow, hasOverflowed, rescueColumn } from "./overflow.js";
import type { Results, Stages } from "./results.js";
import type { Scratch } from "./scratch.js";
import { allowTile, blockScores, keepStage, mergeSink, mergeTile, type RowPlace } from "./tile.js";

/**
 * Computes rows `from … to − 1` of B·H·L, keys in tiles of 64, in the memory of `scratch`. No row depends
 * on another.
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
      const { stages } = results;
      if (!attendRow(call, stages, scratch, place)) attendOverflow(call, stages, scratch, place);
      const empty = scratch.state.l === 0 && !padded;
      if (empty && firstEmpty < 0) firstEmpty = row;
      writeRow(call, results, scratch, place, empty && call.emptyRow === "nan" ? NaN : 0);
    }
  }
  return firstEmpty;
}

/**
 * Leaves the softmax state and the unnormalized output of a row in the scratch.
 *
 * @returns false if a score overflowed: the row has to be computed in a wider range.
 */
function attendRow<A extends FloatArray>(
  call: Call<A>,
  stages: Stages<A> | undefined,
  scratch: Scratch<A>,
  place: RowPlace,
): boolean {
  const { keys, headSize, query, key, scale, softcap, biases, sinks } = call;
  const { matmul, raw, scores, allowed, bias, overflow, tanh, precision } = scratch;
  const { round } = precision;
  const { b, h, i, queryStart, keyCount } = place;
  resetState(scratch.state);
  scratch.output.fill(0);
  overflow.shift = 0;
  overflow.unit = 1;
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
    // prettier-ignore
    matmul(
      scratch.query, 0, 0, 1,
      key.data, keyStart, key.column, key.row,
      raw, 0, 0, 1,
      1, headSize, count, false,
    );
    for (let j = 0; j < count; j++) scores[j0 + j] = raw[j];
    const at = place.row * keys + j0;
    keepStage(stages?.scores, at, scratch, j0, count, 0);
    // 3. Softcap, bias and mask.
    if (softcap !== undefined) {
      for (let j = j0; j < j0 + count; j++) {
        scores[j] = round(softcap * tanh(round(scores[j] / softcap)));
      }
      keepStage(stages?.capped, at, scratch, j0, count, 0);
    }
    for (const part of biases) {
      part.read(b, h, i, j0, j0 + count, bias);
      for (let j = 0; j < count; j++) {
        if (bias[j] === -Infinity) allowed[j] = 0;
        scores[j0 + j] = round(scores[j0 + j] + bias[j]);
      }
    }
    keepStage(stages?.biased, at, scratch, j0, count, 0);
    if (seen !== coverage.all) blockScores(scratch, j0, count);
    keepStage(stages?.masked, at, scratch, j0, count, 0);
    // Decided when the masks and biases have said which keys count.
    if (hasOverflowed(call, scratch, queryStart, keyStart, count)) return false;
    // 4. Softmax of the tile, 5. its output, 6. their merge into the row.
    mergeTile(call, scratch, place, j0, count, 1);
  }
  // 7. The sink comes last.
  const sink = place.padded ? -Infinity : (sinks?.[h] ?? -Infinity);
  if (sink !== -Infinity) mergeSink(call, scratch, sink, 1);
  return true;
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
  const { output, scores, state, overflow, precision } = scratch;
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
    lse[row] = stateLse(timesPowerOfTwo(m, overflow.shift), l, precision);
    canonicalizeNaN(lse, row, 1);
  }
  if (!weights) return;
  const at = row * keys;
  if (l === 0 || Number.isNaN(l)) {
    weights.fill(l === 0 ? blank : NaN, at, at + keys);
  } else {
    const { round, exp } = precision;
    for (let j = 0; j < keyCount; j++) {
      weights[at + j] = exp(round((scores[j] - m) * overflow.unit)) / l;
    }
  }
  canonicalizeNaN(weights, at, keys);
}
