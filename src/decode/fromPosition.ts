import type { Results } from "../attention/results.js";
import type { Call } from "../attention/call.js";
import type { BoundMask } from "../masks/index.js";
import type { FloatArray } from "../tensor/index.js";

/**
 * The same call over keys `start` and later, for a `start` that is a multiple of the tile: the tiles, and
 * with them the bits, stay what they were. No query sees a key before it.
 */
export function fromPosition<A extends FloatArray>(call: Call<A>, start: number): Call<A> {
  if (start === 0) return call;
  return {
    ...call,
    keys: call.keys - start,
    keyCounts: call.keyCounts?.map((count) => Math.max(0, count - start)),
    mask: call.mask && shifted(call.mask, start),
    biases: call.biases.map((bias) => ({
      read: (b, h, i, j0, j1, into) => bias.read(b, h, i, j0 + start, j1 + start, into),
    })),
  };
}

function shifted(mask: BoundMask, start: number): BoundMask {
  return {
    coverage: (b, h, i0, i1, j0, j1) => mask.coverage(b, h, i0, i1, j0 + start, j1 + start),
    narrow: (b, h, i, j0, j1, allowed) => mask.narrow(b, h, i, j0 + start, j1 + start, allowed),
  };
}

/** Lets `compute` write weights over the last `keys` keys, and puts them where those of all keys belong. */
export function withWholeWeights<A extends FloatArray>(
  results: Results<A>,
  start: number,
  keys: number,
  compute: (results: Results<A>) => number,
): number {
  const { weights } = results;
  if (!weights || start === 0) return compute(results);
  const whole = start + keys;
  const rows = weights.length / whole;
  const late = weights.slice(0, rows * keys) as A;
  const firstEmpty = compute({ ...results, weights: late });
  for (let row = 0; row < rows; row++) {
    weights.set(late.subarray(row * keys, (row + 1) * keys), row * whole + start);
    // A row that is not a number is so over all keys, blocked ones too.
    if (Number.isNaN(late[row * keys])) weights.fill(NaN, row * whole, row * whole + start);
  }
  return firstEmpty;
}
