import { describe, rangeError, typeError } from "../tensor/index.js";
import type { Token } from "./types.js";

/** The tokens of queries and keys, and whether they are one sequence. */
export interface Sequences {
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  readonly same: boolean;
}

/** Reads `tokens` and `keyTokens` for L queries and S keys. */
export function readSequences(
  fn: string,
  { tokens, keyTokens }: { tokens: unknown; keyTokens: unknown },
  queries: number,
  keys: number,
): Sequences {
  const own = readTokens(fn, "options.tokens", tokens, queries, "one for each query");
  if (keyTokens !== undefined) {
    const other = readTokens(fn, "options.keyTokens", keyTokens, keys, "one for each key");
    return { queries: own, keys: other, same: false };
  }
  if (queries === keys) return { queries: own, keys: own, same: true };
  const got = `none for L = ${queries} queries and S = ${keys} keys`;
  throw typeError(fn, "options.keyTokens", "the text of each key", got);
}

function readTokens(
  fn: string,
  argument: string,
  texts: unknown,
  count: number,
  each: string,
): Token[] {
  if (!Array.isArray(texts) || texts.some((text) => typeof text !== "string")) {
    const fix = typeof texts === "string" ? "split the text as the model does" : undefined;
    throw typeError(fn, argument, `${count} strings, ${each}`, describe(texts), fix);
  }
  if (texts.length !== count) {
    throw rangeError(fn, argument, `${count} strings, ${each}`, `${texts.length}`);
  }
  return nameTokens(texts as string[]);
}

/** Gives every token a name of its own. */
export function nameTokens(texts: readonly string[]): Token[] {
  const taken = new Set(texts);
  const seen = new Map<string, number>();
  return texts.map((text, index) => {
    let count = (seen.get(text) ?? 0) + 1;
    let id = text;
    if (count > 1) {
      // A text of this very name has it for itself.
      while (taken.has((id = `${text} (${count})`))) count++;
      taken.add(id);
    }
    seen.set(text, count);
    return { text, id, index };
  });
}
