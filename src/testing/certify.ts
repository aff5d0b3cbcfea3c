import { exp64 } from "../elementary/exp.js";
import type { DType, FloatArray } from "../tensor/index.js";
import { keyMatrixOf, type Sizes } from "./problem.js";

/** What arithmetic can do: `unit` is the unit roundoff, below `tiny` numbers may become 0. */
export interface Precision {
  readonly unit: number;
  readonly tiny: number;
  readonly largest: number;
}

const precisions: Readonly<Record<DType, Precision>> = {
  float32: {
    unit: 5.960464477539063e-8, // 2⁻²⁴
    tiny: 1.1754943508222875e-38, // 2⁻¹²⁶
    largest: 3.4028234663852886e38,
  },
  float64: {
    unit: 1.1102230246251565e-16, // 2⁻⁵³
    tiny: 2.2250738585072014e-308, // 2⁻¹⁰²²
    largest: Number.MAX_VALUE,
  },
};

/** The precision of a dtype, or of a coarser unit; that of float16 has float16's range. */
export function precisionOf(dtype: DType, unit?: number): Precision {
  const own = precisions[dtype];
  if (unit === undefined) return own;
  const half = unit === 0.00048828125; // 2⁻¹¹
  return { unit, tiny: half ? 6.103515625e-5 : own.tiny, largest: half ? 65504 : own.largest };
}

/** Exact stages of a problem, in float64: what a certificate is computed from. */
export interface Stages extends Sizes {
  /** `[B, H, L, S]`: `Σ|q·k|`, without the scale. */
  readonly products: Float64Array;
  /** `[B, H, L, S]`: after softcap and bias, −Infinity where blocked. */
  readonly scores: Float64Array;
  /** `[B, H, L, S]`. */
  readonly weights: Float64Array;
  /** `[B, H, L, E]`. */
  readonly output: Float64Array;
  /** `[B, H, L]`. */
  readonly lse: Float64Array;
  /** `[B, Hkv, S, E]`. */
  readonly value: FloatArray;
  readonly scale: number;
  readonly softcap: number | undefined;
  readonly biased: boolean;
  /** `[H]`. */
  readonly sinks: ArrayLike<number> | undefined;
  /** `max|q| + max|k|`. */
  readonly operands: number;
}

/** Bounds on |computed − exact|, element by element. */
export interface Bounds {
  /** `[B, H, L, E]`. */
  readonly output: Float64Array;
  /** `[B, H, L, E]`: what the sums alone can do, for weights that are what they are. */
  readonly mean: Float64Array;
  /** `[B, H, L, E]`: how far the output can leave the values; sums, and weights that do not add up to 1. */
  readonly range: Float64Array;
  /** `[B, H, L, S]`. */
  readonly weights: Float64Array;
  /** `[B, H, L]`: of the sum of a row of weights. */
  readonly sums: Float64Array;
  /** `[B, H, L]`. */
  readonly lse: Float64Array;
}

/** What is known of how a function computes. */
export interface Method {
  /** How often the running maximum may change. Default: once for each key. */
  readonly rescalings?: number | undefined;
  /** Its weights may be `exp(score − lse)` instead of a quotient, with an lse of two passes. Default `false`. */
  readonly byLse?: boolean | undefined;
}

/** The error certificate, row by row; docs/numerics.md derives it and has the letters. */
export function certify(stages: Stages, precision: Precision, method: Method = {}): Bounds {
  const { B, H, L, S, E } = stages;
  const rows = B * H * L;
  const bounds: Bounds = {
    output: new Float64Array(rows * E),
    mean: new Float64Array(rows * E),
    range: new Float64Array(rows * E),
    weights: new Float64Array(rows * S),
    sums: new Float64Array(rows),
    lse: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const errors = scoreErrors(stages, precision, row);
    // A row that may attend nothing is a matter of policy and not of rounding.
    if (errors.top === -Infinity) continue;
    const R = method.rescalings ?? errors.allowed.length;
    const powers = powerErrors(stages, precision, row, errors, R);
    const byLse = method.byLse ? normalization(stages, precision.unit, row, errors, 0) : undefined;
    boundOutput(stages, precision, row, errors, powers, R, byLse, bounds);
    boundWeights(stages, precision, row, errors, powers, R, bounds);
  }
  // Where an allowed number is not finite, nothing is certified.
  for (const bound of Object.values(bounds) as Float64Array[]) {
    bound.forEach((x, at) => Number.isNaN(x) && (bound[at] = Infinity));
  }
  return bounds;
}

/** The largest magnitude of the finite numbers. */
export function largestOf(data: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

type Errors = ReturnType<typeof scoreErrors>;
type Powers = ReturnType<typeof powerErrors>;

const gamma = (n: number, u: number): number => (n * u < 0.5 ? (n * u) / (1 - n * u) : Infinity);

/** 1. δ: how far the score of each allowed key, and the sink, can be off. */
function scoreErrors(stages: Stages, { unit: u, tiny, largest }: Precision, row: number) {
  const { H, L, S, D, scores, softcap, operands } = stages;
  const scale = Math.abs(stages.scale);
  const larger = Math.max(1, scale);
  const sink = stages.sinks?.[Math.floor(row / L) % H] ?? -Infinity;
  const sinkDelta = sink === -Infinity ? 0 : 2 * u * Math.abs(sink) + tiny;
  const lost = tiny * (1 + larger * D * (operands + 1));
  const allowed: number[] = [];
  const delta: number[] = [];
  let [top, most] = [sink, sinkDelta];
  // The scale may come on the query or the key.
  let fits = operands * larger <= largest && scale <= largest;
  if (softcap !== undefined) fits &&= softcap >= tiny && softcap <= largest / 4;
  if (sink !== -Infinity) fits &&= Math.abs(sink) <= largest / 4;
  for (let j = 0; j < S; j++) {
    const score = scores[row * S + j];
    if (score === -Infinity) continue;
    const product = stages.products[row * S + j];
    // A scale below `tiny` may be lost as well.
    let error = gamma(D + 8, u) * product * scale + lost + tiny * product;
    const size = Math.min(product * scale, softcap ?? Infinity);
    if (softcap !== undefined) error += 12 * u * size + 2 * tiny * softcap;
    if (stages.biased) error += 3 * u * (error + Math.abs(score)) + u * size + tiny;
    allowed.push(j);
    delta.push(error);
    top = Math.max(top, score);
    most = Math.max(most, error);
    fits &&= product * larger <= largest / 4 && Math.abs(score) <= largest / 4;
  }
  return { sink, sinkDelta, allowed, delta, top, most, fits };
}

/** 2. exp(η) − 1: how far each power can be off, relatively, and their mean under the weights. */
function powerErrors(
  { S, scores, weights }: Stages,
  { unit: u }: Precision,
  row: number,
  { sink, sinkDelta, allowed, delta, top, most }: Errors,
  R: number,
) {
  const eta = (score: number, error: number): number =>
    error + 3 * u * (top - score + error + most) + (8 + 9 * R) * u;
  const growth: number[] = [];
  const shares: number[] = [];
  let [rest, mean, rounding, twice, largest] = [1, 0, 0, 0, 0];
  allowed.forEach((j, n) => {
    const [score, weight] = [scores[row * S + j], weights[row * S + j]];
    const exponent = eta(score, delta[n]);
    // So far below the maximum that no error brings it back.
    const gone = weight === 0 && top - score > 2 * exponent + 800;
    shares.push(gone ? 0 : Math.max(weight, Number.MIN_VALUE));
    growth.push(gone ? 0 : grow(exponent));
    largest = Math.max(largest, gone ? 0 : exponent);
    rest -= weight;
    mean += product(shares[n], growth[n]);
    const own = exponent - delta[n];
    const once = product(shares[n], grow(own - 9 * R * u));
    // Powers that are normalized by the lse are taken for the sum, and again without a change.
    rounding += product(shares[n], grow(own)) + once;
    twice += 2 * once;
  });
  // The sink is a key whose value is 0.
  const sinkWeight = sink === -Infinity ? 0 : Math.max(0, rest);
  const sinkExponent = sink === -Infinity ? 0 : eta(sink, sinkDelta);
  const sinkGrowth = grow(sinkExponent);
  largest = Math.max(largest, sinkExponent);
  mean += product(sinkWeight, sinkGrowth);
  rounding += product(sinkWeight, sinkGrowth);
  twice += product(sinkWeight, sinkGrowth);
  // The logarithm of the mean of exp(η) is below both.
  const level = least(mean, largest);
  return { eta, growth, shares, sinkWeight, sinkGrowth, level, mean, rounding, twice };
}

/** 3. The output: powers that are off move the mean, sums round it. */
function boundOutput(
  stages: Stages,
  { unit: u, tiny, largest }: Precision,
  row: number,
  errors: Errors,
  { growth, shares, sinkWeight, sinkGrowth, mean, twice }: Powers,
  R: number,
  byLse: number | undefined,
  bounds: Bounds,
): void {
  const { S, E, output, value } = stages;
  const { sink, allowed, fits } = errors;
  const n = allowed.length;
  if (n === 0) return;
  const kv = keyMatrixOf(stages, row) * S;
  const factor = 1 + grow(mean);
  const numerator = gamma(n + 2 * R + 1, u);
  const division = gamma(n + 2 * R + 2, u);
  const normalized = byLse === undefined ? division : Math.max(division, growFar(twice + byLse));
  for (let e = 0; e < E; e++) {
    const exact = output[row * E + e];
    let moved = product(sinkWeight * Math.abs(exact), sinkGrowth);
    let [size, total] = [0, 0];
    let [low, high] = sink === -Infinity ? [Infinity, -Infinity] : [0, 0];
    allowed.forEach((j, at) => {
      const [v, weight] = [value[(kv + j) * E + e], shares[at]];
      low = Math.min(low, v);
      high = Math.max(high, v);
      total += Math.abs(v);
      moved += product(weight * Math.abs(v - exact), growth[at]);
      size += weight * Math.abs(v) + product(weight * Math.abs(v), growth[at]);
    });
    const most = Math.max(Math.abs(low), Math.abs(high));
    // Whatever the weights are, their mean stays between the values.
    const shifted = least(factor * moved, high - low);
    const summed = numerator * (1 + division) * least(factor * size, most);
    const reached = Math.abs(exact) + shifted;
    const underflow = tiny * (1 + n * (R + 3) * (1 + 2 * most));
    const inRange = fits && total <= largest / 4;
    const at = row * E + e;
    bounds.mean[at] = inRange ? summed + division * reached + underflow : Infinity;
    bounds.range[at] = inRange ? summed + normalized * reached + underflow : Infinity;
    bounds.output[at] = bounds.range[at] + shifted;
  }
}

/** 4. Weights and lse, also where one of them is computed from the other. */
function boundWeights(
  stages: Stages,
  { unit: u, tiny }: Precision,
  row: number,
  errors: Errors,
  { eta, shares, level, rounding }: Powers,
  R: number,
  bounds: Bounds,
): void {
  const { S, scores } = stages;
  const { sink, allowed, delta, fits } = errors;
  const n = allowed.length;
  const rest = normalization(stages, u, row, errors, R);
  const underflow = tiny * (R + 3);
  allowed.forEach((j, at) => {
    const exponent = eta(scores[row * S + j], delta[at]) + level + rest;
    const error = least(product(shares[at], grow(exponent)), 1) + underflow;
    bounds.weights[row * S + j] = fits ? error : Infinity;
  });
  // Errors of the scores are the same in all weights of a row; not so a sink's share.
  const spread = sink === -Infinity ? rounding : level + rounding;
  bounds.sums[row] = fits ? grow(spread + rest) + n * underflow : Infinity;
  bounds.lse[row] = fits ? level + rest : Infinity;
}

/** What rounds the sum of the powers, the division by it, or the lse in its place. */
function normalization(
  { lse }: Stages,
  u: number,
  row: number,
  { allowed, top }: Errors,
  R: number,
): number {
  const [level, above] = [lse[row], Math.abs(lse[row] - top)];
  const logarithm = u * (2 * Math.abs(level) + 2 * Math.abs(top) + 9 * above + 4);
  return gamma(allowed.length + 2 * R + 2, u) + logarithm;
}

/** An upper bound of exp(x) − 1: `2x/(2 − x)` for x < 1, and none above. */
function grow(x: number): number {
  return x < 1 ? (2 * x) / (2 - x) : Infinity;
}

/** The same above 1 as well: a large bound still says that NaN is wrong. */
function growFar(x: number): number {
  return x < 1 ? grow(x) : 1.01 * exp64(x);
}

/** A product in which 0 wins over Infinity. */
function product(a: number, b: number): number {
  return a === 0 ? 0 : a * b;
}

/** The smaller one; the second if the first is NaN. */
function least(a: number, b: number): number {
  return a <= b ? a : b;
}
