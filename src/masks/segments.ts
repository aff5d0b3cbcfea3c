import { tileSize } from "../elementary/tileSize.js";
import { checkArguments, describe, rangeError, typeError } from "../tensor/index.js";
import { coverage, type MaskRule, type Place } from "./types.js";

/** The segment of every position: one list for all batch entries, or a list for each. */
export type SegmentIds = ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * Packed sequences: a query sees the keys of its own segment only.
 *
 * @param queryIds - the segment of each query, for instance `[0, 0, 0, 1, 1]` for a sequence of
 *   three and one of two; `[L]`, or `[B][L]` for each batch entry.
 * @param keyIds - the segment of each key, `[S]` or `[B][S]`. Default: those of the queries.
 * @throws TypeError for ids that are no integers, when the rule is used.
 * @throws RangeError for a list that is not as long as the queries or keys, when the rule is used.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.segments([0, 0, 1]), [3, 3])));
 * // → [ [ 1, 1, 0 ], [ 1, 1, 0 ], [ 0, 0, 1 ] ]
 * ```
 */
export function segments(queryIds: SegmentIds, keyIds: SegmentIds = queryIds): MaskRule {
  checkArguments("masks.segments", arguments.length, ["queryIds", "keyIds"]);
  return {
    kind: "mask",
    made: { by: "segments", with: [queryIds, keyIds] },
    bind(shape, { fn, argument }) {
      const place = { fn, argument: `${argument} (masks.segments)` };
      const queries = readIds(queryIds, shape.batch, shape.queries, "queries", place);
      const keys = readIds(keyIds, shape.batch, shape.keys, "keys", place);
      const queryRanges = rangesOf(queries);
      const keyRanges = rangesOf(keys);
      return {
        coverage(b, _h, i0, i1, j0, j1) {
          const q = queryRanges[b](i0, i1);
          const k = keyRanges[b](j0, j1);
          if (q.low > k.high || k.low > q.high) return coverage.none;
          return q.low === q.high && k.low === k.high ? coverage.all : coverage.some;
        },
        narrow(b, _h, i, j0, j1, allowed) {
          for (let j = j0; j < j1; j++) if (keys[b][j] !== queries[b][i]) allowed[j - j0] = 0;
        },
        reason: (b, _h, i, j) =>
          `query ${i} is in segment ${queries[b][i]}, key ${j} in segment ${keys[b][j]}`,
      };
    },
  };
}

interface Range {
  low: number;
  high: number;
}

/** For each list the range of its ids from one position to another, in whole tiles from a table. */
function rangesOf(lists: readonly Float64Array[]): ((from: number, to: number) => Range)[] {
  const shared = new Map<Float64Array, (from: number, to: number) => Range>();
  for (const ids of lists) if (!shared.has(ids)) shared.set(ids, tabulated(ids));
  return lists.map((ids) => shared.get(ids)!);
}

function tabulated(ids: Float64Array): (from: number, to: number) => Range {
  const tiles = Array.from({ length: Math.ceil(ids.length / tileSize) }, (_, t) =>
    widened({ low: Infinity, high: -Infinity }, ids, t * tileSize, (t + 1) * tileSize),
  );
  return (from, to) => {
    const range = { low: Infinity, high: -Infinity };
    for (let at = from; at < to;) {
      const t = Math.floor(at / tileSize);
      const end = Math.min(to, (t + 1) * tileSize);
      if (end - at < tileSize) widened(range, ids, at, end);
      else {
        range.low = Math.min(range.low, tiles[t].low);
        range.high = Math.max(range.high, tiles[t].high);
      }
      at = end;
    }
    return range;
  };
}

function widened(range: Range, ids: Float64Array, from: number, to: number): Range {
  for (let i = from; i < Math.min(to, ids.length); i++) {
    range.low = Math.min(range.low, ids[i]);
    range.high = Math.max(range.high, ids[i]);
  }
  return range;
}

function readIds(
  ids: unknown,
  batch: number,
  length: number,
  axis: string,
  { fn, argument }: Place,
): Float64Array[] {
  const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);
  if (!isList(ids)) {
    throw typeError(
      fn,
      argument,
      `a list of segment ids, one for each of ${length} ${axis}`,
      describe(ids),
    );
  }
  const list = ids as ArrayLike<unknown>;
  const perBatch = list.length > 0 && isList(list[0]);
  if (perBatch && list.length !== batch) {
    throw rangeError(
      fn,
      argument,
      `${batch} lists of segment ids, one for each batch entry`,
      `${list.length} lists`,
    );
  }
  const read = (row: unknown): Float64Array => {
    if (!isList(row) || (row as ArrayLike<number>).length !== length) {
      throw rangeError(
        fn,
        argument,
        `${length} segment ids, one for each of the ${axis}`,
        describe(row),
      );
    }
    return Float64Array.from(row as ArrayLike<number>, (id) => {
      if (Number.isSafeInteger(id)) return id;
      throw typeError(fn, argument, "integer segment ids", describe(id));
    });
  };
  if (perBatch) return Array.from(list, read);
  return new Array<Float64Array>(batch).fill(read(list));
}
