import type { TidyRow, WeightsView } from "../explain/index.js";
import { rangeError } from "../tensor/index.js";
import { inside, percent, quoted } from "./format.js";

/** All pairs of a view, and what is said of them. */
export interface Pairs {
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  /** `[L][S]`. */
  readonly weights: readonly (readonly number[])[];
  /** `[L]`, from 0 (one key) to 1 (all alike). */
  readonly spread: readonly number[];
  /** `[L]`: how many keys are not blocked. */
  readonly choices: readonly number[];
  /** Whether a query stands among the keys, at its own position. */
  readonly same: boolean;
  readonly blocked: (query: number, key: number) => boolean;
  /** `bank → river: 24 %`. */
  readonly label: (query: number, key: number) => string;
  /** The name of a key in a sentence on a query. */
  readonly named: (query: number, key: number) => string;
}

export function pairsOf(view: WeightsView): Pairs {
  const { weights, normalizedEntropy } = view.matrix();
  const [queries, keys] = [view.queries, view.keys].map((them) => them.map(({ text }) => text));
  const tidy = view.tidy();
  const at = (query: number, key: number): TidyRow => tidy[query * keys.length + key];
  const same = view.queries === view.keys;
  return {
    queries,
    keys,
    weights,
    spread: normalizedEntropy,
    choices: queries.map((_, i) => keys.filter((_, j) => at(i, j).blocked !== true).length),
    same,
    blocked: (query, key) => at(query, key).blocked === true,
    label(query, key) {
      const { weight, blocked, reason } = at(query, key);
      const what = blocked === true ? `blocked, ${reason}` : percent(weight);
      return `${inside(queries[query])} → ${inside(keys[key])}: ${what}`;
    },
    named: (query, key) => (same && query === key ? "itself" : quoted(keys[key])),
  };
}

/** The position of the largest of some numbers; −1 if none is above 0. */
export function largest(values: readonly number[]): number {
  let best = -1;
  values.forEach((value, at) => {
    if (value > 0 && !(best >= 0 && value <= values[best])) best = at;
  });
  return best;
}

/** The key to which a query gives most, and how much; −1 if it gives nothing. */
export function mostOf(
  pairs: Pairs,
  query: number,
): { readonly key: number; readonly weight: number } {
  const row = pairs.weights[query];
  const key = largest(row);
  return { key, weight: key < 0 ? 0 : row[key] };
}

/** The same of the other words. */
export function otherMostOf(pairs: Pairs, query: number): ReturnType<typeof mostOf> {
  const row = pairs.weights[query].map((weight, j) => (pairs.same && j === query ? 0 : weight));
  const key = largest(row);
  return { key, weight: key < 0 ? 0 : row[key] };
}

/** The queries and keys of all heads are those of the first. */
export function sharedBy([first, ...others]: readonly Pairs[]): Pairs {
  if (!first) throw rangeError("heads", "views", "at least one head", "none");
  const other = others.find(
    ({ queries, keys }) =>
      queries.length !== first.queries.length || keys.length !== first.keys.length,
  );
  if (!other) return first;
  const [expected, got] = [first, other].map(
    ({ queries, keys }) => `${queries.length} queries and ${keys.length} keys`,
  );
  throw rangeError("heads", "views", `${expected} in every head`, got);
}
