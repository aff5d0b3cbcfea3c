import { choosePiece, chooseWord } from "./chooseWord.js";
import { encode, type Encoding } from "./encoder.js";
import { UsageError } from "./errors.js";
import { MAX_TOKENS, type Model } from "./architecture.js";
import type { Options } from "./options.js";
import type { Token } from "./tokenizer.js";
import { joinPieces, separatePieces, type Word } from "./words.js";

/** A sentence as the model read it, and the word that the user looks at. */
export interface Reading {
  readonly sentence: string;
  readonly tokens: readonly Token[];
  /** Pieces of the whole sentence: more than `tokens` if the model's limit cut it. */
  readonly pieceCount: number;
  readonly words: readonly Word[];
  /** Index into the words. */
  readonly chosen: number;
  readonly encoding: Encoding;
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

  // JSON has the words and the weights of single pieces, so --pieces changes nothing in it.
  const separate = options.pieces && !json;
  const words = separate ? separatePieces(tokens) : joinPieces(tokens);
  try {
    const { index: chosen, note } = separate ? choosePiece(tokens, word) : chooseWord(words, word);
    if (note !== undefined && !(json && word === undefined)) notes.push(note);
    const ids = tokens.map(({ id }) => id);
    return {
      sentence,
      tokens,
      pieceCount: pieces.length,
      words,
      chosen,
      notes,
      encoding: encode(model, ids),
    };
  } catch (error) {
    if (error instanceof UsageError && cut > 0) error.message += `. Note: ${notes[0]}`;
    throw error;
  }
}
