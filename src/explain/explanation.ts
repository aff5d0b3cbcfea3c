import { checkArguments, describe, rangeError, typeError } from "../tensor/index.js";
import { readKeys } from "./readArguments.js";
import type { Source } from "./source.js";
import type { Sequences } from "./tokens.js";
import type { WeightsExplanation, WeightsView } from "./types.js";

/** An explanation whose views are of type `V`. */
export interface ExplanationOf<V extends WeightsView> extends WeightsExplanation {
  head(head: number | string): V;
  mean(heads?: readonly (number | string)[]): V;
  withoutKeys(keys: readonly number[]): ExplanationOf<V>;
}

/** A source that stays of its type without some keys. */
interface Head<S> extends Omit<Source, "without"> {
  without(keys: ReadonlySet<number>): S;
}

/** Explains heads: `viewOf` makes a view of one of them, or of several on average. */
export function explanationOf<S extends Head<S>, V extends WeightsView>(
  fn: string,
  sources: readonly S[],
  sequences: Sequences,
  viewOf: (name: string, heads: readonly S[]) => V,
): ExplanationOf<V> {
  const { queries, keys } = sequences;
  const headNames = sources.map(({ name }) => name);
  const find = (argument: string, asked: unknown): number => {
    const found = typeof asked === "string" ? headNames.indexOf(asked) : asked;
    if (typeof found === "number" && Number.isInteger(found) && found in headNames) return found;
    const last = headNames.length - 1;
    const known =
      last < 0
        ? "a head; there is none"
        : `a head from 0 to ${last}, or one of ${headNames.join(", ")}`;
    const error = typeof asked === "string" || typeof asked === "number" ? rangeError : typeError;
    throw error(fn, argument, known, describe(asked));
  };
  const viewOfHead = (asked: number | string): V => {
    const source = sources[find("head", asked)];
    return viewOf(source.name, [source]);
  };
  return {
    heads: headNames.length,
    headNames,
    tokens: queries,
    keyTokens: keys,
    head(asked) {
      checkArguments("head", arguments.length, ["head"]);
      return viewOfHead(asked);
    },
    mean(asked) {
      checkArguments("mean", arguments.length, ["heads"]);
      const all = asked ?? headNames;
      if (!Array.isArray(all) || all.length === 0) {
        throw typeError(fn, "heads", "an array of at least one head", describe(all));
      }
      const chosen = all.map((it, n) => find(`heads[${n}]`, it));
      if (new Set(chosen).size !== chosen.length) {
        throw rangeError(fn, "heads", "different heads", describe(all));
      }
      const whole = chosen.length === headNames.length;
      const names = whole
        ? `${headNames.length} heads`
        : chosen.map((h) => headNames[h]).join(", ");
      return viewOf(
        `mean of ${names}`,
        chosen.map((h) => sources[h]),
      );
    },
    withoutKeys(asked) {
      checkArguments("withoutKeys", arguments.length, ["keys"]);
      const left = readKeys("withoutKeys", asked, keys.length);
      const after = sources.map((source) => source.without(left));
      return explanationOf(fn, after, sequences, viewOf);
    },
    toJSON: () => ({
      tokens: queries,
      keyTokens: keys,
      heads: headNames.map((_, h) => viewOfHead(h).toJSON()),
    }),
  };
}
