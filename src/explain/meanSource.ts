import type { FloatArray } from "../tensor/index.js";
import type { Source, SourceRow } from "./source.js";
import type { Reason } from "./types.js";

/** The mean over heads. A pair is blocked where every head blocks it. */
export function meanSource(name: string, heads: readonly Source[]): Source {
  const [first] = heads;
  return {
    name,
    layer: first.layer,
    queries: first.queries,
    keys: first.keys,
    offset: first.offset,
    row: (i) => meanRow(heads.map((head) => head.row(i))),
    reasons: (i, j) => commonReasons(heads.map((head) => head.reasons(i, j))),
    without: (keys) =>
      meanSource(
        name,
        heads.map((head) => head.without(keys)),
      ),
  };
}

function meanRow(rows: readonly SourceRow[]): SourceRow {
  const [first] = rows;
  const known = rows.every(({ blocked }) => blocked !== undefined);
  return {
    weights: meanOf(rows.map(({ weights }) => weights)),
    scores: meanScores(rows),
    blocked: known
      ? first.blocked!.map((_, j) => Number(rows.every(({ blocked }) => blocked![j] === 1)))
      : undefined,
    rest: rows.reduce((sum, { rest }) => sum + rest, 0) / rows.length,
    empty: rows.every(({ empty }) => empty),
    heads: rows,
  };
}

/** The mean of the scores of heads; undefined where one has none. */
export function meanScores(rows: readonly SourceRow[]): FloatArray | undefined {
  const scores = rows.flatMap((row) => row.scores ?? []);
  return scores.length === rows.length ? meanOf(scores) : undefined;
}

/** The arithmetic mean, element by element: added up in float64, rounded once. */
export function meanOf<A extends FloatArray>(parts: readonly A[]): A {
  if (parts.length === 1) return parts[0];
  return parts[0].map((_, at) => {
    let sum = 0;
    for (const part of parts) sum += part[at];
    return sum / parts.length;
  }) as A;
}

/** Reasons of all heads, each once; none if one head allows the pair. */
export function commonReasons(all: readonly (readonly Reason[])[]): readonly Reason[] {
  if (all.some((reasons) => reasons.length === 0)) return [];
  const byText = new Map(all.flat().map((reason) => [reason.text, reason]));
  return [...byText.values()];
}
