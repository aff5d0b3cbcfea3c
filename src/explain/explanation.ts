import { checkArguments } from "../tensor/index.js";
import { readKeys } from "./readArguments.js";
import { readHead, readHeads } from "./readHeads.js";
import type { Source } from "./source.js";
import type { Sequences } from "./tokens.js";
import type { WeightsExplanation, WeightsView } from "./viewTypes.js";

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

/** What is explained, by the function `fn`. */
export interface Explained<S> {
  readonly fn: string;
  /** One for each head. */
  readonly sources: readonly S[];
  readonly sequences: Sequences;
  readonly layer: number | null;
}

/** Explains heads: `viewOf` makes a view of one of them, or of several on average. */
export function explanationOf<S extends Head<S>, V extends WeightsView>(
  explained: Explained<S> & { readonly viewOf: (name: string, heads: readonly S[]) => V },
): ExplanationOf<V> {
  const { fn, sources, sequences, layer, viewOf } = explained;
  const { queries, keys } = sequences;
  const headNames = sources.map(({ name }) => name);
  const views = (): V[] => sources.map((source) => viewOf(source.name, [source]));
  return {
    heads: headNames.length,
    headNames,
    layer,
    tokens: queries,
    keyTokens: keys,
    head(asked) {
      checkArguments("head", arguments.length, ["head"]);
      const source = sources[readHead(fn, "head", asked, headNames)];
      return viewOf(source.name, [source]);
    },
    mean(asked) {
      checkArguments("mean", arguments.length, ["heads"]);
      const chosen = readHeads(fn, "heads", asked, headNames);
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
      return explanationOf({ ...explained, sources: sources.map((it) => it.without(left)) });
    },
    tidy() {
      checkArguments("tidy", arguments.length, []);
      return views().flatMap((view) => view.tidy());
    },
    toJSON: () => ({
      ...(layer === null ? {} : { layer }),
      tokens: queries,
      keyTokens: keys,
      heads: views().map((view) => view.toJSON()),
    }),
  };
}
