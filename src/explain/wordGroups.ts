import { checkArguments, checkOptions, describe, typeError } from "../tensor/index.js";
import type { WordGroup } from "./types.js";

/** Options of `wordGroups`. */
export interface WordGroupsOptions {
  /**
   * How the tokenizer marks words: `"▁"` (SentencePiece) and `"Ġ"` (byte-level BPE) begin one, `"##"`
   * (WordPiece) continues one.
   */
  marker: "▁" | "Ġ" | "##";
}

/**
 * Joins word pieces into words, for the `words` method of a view.
 *
 * @param pieces - the pieces as the tokenizer writes them, with their marks.
 * @param options - `marker`, which must be named: a text may hold the others.
 * @returns words with their pieces, every piece in one word.
 * @throws TypeError for pieces that are no strings, or another marker.
 *
 * @example
 * ```ts
 * import { wordGroups } from "qkv/explain";
 *
 * console.log(wordGroups(["▁river", "▁flood", "ed"], { marker: "▁" }));
 * // → [
 * // →   { text: 'river', pieces: [ 0 ] },
 * // →   { text: 'flooded', pieces: [ 1, 2 ] }
 * // → ]
 * ```
 */
export function wordGroups(pieces: readonly string[], options: WordGroupsOptions): WordGroup[] {
  checkArguments("wordGroups", arguments.length, ["pieces", "options"]);
  if (!Array.isArray(pieces) || pieces.some((piece) => typeof piece !== "string")) {
    throw typeError("wordGroups", "pieces", "an array of strings", describe(pieces));
  }
  const { marker } = checkOptions("wordGroups", options, ["marker"]) as { marker: unknown };
  if (marker !== "▁" && marker !== "Ġ" && marker !== "##") {
    throw typeError("wordGroups", "options.marker", '"▁", "Ġ" or "##"', describe(marker));
  }
  const groups: { text: string; pieces: number[] }[] = [];
  (pieces as readonly string[]).forEach((piece, index) => {
    const marked = piece.startsWith(marker);
    const text = marked ? piece.slice(marker.length) : piece;
    const last = groups.at(-1);
    if (last === undefined || marked === (marker !== "##")) {
      groups.push({ text, pieces: [index] });
    } else {
      last.text += text;
      last.pieces.push(index);
    }
  });
  // A mark by itself is a word without letters: it keeps its mark.
  for (const group of groups) if (group.text === "") group.text = pieces[group.pieces[0]];
  return groups;
}
