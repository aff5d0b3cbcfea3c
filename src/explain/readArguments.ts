import { describe, numberError, rangeError, typeError } from "../tensor/index.js";
import type { Token, WordGroup } from "./types.js";

/** A position of a sequence. */
export function readIndex(fn: string, argument: string, index: unknown, count: number): number {
  if (typeof index === "number" && Number.isInteger(index) && index >= 0 && index < count) {
    return index;
  }
  const expected = count === 0 ? "a position; there is none" : `an integer from 0 to ${count - 1}`;
  throw numberError(fn, argument, expected, index);
}

/** How many there are of something. */
export function readCount(fn: string, argument: string, count: unknown): number {
  if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
  throw numberError(fn, argument, "a non-negative integer", count);
}

/** The keys to leave out. */
export function readKeys(fn: string, keys: unknown, count: number): ReadonlySet<number> {
  if (!Array.isArray(keys)) {
    const fix = typeof keys === "number" ? `write [${keys}]` : undefined;
    throw typeError(fn, "keys", "an array of key positions", describe(keys), fix);
  }
  return new Set(keys.map((key, at) => readIndex(fn, `keys[${at}]`, key, count)));
}

/** One position or several different ones. */
export function readPositions(
  fn: string,
  argument: string,
  asked: unknown,
  count: number,
): readonly number[] {
  if (typeof asked === "number") return [readIndex(fn, argument, asked, count)];
  if (!Array.isArray(asked) || asked.length === 0) {
    throw typeError(fn, argument, "a position or an array of at least one", describe(asked));
  }
  const positions = asked.map((it, n) => readIndex(fn, `${argument}[${n}]`, it, count));
  if (new Set(positions).size === positions.length) return positions;
  throw rangeError(fn, argument, "different positions", describe(asked));
}

/** Words that hold every token once, in order. */
export function readGroups(
  fn: string,
  argument: string,
  groups: unknown,
  tokens: readonly Token[],
): readonly WordGroup[] {
  if (!Array.isArray(groups)) {
    const expected = "an array of { text, pieces }, as wordGroups() returns";
    throw typeError(fn, argument, expected, describe(groups));
  }
  const seen = new Set<number>();
  for (const [n, group] of (groups as Partial<WordGroup>[]).entries()) {
    const { text, pieces } = group ?? {};
    if (typeof text !== "string" || !Array.isArray(pieces) || pieces.length === 0) {
      throw typeError(fn, `${argument}[${n}]`, "{ text, pieces }", describe(group));
    }
    for (const piece of pieces) {
      readIndex(fn, `${argument}[${n}].pieces`, piece, tokens.length);
      if (seen.has(piece)) {
        const expected = "each token in one word";
        throw rangeError(fn, `${argument}[${n}].pieces`, expected, `token ${piece} a second time`);
      }
      seen.add(piece);
    }
  }
  const missing = tokens.find(({ index }) => !seen.has(index));
  if (missing) {
    throw rangeError(fn, argument, "every token in a word", `none with token ${missing.index}`);
  }
  return groups as WordGroup[];
}
