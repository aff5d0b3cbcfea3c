import type { Token } from "./tokenizer.js";

/** A word of the sentence, or one piece of it: a row and a column of the picture. */
export interface Word {
  readonly text: string;
  /** Positions of its tokens, ascending and adjacent. */
  readonly tokens: readonly number[];
}

/** Joins the pieces of each word: a piece that starts with "▁" begins a new one. */
export function joinPieces(tokens: readonly Token[]): Word[] {
  const words: { text: string; tokens: number[] }[] = [];
  tokens.forEach(({ text }, position) => {
    const word = words.at(-1);
    if (word === undefined || text.startsWith("▁")) {
      words.push({ text: text.slice(1) || text, tokens: [position] });
    } else {
      // "▁" alone is followed by what the vocabulary does not know: it adds no text of its own.
      word.text = word.text === "▁" ? text : word.text + text;
      word.tokens.push(position);
    }
  });
  return words;
}

/** Every piece by itself, spelled with its "▁". */
export function separatePieces(tokens: readonly Token[]): Word[] {
  return tokens.map(({ text }, position) => ({ text, tokens: [position] }));
}

/**
 * Weights between tokens `[L, L]` → between words: summed over the tokens of the key (its share of
 * the attention is the share of all its pieces), averaged over those of the query. Rows still sum
 * to 1.
 */
export function joinWeights(weights: readonly (readonly number[])[], words: readonly Word[]) {
  return words.map((query) =>
    words.map((key) => {
      let sum = 0;
      for (const i of query.tokens) for (const j of key.tokens) sum += weights[i][j];
      return sum / query.tokens.length;
    }),
  );
}
