import { logSumExp } from "./logSumExp.js";
import { commonReasons, meanScores } from "./meanSource.js";
import type { Source, SourceRow } from "./source.js";
import { nameTokens } from "./tokens.js";
import type { WordGroup } from "./types.js";

/**
 * Attention between words: a key word gets the sum of its pieces' weights, a query word the mean of its
 * pieces' rows, so that rows keep their sum.
 */
export function wordSource(
  source: Source,
  queryWords: readonly WordGroup[],
  keyWords: readonly WordGroup[],
): Source {
  const queries = nameTokens(queryWords.map(({ text }) => text));
  const same = queryWords === keyWords;
  return {
    name: source.name,
    layer: source.layer,
    queries,
    keys: same ? queries : nameTokens(keyWords.map(({ text }) => text)),
    offset: same && source.offset === 0 ? 0 : undefined,
    pieces: { source, queryWords, keyWords },
    row(i) {
      const rows = queryWords[i].pieces.map((piece) => source.row(piece));
      return joinRows(rows, keyWords);
    },
    reasons: (i, j) =>
      commonReasons(
        queryWords[i].pieces.flatMap((query) =>
          keyWords[j].pieces.map((key) => source.reasons(query, key)),
        ),
      ),
    without(words) {
      const left = [...words].flatMap((word) => keyWords[word].pieces);
      return wordSource(source.without(new Set(left)), queryWords, keyWords);
    },
  };
}

/** The row of a query word, from the rows of its pieces. */
function joinRows(rows: readonly SourceRow[], keyWords: readonly WordGroup[]): SourceRow {
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
  const joined = { weights, blocked: known ? blocked : undefined, rest, empty };
  // A mean of several rows is the softmax of no scores.
  if (rows.length > 1) return joined;
  const heads = rows[0].heads?.map((head) => joinRows([head], keyWords));
  return { ...joined, scores: heads ? meanScores(heads) : wordScores(rows[0], keyWords), heads };
}

/**
 * The scores of key words, whose softmax are their weights: `Σ exp(score)` of a word is that of its allowed pieces.
 * A word that is blocked has the score of all its pieces, as a blocked token has its own.
 */
function wordScores(
  { scores, blocked }: SourceRow,
  keyWords: readonly WordGroup[],
): Float64Array | undefined {
  if (!scores) return undefined;
  return Float64Array.from(keyWords, ({ pieces }) => {
    const allowed = pieces.filter((piece) => blocked?.[piece] !== 1);
    return logSumExp((allowed.length > 0 ? allowed : pieces).map((piece) => scores[piece]));
  });
}
