import type { CallOptions, Supports } from "../../src/testing/index.js";
import type { FloatArray, Tensor } from "../../src/tensor/types.js";

/** The steps of the function below that a test may replace, each by one of its own. */
export interface Steps {
  /** Which pairs are allowed, before the lengths. */
  sees: (pair: Pair, options: CallOptions) => boolean;
  /** The score of an allowed pair from the dot product. */
  score: (dot: number, pair: Pair, options: CallOptions) => number;
  /** The score of a blocked pair. */
  blocked: (score: number, options: CallOptions) => number;
  /** The key/value head of a query head. */
  headOf: (h: number, sizes: Sizes) => number;
  /** The value that weight `j` meets. */
  valueAt: (j: number, S: number) => number;
  /** Weights from the scores of a row. */
  softmax: (scores: number[], sink: number, row: Row) => { weights: number[]; lse: number };
  /** The order in which keys are added up. */
  order: (S: number) => number[];
  /** What the caller gets. */
  finish: (result: Computed, options: CallOptions) => unknown;
  /** Query, key and value as they are used. */
  inputs: (query: number[][], key: number[][], value: number[][], sizes: Sizes) => void;
}

export interface Sizes {
  B: number;
  H: number;
  Hkv: number;
  L: number;
  S: number;
  D: number;
  E: number;
}

export interface Pair extends Sizes {
  b: number;
  h: number;
  i: number;
  j: number;
}

/** One row, and the scores of all rows of its head. */
export interface Row {
  i: number;
  all: number[][];
}

export interface Computed {
  output: Float32Array;
  weights: Float32Array;
  lse: Float32Array;
  shape: (field: "output" | "weights" | "lse") => number[];
}

const { fround } = Math;

export const rightSteps: Steps = {
  sees({ b, h, i, j, L, S, H }, { mask, causal, window, keyLengths }) {
    const offset = causal === "bottomRight" ? S - L : 0;
    const { left, right } = window ?? { left: Infinity, right: Infinity };
    return (
      (!mask || mask.data[((b * H + h) * L + i) * S + j] === 1) &&
      (!causal || j <= i + offset) &&
      j >= i + offset - left &&
      j <= i + offset + right &&
      (!keyLengths || j < keyLengths[b])
    );
  },
  score(dot, { b, h, i, j, H, L, S, D }, { scale = 1 / Math.sqrt(D), softcap: cap, bias }) {
    let score = fround(dot * fround(scale));
    if (cap !== undefined) score = fround(cap * fround(Math.tanh(fround(score / cap))));
    return bias ? fround(score + bias.data[((b * H + h) * L + i) * S + j]) : score;
  },
  blocked: () => -Infinity,
  headOf: (h, { H, Hkv }) => Math.floor((h * Hkv) / H),
  valueAt: (j) => j,
  softmax(scores, sink) {
    const top = Math.max(sink, ...scores);
    // An empty row.
    if (top === -Infinity) return { weights: scores.map(() => 0), lse: -Infinity };
    const powers = scores.map((s) => fround(Math.exp(fround(s - top))));
    const sum = powers.reduce((a, p) => fround(a + p), fround(Math.exp(fround(sink - top))));
    return { weights: powers.map((p) => fround(p / sum)), lse: fround(top + Math.log(sum)) };
  },
  order: (S) => Array.from({ length: S }, (_, j) => j),
  finish({ output, weights, lse, shape }, options) {
    const out = { data: output, dims: shape("output") };
    if (!options.weights && !options.lse) return out;
    return {
      output: out,
      weights: { data: weights, dims: shape("weights") },
      lse: { data: lse, dims: shape("lse") },
    };
  },
  inputs: () => {},
};

/** Everything that {@link handWritten} takes. */
export const handWrittenSupports: Supports = {
  batch: true,
  heads: true,
  grouped: true,
  mask: "allow",
  perHead: true,
  causal: "both",
  window: true,
  keyLengths: true,
  scale: true,
  softcap: true,
  bias: true,
  sinks: true,
  weights: true,
  lse: true,
  emptyRow: "zero",
};

/**
 * Attention as a team might write it: float32, `[B, H, L, D]`, one loop after the other. It shares nothing with
 * the library. A planted bug replaces one of its steps.
 */
export function handWritten(changes: Partial<Steps> = {}) {
  const steps = { ...rightSteps, ...changes };
  return function attend(
    query: Tensor<FloatArray>,
    key: Tensor<FloatArray>,
    value: Tensor<FloatArray>,
    options: CallOptions,
  ): unknown {
    const [B, H, L, D] = query.shape;
    const [, Hkv, S, E] = value.shape;
    const sizes = { B, H, Hkv, L, S, D, E };
    const rows = ({ data }: Tensor<FloatArray>, size: number): number[][] =>
      Array.from({ length: data.length / size }, (_, r) => [
        ...data.subarray(r * size, (r + 1) * size),
      ]);
    const [q, k, v] = [rows(query, D), rows(key, D), rows(value, E)];
    steps.inputs(q, k, v, sizes);
    const result: Computed = {
      output: new Float32Array(B * H * L * E),
      weights: new Float32Array(B * H * L * S),
      lse: new Float32Array(B * H * L),
      shape: (field) => [B, H, L, ...(field === "output" ? [E] : field === "weights" ? [S] : [])],
    };
    const order = steps.order(S);
    for (let b = 0; b < B; b++) {
      for (let h = 0; h < H; h++) {
        const kv = (b * Hkv + steps.headOf(h, sizes)) * S;
        // One object for all pairs: the steps only read it.
        const pair = { ...sizes, b, h, i: 0, j: 0 };
        const all = Array.from({ length: L }, (_, i) =>
          Array.from({ length: S }, (_, j) => {
            pair.i = i;
            pair.j = j;
            const [x, y] = [q[(b * H + h) * L + i], k[kv + j]];
            let dot = 0;
            for (let d = 0; d < D; d++) dot = fround(dot + fround(x[d] * y[d]));
            const score = steps.score(dot, pair, options);
            return steps.sees(pair, options) ? score : steps.blocked(score, options);
          }),
        );
        const sink = options.sinks ? options.sinks.data[h] : -Infinity;
        for (let i = 0; i < L; i++) {
          const row = (b * H + h) * L + i;
          const { weights, lse } = steps.softmax(all[i], sink, { i, all });
          result.weights.set(weights, row * S);
          result.lse[row] = lse;
          for (let e = 0; e < E; e++) {
            let sum = 0;
            for (const j of order) {
              sum = fround(sum + fround(weights[j] * v[kv + steps.valueAt(j, S)][e]));
            }
            result.output[row * E + e] = sum;
          }
        }
      }
    }
    return steps.finish(result, options);
  };
}
