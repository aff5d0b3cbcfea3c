import type { Reading } from "./reading.js";

/** The numbers behind the picture, always of single tokens; README.md describes the shape. */
export function toJson(reading: Reading): string {
  const { sentence, tokens, words, chosen, layers, embedding, pieceCount } = reading;
  const numbers = {
    sentence,
    tokens: tokens.map(({ piece }) => piece),
    ids: tokens.map(({ id }) => id),
    words: words.map(({ text, pieces }) => ({ text, tokens: pieces })),
    word: chosen,
    weights: layers.map((layer) => layer.toJSON().heads.map(({ weights }) => weights)),
    embedding: Array.from(embedding),
    truncated: pieceCount > tokens.length ? { pieces: pieceCount, read: tokens.length } : null,
  };
  return JSON.stringify(numbers, (_, it: unknown) => (typeof it === "number" ? shortest(it) : it));
}

/** The shortest decimal that reads back as the same float32: 0.1, not 0.10000000149011612. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}
