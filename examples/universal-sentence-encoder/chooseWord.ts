import { UsageError } from "./errors.js";
import type { Token } from "./tokenizer.js";
import { joinPieces, separatePieces, type Word } from "./words.js";

export interface Choice {
  /** Index into the words. */
  readonly index: number;
  /** Said to the user when the choice was not the only one possible. */
  readonly note?: string;
}

/**
 * Finds the word meant by `--word`: as written, else without regard to case and to punctuation at
 * its ends ("owner" finds "owner."). `bank:2` is the second *bank*. Without `--word`: the longest.
 *
 * @throws UsageError when there is none; the message lists the words there are.
 */
export function chooseWord(words: readonly Word[], asked: string | undefined): Choice {
  const texts = words.map(({ text }) => text);
  if (asked === undefined) {
    const longest = Math.max(...texts.map((text) => text.length));
    const index = texts.findIndex((text) => text.length === longest);
    if (words.length === 1) return { index };
    return { index, note: `no --word given: the longest, ${texts[index]}, is taken` };
  }

  const found = find(texts, asked);
  if (found.length === 1) return { index: found[0] };
  if (found.length > 1) {
    const others = found.slice(1).map((_, i) => `--word ${asked}:${i + 2}`);
    return {
      index: found[0],
      note: `"${asked}" occurs ${found.length} times: the first is taken (${list(others, 3)})`,
    };
  }

  const [, name, ordinal] = /^(.+):(\d+)$/u.exec(asked) ?? [];
  if (name !== undefined) {
    const named = find(texts, name);
    const index = named[Number(ordinal) - 1];
    if (index !== undefined) return { index };
    if (named.length > 0) {
      const times = named.length === 1 ? "once" : `${named.length} times`;
      throw new UsageError(`--word ${asked}: "${name}" occurs only ${times}`);
    }
  }
  throw new UsageError(
    `--word ${asked}: not in the sentence. Its words: ${list(unique(texts), 20)}`,
  );
}

/** The same among pieces; a word that has several stands for its first. */
export function choosePiece(tokens: readonly Token[], asked: string | undefined): Choice {
  const pieces = separatePieces(tokens);
  try {
    return chooseWord(pieces, asked);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const word = joinPieces(tokens).find(
      ({ text }) => asked !== undefined && find([text], asked)[0] === 0,
    );
    if (word === undefined) throw error;
    const index = word.tokens[0];
    const note = `"${asked}" has ${word.tokens.length} pieces: the first, ${pieces[index].text}, is taken`;
    return { index, note };
  }
}

function find(texts: readonly string[], asked: string): number[] {
  const matching = (same: (text: string) => boolean) =>
    texts.flatMap((text, index) => (same(text) ? [index] : []));
  const exact = matching((text) => text === asked.normalize("NFKC"));
  return exact.length > 0 ? exact : matching((text) => bare(text) === bare(asked));
}

/** "Owner." → "owner". Punctuation alone stays what it is. */
function bare(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase().replace(/^▁/u, "");
  return lower.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, "") || lower;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function list(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown}, … (${items.length})` : shown;
}
