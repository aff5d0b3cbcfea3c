import { entropyOf, sumOf } from "./entropy.js";
import type { Source, SourceRow } from "./source.js";
import type { Attended, Row } from "./types.js";

/** What query `i` attends to, sorted. */
export function rowOf(source: Source, i: number, row: SourceRow): Row {
  const total = sumOf(row.weights);
  const keys = source.keys.map((_, j) => attendedOf(source, i, j, row, total));
  // The sort is stable: equal weights stay in the order of the keys; NaN comes last.
  keys.sort((a, b) => {
    if (Number.isNaN(a.weight)) return Number.isNaN(b.weight) ? 0 : 1;
    return Number.isNaN(b.weight) ? -1 : b.weight - a.weight;
  });
  const { weights, rest, empty } = row;
  return { query: source.queries[i], keys, weights, entropy: entropyOf(row), rest, empty };
}

function attendedOf(
  source: Source,
  i: number,
  j: number,
  { weights, scores, blocked }: SourceRow,
  total: number,
): Attended {
  const { text, id, index } = source.keys[j];
  return {
    key: text,
    keyId: id,
    keyIndex: index,
    weight: weights[j],
    share: total === 0 ? 0 : weights[j] / total,
    score: scores ? scores[j] : null,
    blocked: blocked ? blocked[j] === 1 : null,
    reason: blocked?.[j] === 1 ? sentence(source, i, j) : "",
  };
}

/** All reasons of a blocked pair in one line. */
export function sentence(source: Source, i: number, j: number): string {
  return source
    .reasons(i, j)
    .map(({ rule, text }) => (text.startsWith(rule) ? text : `${rule}: ${text}`))
    .join("; ");
}
