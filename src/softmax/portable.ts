import { exp32, exp64, log32, log64 } from "../elementary/portable.js";
import { tileSize } from "../elementary/tileSize.js";
import { pick, type DType, type FloatArray } from "../tensor/index.js";

/** A tile's sum has this many virtual lanes, added in halves: an order that SIMD code can follow. */
const lanes = 16;

/** Room for the powers of a tile and, behind them, the lanes of their sum. */
export const powersSize = tileSize + lanes;

/** The largest of `count` scores; NaN if there is one, −Infinity if nothing is allowed. */
export function tileMaximum(scores: Float64Array, at: number, count: number): number {
  let maximum = -Infinity;
  for (let j = at; j < at + count; j++) maximum = Math.max(maximum, scores[j]);
  return maximum;
}

/**
 * `powers[j] = exp((scores[j] − maximum)·unit)` for one tile, and their sum. `powers` has room for
 * the tile and its lanes. A score of −Infinity gives exactly 0. `unit` is 1 but for scores beyond
 * the float64 range.
 */
export type TileExp<A extends FloatArray> = (
  scores: Float64Array,
  at: number,
  count: number,
  maximum: number,
  unit: number,
  powers: A,
) => number;

/** {@link TileExp} in float32. Scores are float32 numbers, so that one `fround` is one rounding. */
export const tileExp32: TileExp<Float32Array> = (scores, at, count, maximum, unit, powers) => {
  for (let j = 0; j < count; j++) {
    powers[j] = exp32(Math.fround((scores[at + j] - maximum) * unit));
  }
  return laneSum(powers, count);
};

/** {@link TileExp} in float64. */
export const tileExp64: TileExp<Float64Array> = (scores, at, count, maximum, unit, powers) => {
  for (let j = 0; j < count; j++) powers[j] = exp64((scores[at + j] - maximum) * unit);
  return laneSum(powers, count);
};

/**
 * Adds a tile's powers in lanes `j mod 16`, each ascending, then in halves. Storing into `powers`
 * rounds to its precision; for one addition of two float32 that equals a float32 addition.
 */
function laneSum(powers: FloatArray, count: number): number {
  // Adding the zeros that a short tile leaves out would change nothing.
  const width = count > lanes ? tileSize : lanes;
  for (let j = count; j < width; j++) powers[j] = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const at = tileSize + lane;
    powers[at] = powers[lane];
    for (let j = lane + lanes; j < width; j += lanes) powers[at] = powers[at] + powers[j];
  }
  for (let width = lanes / 2; width >= 1; width /= 2) {
    for (let at = tileSize; at < tileSize + width; at++)
      powers[at] = powers[at] + powers[at + width];
  }
  return powers[tileSize];
}

/** The scalar arithmetic of a precision. */
export interface Arithmetic {
  /** Rounds a float64 to the precision. */
  round: (x: number) => number;
  exp: (x: number) => number;
  log: (x: number) => number;
  /** The largest finite number. */
  largest: number;
}

/** What a precision contributes to the passes: everything else is the same code for both. */
export interface Precision<A extends FloatArray> extends Arithmetic {
  tileExp: TileExp<A>;
}

/** float32: every operation rounds. */
const precision32: Precision<Float32Array> = {
  round: Math.fround,
  exp: exp32,
  log: log32,
  largest: 3.4028234663852886e38,
  tileExp: tileExp32,
};

/** float64: JavaScript's own numbers. */
const precision64: Precision<Float64Array> = {
  round: (x) => x,
  exp: exp64,
  log: log64,
  largest: Number.MAX_VALUE,
  tileExp: tileExp64,
};

/** The {@link Precision} of a call. */
export function precisionOf<A extends FloatArray>(dtype: DType): Precision<A> {
  return pick<Precision<A>>(dtype, precision32, precision64);
}

/**
 * The state of the keys seen so far: their maximum score `m` and the sum `l` of exp(score − m). The
 * weights with which an earlier state and the newest tile enter are left in `keep` and `add`.
 */
export interface SoftmaxState {
  m: number;
  l: number;
  keep: number;
  add: number;
}

/** The state before any key. */
export function resetState(state: SoftmaxState): void {
  state.m = -Infinity;
  state.l = 0;
}

/** Merges a tile (or any disjoint set of keys) with maximum `m` and sum `l` into the state. */
export function mergeState(
  state: SoftmaxState,
  m: number,
  l: number,
  unit: number,
  { round, exp }: Arithmetic,
): void {
  const maximum = Math.max(state.m, m);
  state.keep = exp(round((state.m - maximum) * unit));
  state.add = exp(round((m - maximum) * unit));
  state.l = round(round(state.l * state.keep) + round(l * state.add));
  state.m = maximum;
}

/** The natural logarithm of the sum of exp(score): −Infinity if there was none. */
export function stateLse(m: number, l: number, { round, log }: Arithmetic): number {
  return l === 0 ? -Infinity : round(m + log(l));
}
