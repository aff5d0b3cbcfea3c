import { exp64, log64 } from "../elementary/portable.js";
import {
  checkShape,
  describe,
  numberError,
  rangeError,
  sizeOf,
  typeError,
} from "../tensor/index.js";
import type { RelativeBuckets, RelativeOptions } from "./relativeOptions.js";
import type { Place, ScoreShape } from "./types.js";

/** The row of the table for a query that stands at key `position`, and key `j`. */
type RowOf = (position: number, j: number) => number;

/** Checks what says which row of a table a pair has. `offsets` are those of the alignment. */
export function readRelativeRows(
  { buckets, grid }: RelativeOptions,
  rows: number,
  shape: ScoreShape,
  offsets: Float64Array,
  place: Place,
): RowOf {
  if (buckets !== undefined && grid !== undefined) {
    const argument = `${place.argument} (biases.relative)`;
    throw typeError(place.fn, argument, "either `buckets` or `grid`", "both");
  }
  if (buckets !== undefined) return bucketRows(buckets, rows, place);
  if (grid !== undefined) return gridRows(grid, rows, shape, offsets, place);
  return clippedRows(rows, place);
}

function clippedRows(rows: number, { fn, argument }: Place): RowOf {
  if (rows % 2 === 0) {
    const expected = "an odd number of rows, 2R + 1 for the distances -R to R";
    throw rangeError(fn, `${argument} (biases.relative)`, expected, String(rows));
  }
  const farthest = (rows - 1) / 2;
  return (position, j) => farthest + clip(j - position, farthest);
}

function clip(distance: number, farthest: number): number {
  return Math.max(-farthest, Math.min(farthest, distance));
}

const mostDistance = 1048576;

function bucketRows(
  { bidirectional, maxDistance = 128 }: RelativeBuckets,
  rows: number,
  { fn, argument }: Place,
): RowOf {
  if (typeof bidirectional !== "boolean") {
    throw typeError(
      fn,
      `${argument} (buckets.bidirectional of biases.relative)`,
      "true or false",
      describe(bidirectional),
      "true gives keys after the query buckets of their own (T5's encoder), false the bucket of distance 0 (its decoder)",
    );
  }
  const count = bidirectional ? rows / 2 : rows;
  if (!(Number.isInteger(count) && count >= 2)) {
    const expected = `${bidirectional ? "an even number of buckets, at least 4" : "at least 2 buckets"}, the rows of the table`;
    throw rangeError(fn, `${argument} (biases.relative)`, expected, String(rows));
  }
  const exact = Math.floor(count / 2);
  if (!(Number.isInteger(maxDistance) && maxDistance > exact && maxDistance <= mostDistance)) {
    const expected = `an integer from ${exact + 1} to ${mostDistance}`;
    const place = `${argument} (buckets.maxDistance of biases.relative)`;
    throw numberError(fn, place, expected, maxDistance);
  }
  const growth = log64(maxDistance / exact) / (count - exact);
  // The first distance of a bucket. T5 rounds exact + log(distance / exact) / growth down; where that is an
  // integer, a rounding error must not put the distance into the bucket before, hence the factor.
  const first = (bucket: number): number =>
    bucket <= exact ? bucket : exact * exp64(growth * (bucket - exact)) * (1 - 1e-12);
  // The row of each distance from −maxDistance to maxDistance.
  const byDistance = new Int32Array(2 * maxDistance + 1);
  for (let distance = 0, bucket = 0, next = first(1); distance <= maxDistance; distance++) {
    while (distance >= next && bucket < count - 1) next = first(++bucket + 1);
    byDistance[maxDistance + distance] = bidirectional ? count + bucket : 0;
    byDistance[maxDistance - distance] = bucket;
  }
  return (position, j) => byDistance[maxDistance + clip(j - position, maxDistance)];
}

function gridRows(
  grid: readonly number[],
  rows: number,
  { keys, queries, queryCounts }: ScoreShape,
  offsets: Float64Array,
  { fn, argument }: Place,
): RowOf {
  checkShape(fn, `${argument} (grid of biases.relative)`, grid);
  const rule = `${argument} (biases.relative)`;
  const cells = sizeOf(grid);
  const spans = grid.map((n) => 2 * n - 1);
  if (cells !== keys || sizeOf(spans) !== rows) {
    throw rangeError(
      fn,
      rule,
      `a grid of S = ${keys} cells and a table of ${grid.map((n) => `(2·${n} - 1)`).join("·")} = ${sizeOf(spans)} rows`,
      `${cells} cells and ${rows} rows`,
    );
  }
  offsets.forEach((offset, b) => {
    const last = offset + (queryCounts?.[b] ?? queries) - 1;
    if (last < offset || (offset >= 0 && last < cells)) return;
    const expected = `queries that stand at the cells 0 to ${cells - 1}`;
    throw rangeError(fn, rule, expected, `queries at ${offset} to ${last}`);
  });
  // The row is Σ (query's coordinate − key's coordinate + length − 1)·step: a difference of two numbers.
  const steps = spans.map((_, axis) => sizeOf(spans.slice(axis + 1)));
  const middle = (rows - 1) / 2;
  const places = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    for (let axis = grid.length - 1, rest = cell; axis >= 0; axis--) {
      places[cell] += (rest % grid[axis]) * steps[axis];
      rest = Math.floor(rest / grid[axis]);
    }
  }
  // A padded query, which a trace shows too, may stand beyond the last cell.
  return (position, j) => middle + places[Math.max(0, Math.min(position, cells - 1))] - places[j];
}
