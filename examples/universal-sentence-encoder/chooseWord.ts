import type { WordGroup } from "qkv/explain";
import { UsageError } from "./errors.js";

export interface Choice {
  /** Index into the words. */
  readonly index: number;
  /** Said to the user when the choice was not the only one possible. */
  readonly note?: string;
}

/**
 * Finds the word meant by `--word`: as written, else without regard to case and to punctuation at
 * its ends ("owner" finds "owner."). `bank:2` is the second *bank*. Without `--word`: the longest.
 * Among pieces, a word of `joined` that has several stands for its first.
 *
 * @throws UsageError when there is none; the message lists the words there are.
 */
export function chooseWord(
  words: readonly WordGroup[],
  asked: string | undefined,
  joined = words,
): Choice {
  const texts = words.map(({ text }) => text);
  if (asked === undefined) {
    const longest = Math.max(...texts.map((text) => text.length));
    const index = texts.findIndex((text) => text.length === longest);
    if (words.length === 1) return { index };
    return { index, note: `no --word given: the longest, ${texts[index]}, is taken` };
  }

  const [index, ...others] = find(words, asked);
  if (others.length > 0) {
    const ordinals = others.map((_, i) => `--word ${asked}:${i + 2}`);
    const times = `occurs ${others.length + 1} times: the first is taken`;
    return { index, note: `"${asked}" ${times} (${list(ordinals, 3)})` };
  }
  if (index !== undefined) return { index };

  const [whole] = find(joined, asked);
  if (whole !== undefined) {
    const [first, ...more] = joined[whole].pieces;
    const note = `"${asked}" has ${more.length + 1} pieces: the first, ${texts[first]}, is taken`;
    return { index: first, note };
  }

  const [, name, ordinal] = /^(.+):(\d+)$/u.exec(asked) ?? [];
  const named = name === undefined ? [] : find(words, name);
  const nth = named[Number(ordinal) - 1];
  if (nth !== undefined) return { index: nth };
  if (named.length > 0) {
    const times = named.length === 1 ? "once" : `${named.length} times`;
    throw new UsageError(`--word ${asked}: "${name}" occurs only ${times}`);
  }
  const known = list([...new Set(texts)], 20);
  throw new UsageError(`--word ${asked}: not in the sentence. Its words: ${known}`);
}

function find(words: readonly WordGroup[], asked: string): number[] {
  const matching = (same: (text: string) => boolean) =>
    words.flatMap(({ text }, index) => (same(text) ? [index] : []));
  const exact = matching((text) => text === asked.normalize("NFKC"));
  return exact.length > 0 ? exact : matching((text) => bare(text) === bare(asked));
}

/** "Owner." → "owner". Punctuation alone stays what it is. */
function bare(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase().replace(/^▁/u, "");
  return lower.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, "") || lower;
}

function list(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown}, … (${items.length})` : shown;
}
