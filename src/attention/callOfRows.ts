import type { BoundBias, BoundMask } from "../masks/index.js";
import type { FloatArray } from "../tensor/index.js";
import type { Call } from "./call.js";

/**
 * Queries `from … to − 1` of one head in one batch entry, as a call of its own. No row depends on
 * another, so its results have the bits of those rows.
 */
export function callOfRows<A extends FloatArray>(
  call: Call<A>,
  b: number,
  h: number,
  from: number,
  to: number,
): Call<A> {
  const { heads, kvHeads, keys, valueSize, query, key, value, keyCounts, queryCounts } = call;
  const queries = to - from;
  const kv = b * kvHeads + Math.floor((h * kvHeads) / heads);
  const start = query.starts[b * heads + h] + from * query.row;
  const counted = queryCounts && Math.min(Math.max(queryCounts[b] - from, 0), queries);
  return {
    ...call,
    batchAxes: [],
    batch: 1,
    heads: 1,
    kvHeads: 1,
    queries,
    scoresShape: [queries, keys],
    keyCounts: keyCounts?.subarray(b, b + 1),
    queryCounts: counted === undefined ? undefined : Float64Array.of(counted),
    query: { ...query, starts: [start] },
    key: { ...key, starts: [key.starts[kv]] },
    value: { ...value, starts: [value.starts[kv]] },
    outputShape: [queries, valueSize],
    sequenceFirst: false,
    mask: call.mask && shiftMask(call.mask, b, h, from),
    biases: call.biases.map((bias) => shiftBias(bias, b, h, from)),
    sinks: call.sinks && [call.sinks[h]],
  };
}

function shiftMask(mask: BoundMask, b: number, h: number, from: number): BoundMask {
  return {
    coverage: (_b, _h, i0, i1, j0, j1) => mask.coverage(b, h, from + i0, from + i1, j0, j1),
    narrow: (_b, _h, i, j0, j1, allowed) => mask.narrow(b, h, from + i, j0, j1, allowed),
  };
}

function shiftBias(bias: BoundBias, b: number, h: number, from: number): BoundBias {
  return { read: (_b, _h, i, j0, j1, into) => bias.read(b, h, from + i, j0, j1, into) };
}
