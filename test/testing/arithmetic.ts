import type { CallOptions } from "../../src/testing/index.js";
import type { FloatArray, Tensor } from "../../src/tensor/types.js";

/** A number in the precision that computes. */
type Round = (x: number) => number;

/** How a right function computes: everything here is honest, and nothing of it is a mistake. */
export interface Arithmetic {
  readonly round: Round;
  /** `exp(x)` as `2^(x·log₂ e)`, multiplied before the maximum is subtracted. */
  readonly exp2?: boolean;
  /** The scale on the scores, the query, or its root on both. */
  readonly scale?: "score" | "query" | "both";
  /** Weights by a division, as `exp(score − lse)`, or never: blocks of keys under a running maximum. */
  readonly softmax?: "quotient" | "lse" | "online";
}

/** Adding and subtracting `1.5·2⁵²·unit` rounds a float64 number to a multiple of `unit`, half to even. */
const shift = new Float64Array(1);
const words = new Uint32Array(shift.buffer);

/** Rounds to `digits` bits with the smallest normal number `2^least`, half to even; Infinity above `largest`. */
export function roundTo(digits: number, least: number, largest: number): Round {
  return (x) => {
    // NaN stays NaN.
    if (!(Math.abs(x) < 2 * largest)) return x * Infinity;
    shift[0] = x;
    const exponent = Math.max(((words[1] >>> 20) & 0x7ff) - 1023, least);
    words[0] = 0;
    words[1] = ((exponent - digits + 53 + 1023) << 20) | 0x80000;
    const rounded = x + shift[0] - shift[0];
    // The sum loses the sign of 0.
    if (rounded === 0) return x * 0;
    return Math.abs(rounded) > largest ? x * Infinity : rounded;
  };
}

export const float16 = roundTo(11, -14, 65504);
export const bfloat16 = roundTo(8, -126, 3.39e38);

/** Attention of `[B, H, L, D]`, with the options that have numbers in them, in this arithmetic. */
export function attentionIn({ round: r, exp2, scale: where, softmax }: Arithmetic) {
  const power = (x: number): number => r(exp2 ? 2 ** x : Math.exp(x));
  const logarithm = (x: number): number => r(exp2 ? Math.log2(x) : Math.log(x));
  const inBase = (x: number): number => (exp2 ? r(x * r(Math.LOG2E)) : x);
  const sum = (terms: number[]): number => terms.reduce((a, x) => r(a + x), 0);
  const dot = (a: number[], b: number[]): number => sum(a.map((x, n) => r(x * b[n])));

  return (
    query: Tensor<FloatArray>,
    key: Tensor<FloatArray>,
    value: Tensor<FloatArray>,
    { mask, bias, softcap, sinks, ...options }: CallOptions,
  ): unknown => {
    const [B, H, L, D] = query.shape;
    const [, Hkv, S, E] = value.shape;
    const { scale = 1 / Math.sqrt(D) } = options;
    const [root, sign] = [r(Math.sqrt(Math.abs(scale))), Math.sign(scale)];
    const rows = ({ data }: Tensor<FloatArray>, n: number, row: number): number[] =>
      Array.from(data.subarray(row * n, (row + 1) * n), r);

    const scoreOf = (q: number[], k: number[], pair: number): number => {
      let s: number;
      if (where === "query") {
        const scaled = q.map((x) => r(x * r(scale)));
        s = dot(scaled, k);
      } else if (where === "both") {
        const [a, b] = [q.map((x) => r(x * sign * root)), k.map((x) => r(x * root))];
        s = dot(a, b);
      } else s = r(dot(q, k) * r(scale));
      if (softcap !== undefined) s = r(softcap * r(Math.tanh(r(s / softcap))));
      return inBase(bias ? r(s + r(bias.data[pair])) : s);
    };

    const [output, lse] = [new Float64Array(B * H * L * E), new Float64Array(B * H * L)];
    const weights = new Float64Array(B * H * L * S);
    for (let row = 0; row < B * H * L; row++) {
      const head = Math.floor(row / L) % H;
      const first = (Math.floor(row / (H * L)) * Hkv + Math.floor((head * Hkv) / H)) * S;
      const seen = Array.from({ length: S }, (_, j) => j).filter(
        (j) => mask?.data[row * S + j] !== 0 && bias?.data[row * S + j] !== -Infinity,
      );
      const [q, v] = [rows(query, D, row), seen.map((j) => rows(value, E, first + j))];
      const scores = seen.map((j) => scoreOf(q, rows(key, D, first + j), row * S + j));
      const sink = sinks ? inBase(r(sinks.data[head])) : -Infinity;
      const top = Math.max(sink, ...scores);
      // An empty row.
      lse[row] = -Infinity;
      if (top === -Infinity) continue;
      const powers = scores.map((s) => power(r(s - top)));
      const total = r(sum(powers) + power(r(sink - top)));
      const level = r(top + logarithm(total));
      lse[row] = exp2 ? r(level * r(Math.LN2)) : level;
      const shares =
        softmax === "lse"
          ? scores.map((s) => power(r(s - level)))
          : powers.map((p) => r(p / total));
      seen.forEach((j, n) => (weights[row * S + j] = shares[n]));
      for (let e = 0; e < E; e++) {
        const column = v.map((x) => x[e]);
        output[row * E + e] = softmax === "online" ? online(column) : dot(shares, column);
      }

      /** Two keys at a time, the sink at last. */
      function online(column: number[]): number {
        const all = [...scores, ...(sinks ? [sink] : [])];
        let [maximum, denominator, numerator] = [-Infinity, 0, 0];
        for (let from = 0; from < all.length; from += 2) {
          const block = all.slice(from, from + 2);
          const next = Math.max(maximum, ...block);
          const keep = power(r(maximum - next));
          const p = block.map((s) => power(r(s - next)));
          const values = p.map((_, n) => column[from + n] ?? 0);
          denominator = r(r(denominator * keep) + sum(p));
          numerator = r(r(numerator * keep) + dot(p, values));
          maximum = next;
        }
        return r(numerator / denominator);
      }
    }
    return {
      output: { data: output, dims: [B, H, L, E] },
      weights: { data: weights, dims: [B, H, L, S] },
      lse: { data: lse, dims: [B, H, L] },
    };
  };
}
