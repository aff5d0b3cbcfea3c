import { offsetsOf, type FloatArray, type Tensor } from "../tensor/index.js";
import { sumOf } from "./entropy.js";
import type { Source, SourceRow } from "./source.js";
import type { Sequences } from "./tokens.js";

/** Sums up to this far from 1 are rounding, as of weights that were kept in half precision. */
export const sumTolerance = 0.01;

/** Weights that were computed elsewhere, `[L, S]`. */
export function givenSource(
  name: string,
  { data, shape, stride, offset }: Tensor<FloatArray>,
  { queries, keys, same }: Sequences,
  layer: number | null,
): Source {
  const columns = offsetsOf([shape[1]], [stride[1]], 0);
  const row = (i: number): SourceRow => {
    const start = offset + i * stride[0];
    const weights = Float64Array.from(columns, (at) => data[start + at]);
    const sum = sumOf(weights);
    // A row of zeros attends nothing; no sink takes its share.
    const empty = sum === 0;
    return { weights, rest: 1 - sum > sumTolerance && !empty ? 1 - sum : 0, empty };
  };
  return sourceOf({ name, layer, queries, keys, offset: same ? 0 : undefined, row });
}

/** A source of bare rows, without scores and rules. */
function sourceOf(given: Omit<Source, "reasons" | "without">): Source {
  return {
    ...given,
    reasons: () => [],
    without: (left) => sourceOf({ ...given, row: (i) => renormalize(given.row(i), left) }),
  };
}

/** What the softmax would have given without some keys: the rest of the row in the same proportions. */
function renormalize({ weights, rest }: SourceRow, left: ReadonlySet<number>): SourceRow {
  const kept = weights.map((weight, j) => (left.has(j) ? 0 : weight));
  const sum = sumOf(kept);
  const total = sum + rest || 1;
  return { weights: kept.map((it) => it / total), rest: rest / total, empty: sum === 0 };
}
