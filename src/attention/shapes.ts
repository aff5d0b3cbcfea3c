import { rangeError, showShape, sizeOf, type Tensor } from "../tensor/index.js";

/** The letters of one call, read off its tensors. */
export interface Sizes {
  readonly batchAxes: readonly number[];
  /** Batch entries, all leading axes flattened. */
  readonly batch: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly queries: number;
  readonly keys: number;
  readonly headSize: number;
  readonly valueSize: number;
}

/** Which axis holds the heads and which the positions; rank 2 has no axis of heads. */
export function axesOf(rank: number, sequenceFirst: boolean): [heads: number, rows: number] {
  return sequenceFirst && rank > 2 ? [rank - 2, rank - 3] : [rank - 3, rank - 2];
}

/** Checks that query, key and value fit together, and reads the sizes. */
export function readSizes(
  fn: string,
  query: Tensor,
  key: Tensor,
  value: Tensor,
  sequenceFirst: boolean,
  grouped: boolean,
): Sizes {
  const [q, k, v] = [query.shape, key.shape, value.shape];
  const fail = (argument: string, expected: string, fix?: string): RangeError => {
    const got = `query ${showShape(q)}, key ${showShape(k)}, value ${showShape(v)}`;
    return rangeError(fn, argument, expected, got, fix);
  };
  const rank = q.length;
  if (rank < 2) throw fail("query", "[L, D] for one head, [H, L, D] or [..., H, L, D]");
  const batchAxes = q.slice(0, -3);
  for (const [name, shape] of [
    ["key", k],
    ["value", v],
  ] as const) {
    if (shape.length !== rank) throw fail(name, `rank ${rank}, as query has`);
    if (batchAxes.some((length, axis) => length !== shape[axis])) {
      throw fail(name, `the batch axes of query, ${showShape(batchAxes)}`);
    }
  }
  const [headAxis, rowAxis] = axesOf(rank, sequenceFirst);
  const heads = q[headAxis] ?? 1;
  const kvHeads = k[headAxis] ?? 1;
  const [queries, keys] = [q[rowAxis], k[rowAxis]];
  const [headSize, valueSize] = [q[rank - 1], v[rank - 1]];
  if (k[rank - 1] !== headSize) throw fail("key", `the head size of query, D = ${headSize}`);
  if ((v[headAxis] ?? 1) !== kvHeads) throw fail("value", `as many heads as key, Hkv = ${kvHeads}`);
  if (v[rowAxis] !== keys) throw fail("value", `as many positions as key, S = ${keys}`);
  const divides = kvHeads > 0 && heads % kvHeads === 0;
  if (heads !== kvHeads && !(grouped && divides)) {
    const fixes: string[] = [];
    if (divides) {
      fixes.push(
        `if ${heads / kvHeads} query heads share a key/value head, write grouped: true (query head h reads head floor(h·${kvHeads}/${heads}))`,
      );
    }
    if (queries === keys && !sequenceFirst) {
      fixes.push(`if the tensors are [..., L, H, D], write layout: "BLHD"`);
    }
    const expected = `as many heads as query, H = ${heads}${grouped ? ", or a divisor of it" : ""}`;
    throw fail("key", expected, fixes.join("; "));
  }
  const batch = sizeOf(batchAxes);
  return { batchAxes, batch, heads, kvHeads, queries, keys, headSize, valueSize };
}
