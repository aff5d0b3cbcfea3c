import { tileSize } from "../elementary/tileSize.js";
import { allocate, canonicalizeNaN, type FloatArray } from "../tensor/index.js";
import {
  mergeState,
  powersSize,
  precisionOf,
  resetState,
  stateLse,
  tileMaximum,
  type SoftmaxState,
} from "./portable.js";
import type { RowsCall } from "./readRows.js";
import { softmaxReference } from "./reference.js";
import { readRow, type RowsResults } from "./rows.js";
import { computeRowsWasm } from "./wasm.js";

/** Computes all rows of a call with its engine. */
export function computeRows<A extends FloatArray>(
  call: RowsCall<A>,
  results: RowsResults<A>,
): void {
  if (call.engine === "reference") computeRowsReference(call, results);
  else if (call.engine === "wasm") computeRowsWasm(call, results);
  else computeRowsPortable(call, results);
  if (results.weights) canonicalizeNaN(results.weights.data);
  if (results.lse) canonicalizeNaN(results.lse);
}

/** Passes 4 and 6 of attention over the tiles of each row. */
function computeRowsPortable<A extends FloatArray>(
  { fn, dtype, scores, allow }: RowsCall<A>,
  { weights, lse }: RowsResults<A>,
): void {
  const { starts, length } = scores;
  const precision = precisionOf<A>(dtype);
  const { round, exp, tileExp } = precision;
  const row = allocate(fn, "x", [length], "float64") as Float64Array;
  const powers = allocate(fn, "x", [powersSize], dtype) as A;
  const state: SoftmaxState = { m: -Infinity, l: 0, keep: 0, add: 0 };
  for (let r = 0; r < starts.length; r++) {
    readRow(scores, allow, r, 0, length, row, 0);
    resetState(state);
    for (let j = 0; j < length; j += tileSize) {
      const count = Math.min(tileSize, length - j);
      const maximum = tileMaximum(row, j, count);
      if (maximum === -Infinity) continue;
      const sum = tileExp(row, j, count, maximum, 1, powers);
      mergeState(state, maximum, sum, 1, precision);
    }
    const { m, l } = state;
    if (lse) lse[r] = stateLse(m, l, precision);
    if (!weights || l === 0) continue; // Nothing allowed: the row stays zero.
    for (let j = 0, at = weights.starts[r]; j < length; j++, at += weights.step) {
      weights.data[at] = exp(round(row[j] - m)) / l;
    }
  }
}

/** The specification, row by row. */
function computeRowsReference<A extends FloatArray>(
  { fn, scores, allow }: RowsCall<A>,
  { weights, lse }: RowsResults<A>,
): void {
  const { starts, length } = scores;
  const row = allocate(fn, "x", [length], "float64");
  for (let r = 0; r < starts.length; r++) {
    readRow(scores, allow, r, 0, length, row, 0);
    const result = softmaxReference([...row]);
    if (lse) lse[r] = result.lse;
    if (!weights) continue;
    const { data, starts: to, step } = weights;
    result.weights.forEach((weight, j) => (data[to[r] + j * step] = weight));
  }
}
