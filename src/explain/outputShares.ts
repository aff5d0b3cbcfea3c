import type { FloatArray } from "../tensor/index.js";
import type { StagedSource } from "./attentionSource.js";

/**
 * How much of the output of some queries, on average, each key's value makes up, over the concatenated heads:
 * `⟨c[j], o⟩ / |o|²`, where `c[j]` is what key `j` contributes to the output `o = Σ c[j]`. `[S]`.
 *
 * One row of one head at a time: once for the output, which takes H·E numbers, and once for its shares.
 */
export function outputShares<A extends FloatArray>(
  heads: readonly StagedSource<A>[],
  queries: readonly number[],
): Float64Array {
  const outputs = heads.map((head) => outputOf(head, queries));
  const largest = outputs.flat().reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const shares = new Float64Array(heads[0].keys.length);
  if (largest === 0) return shares;

  // Over the largest number, so that no square leaves the range of float64.
  const directions = outputs.map((output) => output.map((x) => x / largest));
  const square = directions.flat().reduce((sum, x) => sum + x * x, 0);
  heads.forEach((head, h) => {
    const direction = directions[h];
    for (const i of queries) {
      const { data } = head.stages(i, i + 1).contributions();
      for (let j = 0, at = 0; j < shares.length; j++) {
        for (const along of direction) shares[j] += (data[at++] / largest) * along;
      }
    }
  });
  return shares.map((along) => along / square);
}

/** The output of a head, `[E]`, added up over the queries from what the shares are made of: they sum to 1. */
function outputOf<A extends FloatArray>(
  head: StagedSource<A>,
  queries: readonly number[],
): number[] {
  const output: number[] = [];
  for (const i of queries) {
    const { data, shape } = head.stages(i, i + 1).contributions();
    const size = shape[2];
    for (let e = 0; e < size; e++) {
      output[e] ??= 0;
      for (let at = e; at < data.length; at += size) output[e] += data[at];
    }
  }
  return output;
}
