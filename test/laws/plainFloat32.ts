import { scaleOf, visibility } from "../helpers/oracle.js";
import { readPairs } from "../helpers/readPairs.js";
import type { Problem } from "../helpers/problem.js";
import { sizesOf } from "../helpers/problem.js";

const { fround } = Math;

/**
 * What anybody would write in float32 at first: one key after the other, every operation rounded.
 * The honest baseline for accuracy: a fast kernel may not be much worse than this.
 */
export function plainFloat32(problem: Problem): Float64Array {
  const { B, H, Hkv, L, S, D, E } = sizesOf(problem);
  const { query, key, value, softcap: cap, sinks } = problem;
  const visible = visibility(problem);
  const bias = readPairs(problem, problem.bias, 0);
  const scale = fround(scaleOf(problem));
  const output = new Float64Array(B * H * L * E);
  const scores = new Float32Array(S);
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const kv = b * Hkv + Math.floor((h * Hkv) / H);
      for (let i = 0; i < L; i++) {
        const row = (b * H + h) * L + i;
        let top = sinks ? sinks[h] : -Infinity;
        for (let j = 0; j < S; j++) {
          let score = 0;
          for (let d = 0; d < D; d++) {
            const product = fround(query.data[row * D + d] * key.data[(kv * S + j) * D + d]);
            score = fround(score + product);
          }
          score = fround(score * scale);
          if (cap !== undefined) score = fround(cap * fround(Math.tanh(fround(score / cap))));
          scores[j] = visible[row * S + j] ? fround(score + bias(b, h, i, j)) : -Infinity;
          top = Math.max(top, scores[j]);
        }
        if (top === -Infinity) continue;
        let sum = sinks ? fround(Math.exp(fround(sinks[h] - top))) : 0;
        for (let j = 0; j < S; j++) {
          scores[j] = fround(Math.exp(fround(scores[j] - top)));
          sum = fround(sum + scores[j]);
        }
        for (let e = 0; e < E; e++) {
          let total = 0;
          for (let j = 0; j < S; j++) {
            if (!visible[row * S + j]) continue;
            total = fround(total + fround(scores[j] * value.data[(kv * S + j) * E + e]));
          }
          output[row * E + e] = fround(total / sum);
        }
      }
    }
  }
  return output;
}
