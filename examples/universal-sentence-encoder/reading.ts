import { explain, wordGroups, type Explanation, type WordGroup } from "qkv/explain";
import { MAX_TOKENS, type Model } from "./architecture.js";
import { chooseWord } from "./chooseWord.js";
import { encode } from "./encoder.js";
import { UsageError } from "./errors.js";
import type { Options } from "./options.js";
import type { Token } from "./tokenizer.js";

/** A sentence as the model read it, and the word that the user looks at. */
export interface Reading {
  readonly sentence: string;
  readonly tokens: readonly Token[];
  /** Pieces of the whole sentence: more than `tokens` if the model's limit cut it. */
  readonly pieceCount: number;
  /** The rows and columns of the picture: words, or pieces one by one. */
  readonly words: readonly WordGroup[];
  /** Index into the words. */
  readonly chosen: number;
  /** The attention of each layer, between pieces. */
  readonly layers: readonly Explanation<Float32Array>[];
  readonly embedding: Float32Array;
  readonly notes: readonly string[];
}

/** @throws UsageError when the sentence does not have the word asked for. */
export function readSentence(model: Model, options: Options): Reading {
  const { sentence, word, json } = options;
  const pieces = model.tokenizer(sentence);
  const tokens = pieces.slice(0, MAX_TOKENS);
  const cut = pieces.length - tokens.length;
  const notes: string[] = [];
  if (cut > 0) {
    notes.push(`the model reads ${MAX_TOKENS} word pieces: the other ${cut} are cut off`);
  }

  const texts = tokens.map(({ text }) => text);
  const joined = wordGroups(texts, { marker: "▁" });
  // JSON has the words and the weights of single pieces, so --pieces changes nothing in it.
  const separate = options.pieces && !json;
  const words = separate ? texts.map((text, index) => ({ text, pieces: [index] })) : joined;
  try {
    const { index: chosen, note } = chooseWord(words, word, joined);
    if (note !== undefined && !(json && word === undefined)) notes.push(note);
    const { layers, embedding } = encode(
      model,
      tokens.map(({ id }) => id),
    );
    return {
      sentence,
      tokens,
      pieceCount: pieces.length,
      words,
      chosen,
      layers: layers.map(({ query, key, value, scale }) =>
        explain(query, key, value, { tokens: texts, scale }),
      ),
      embedding,
      notes,
    };
  } catch (error) {
    if (error instanceof UsageError && cut > 0) error.message += `. Note: ${notes[0]}`;
    throw error;
  }
}
