import type { Tensor } from "qkv/core";
import type { Reading } from "./reading.js";

/** The numbers behind the picture, always of single tokens; README.md describes the shape. */
export function toJson(reading: Reading): string {
  const { sentence, tokens, words, chosen, encoding, pieceCount } = reading;
  return JSON.stringify({
    sentence,
    tokens: tokens.map(({ piece }) => piece),
    ids: tokens.map(({ id }) => id),
    words,
    word: chosen,
    weights: encoding.weights.map(nested),
    embedding: Array.from(encoding.embedding, shortest),
    truncated: pieceCount > tokens.length ? { pieces: pieceCount, read: tokens.length } : null,
  });
}

/** `[H, L, L]` → weights[head][query][key]. */
function nested(weights: Tensor<Float32Array>): number[][][] {
  const [heads, length] = weights.shape as [number, number, number];
  const indices = Array.from({ length }, (_, i) => i);
  return Array.from({ length: heads }, (_, h) =>
    indices.map((i) => indices.map((j) => shortest(weights.data[(h * length + i) * length + j]))),
  );
}

/** The shortest decimal that reads back as the same float32: 0.1, not 0.10000000149011612. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}
