import { commonReasons } from "./meanSource.js";
import type { Source, SourceRow } from "./source.js";
import { nameTokens } from "./tokens.js";
import type { WordGroup } from "./types.js";

/**
 * Attention between words: a key word gets the sum of its pieces' weights, a query word the mean of its
 * pieces' rows, so that rows keep their sum. There is no score of a word.
 */
export function wordSource(
  pieces: Source,
  queryWords: readonly WordGroup[],
  keyWords: readonly WordGroup[],
): Source {
  const queries = nameTokens(queryWords.map(({ text }) => text));
  const same = queryWords === keyWords;
  return {
    name: pieces.name,
    queries,
    keys: same ? queries : nameTokens(keyWords.map(({ text }) => text)),
    offset: same && pieces.offset === 0 ? 0 : undefined,
    row: (i) => joinRows(queryWords[i].pieces.map((piece) => pieces.row(piece))),
    reasons: (i, j) =>
      commonReasons(
        queryWords[i].pieces.flatMap((query) =>
          keyWords[j].pieces.map((key) => pieces.reasons(query, key)),
        ),
      ),
    without(words) {
      const left = [...words].flatMap((word) => keyWords[word].pieces);
      return wordSource(pieces.without(new Set(left)), queryWords, keyWords);
    },
  };

  function joinRows(rows: readonly SourceRow[]): SourceRow {
    const known = rows.every(({ blocked }) => blocked !== undefined);
    const weights = new Float64Array(keyWords.length);
    const blocked = new Uint8Array(keyWords.length);
    keyWords.forEach((word, j) => {
      for (const row of rows) for (const piece of word.pieces) weights[j] += row.weights[piece];
      weights[j] /= rows.length;
      const pair = rows.flatMap((row) => word.pieces.map((piece) => row.blocked?.[piece]));
      blocked[j] = Number(pair.every((it) => it === 1));
    });
    const rest = rows.reduce((sum, row) => sum + row.rest, 0) / rows.length;
    const empty = rows.every((row) => row.empty);
    return { weights, blocked: known ? blocked : undefined, rest, empty };
  }
}
