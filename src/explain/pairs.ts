import type { Source, SourceRow } from "./source.js";
import type { TokenPair } from "./types.js";

/** One pair of a row. */
export function pairOf(
  source: Source,
  i: number,
  j: number,
  { weights, scores, blocked }: SourceRow,
): TokenPair {
  return {
    query: source.queries[i],
    key: source.keys[j],
    weight: weights[j],
    score: scores ? scores[j] : null,
    blocked: blocked ? blocked[j] === 1 : null,
    reasons: source.reasons(i, j),
  };
}

/** All pairs of some queries and keys, query by query; of words, those of their pieces. */
export function pairsOf(
  source: Source,
  queries: readonly number[],
  keys: readonly number[],
): TokenPair[] {
  const { pieces } = source;
  if (pieces) {
    const { queryWords, keyWords } = pieces;
    return pairsOf(
      pieces.source,
      queries.flatMap((word) => queryWords[word].pieces),
      keys.flatMap((word) => keyWords[word].pieces),
    );
  }
  return queries.flatMap((i) => {
    const row = source.row(i);
    return keys.map((j) => pairOf(source, i, j, row));
  });
}
