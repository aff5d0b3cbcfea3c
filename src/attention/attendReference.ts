import { canonicalizeNaN, type FloatArray } from "../tensor/index.js";
import type { Results } from "./results.js";
import type { Call } from "./call.js";
import { attentionReference } from "./reference.js";

/** Rounds the float64 reference to the precision of the call. */
export function attendReference<A extends FloatArray>(
  call: Call<A>,
  { output, lse, weights, stages }: Results<A>,
  from: number,
  to: number,
): number {
  const { queries, keys, valueSize } = call;
  const found = attentionReference(call, from, to);
  let firstEmpty = -1;
  for (let row = from; row < to; row++) {
    const matrix = Math.floor(row / queries);
    const start = output.starts[matrix] + (row - matrix * queries) * output.row;
    for (let e = 0; e < valueSize; e++) {
      output.data[start + e * output.column] = found.output[(row - from) * valueSize + e];
    }
    canonicalizeNaN(output.data, start, valueSize, output.column);
    if (found.empty[row - from] === 1 && firstEmpty < 0) firstEmpty = row;
  }
  lse?.set(found.lse, from);
  weights?.set(found.weights, from * keys);
  for (const name of ["scores", "capped", "biased", "masked"] as const) {
    stages?.[name]?.set(found[name], from * keys);
  }
  if (lse) canonicalizeNaN(lse, from, to - from);
  if (weights) canonicalizeNaN(weights, from * keys, (to - from) * keys);
  return firstEmpty;
}
