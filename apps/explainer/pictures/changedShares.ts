import type { Reading } from "../reading.js";
import type { State } from "../state.js";
import { vectorOf } from "../vectorOf.js";

/**
 * What each word makes up of the output of one head, with weights that a reader set: `w[j]·v[j]` along their sum. The
 * value of a word of several pieces is what these give it by their weights, which keep their proportions.
 */
export function changedShares(
  { encoded, explanation, groups }: Reading,
  { layer, word }: State,
  head: number,
  weights: readonly number[],
): number[] {
  const { value } = encoded.layers[layer];
  const rows = groups[word].pieces.map((piece) => explanation.head(head).row(piece));
  const parts = groups.map(({ pieces }, j) => {
    const given = rows.flatMap((row) => pieces.map((piece) => ({ piece, by: row.weights[piece] })));
    const sum = given.reduce((all, { by }) => all + by, 0);
    const sums = new Float64Array(value.shape[2]);
    for (const { piece, by } of given) {
      const part = (weights[j] * (sum > 0 ? by : 1)) / (sum > 0 ? sum : given.length);
      vectorOf(value, head, piece).forEach((x, e) => (sums[e] += part * x));
    }
    return sums;
  });
  const output = parts.reduce((all, part) => all.map((x, e) => x + part[e]));
  const along = (part: Float64Array): number => part.reduce((sum, x, e) => sum + x * output[e], 0);
  const square = along(output);
  return parts.map((part) => (square > 0 ? along(part) / square : 0));
}
