import type { DType, FloatArray } from "../tensor/index.js";
import { keyMatrixOf, visiblePairs, type Problem } from "./problem.js";

/** What {@link plainAttention} computes: `weights [B, H, L, S]`, `output [B, H, L, E]`, `lse [B, H, L]`. */
export interface PlainResult {
  readonly weights: Float64Array;
  readonly output: Float64Array;
  readonly lse: Float64Array;
  /** `[B, H, L, S]`, −Infinity where blocked. */
  readonly scores: Float64Array;
}

/** What a mistake would compute. */
export interface Variant {
  /** The scale, where it is another than the problem's. */
  readonly scale?: number;
  /** The pairs, where they are others than the problem's. */
  readonly visible?: Uint8Array;
  /** The score of a blocked pair, where it is not −Infinity. */
  readonly blocked?: number;
}

/**
 * Attention as anybody would write it at first: one key after the other, every operation rounded to the
 * precision. In float64 it is what results are compared with; in the precision of the function it is the honest
 * baseline for accuracy. It shares no code with the library.
 */
export function plainAttention(
  problem: Problem,
  defaultScale: (headSize: number) => number,
  dtype: DType = "float64",
  variant: Variant = {},
): PlainResult {
  const { B, H, L, S, D, E, query, key, value, bias, sinks, softcap: cap } = problem;
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  const scale = round(variant.scale ?? problem.scale ?? defaultScale(D));
  const visible = variant.visible ?? visiblePairs(problem);
  const blocked = variant.blocked ?? -Infinity;
  const scores = new Float64Array(B * H * L * S);
  const weights = new Float64Array(B * H * L * S);
  const output = new Float64Array(B * H * L * E);
  const lse = new Float64Array(B * H * L).fill(-Infinity);
  for (let row = 0; row < B * H * L; row++) {
    const kv = keyMatrixOf(problem, row) * S;
    const sink = sinks?.[Math.floor(row / L) % H] ?? -Infinity;
    let top = sink;
    for (let j = 0; j < S; j++) {
      const pair = row * S + j;
      let score = 0;
      for (let d = 0; d < D; d++) {
        score = round(score + round(query[row * D + d] * key[(kv + j) * D + d]));
      }
      score = round(score * scale);
      if (cap !== undefined) score = round(cap * round(Math.tanh(round(score / cap))));
      if (bias) score = round(score + bias[pair]);
      scores[pair] = visible[pair] ? score : blocked;
      top = Math.max(top, scores[pair]);
    }
    if (top === -Infinity) continue;
    let sum = round(Math.exp(round(sink - top)));
    for (let j = 0; j < S; j++) {
      weights[row * S + j] = round(Math.exp(round(scores[row * S + j] - top)));
      sum = round(sum + weights[row * S + j]);
    }
    for (let e = 0; e < E; e++) {
      let total = 0;
      for (let j = 0; j < S; j++) {
        const weight = weights[row * S + j];
        if (scores[row * S + j] === -Infinity) continue;
        total = round(total + round(weight * value[(kv + j) * E + e]));
      }
      output[row * E + e] = round(total / sum);
    }
    for (let j = 0; j < S; j++) weights[row * S + j] = round(weights[row * S + j] / sum);
    lse[row] = round(top + round(Math.log(sum)));
  }
  return { weights, output, lse, scores };
}

/** What merging two parts gives: outputs weighted by `exp(lse)`, in float64. */
export function mergeParts(
  parts: readonly { readonly output: FloatArray; readonly lse: FloatArray }[],
  E: number,
): Float64Array {
  return new Float64Array(parts[0].output.length).map((_, at) => {
    const row = Math.floor(at / E);
    const top = Math.max(...parts.map(({ lse }) => lse[row]));
    const shares = parts.map(({ lse }) => Math.exp(lse[row] - top));
    const total = shares.reduce((a, b) => a + b, 0);
    return parts.reduce((sum, part, n) => sum + (shares[n] / total) * part.output[at], 0);
  });
}
