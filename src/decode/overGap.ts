import type { Call } from "../attention/call.js";
import type { Results } from "../attention/results.js";
import { coverage } from "../masks/index.js";
import type { FloatArray } from "../tensor/index.js";
import { placeOf, type Span } from "./store.js";

/**
 * The same call over the stored positions: those before `kept`, and from `spans[b].start` on. Both are multiples of
 * the tile, and no query sees what lies between: the tiles, and with them the bits, stay what they were.
 */
export function overGap<A extends FloatArray>(
  call: Call<A>,
  spans: readonly Span[],
  kept: number,
): Call<A> {
  if (spans.every(({ start }) => start === kept)) return call;
  const counts = spans.map((span, b) => placeOf(call.keyCounts?.[b] ?? call.keys, span, kept));
  const { mask, biases } = call;
  // A tile lies on one side of the gap; what is asked of more keys may lie on both.
  const at = (b: number, j0: number): number => (j0 < kept ? 0 : spans[b].start - kept);
  return {
    ...call,
    keys: Math.max(...counts),
    keyCounts: Float64Array.from(counts),
    mask: mask && {
      coverage(b, h, i0, i1, j0, j1) {
        const gap = at(b, j1 - 1);
        if (j0 >= kept || gap === 0) return mask.coverage(b, h, i0, i1, j0 + gap, j1 + gap);
        const before = mask.coverage(b, h, i0, i1, j0, Math.min(j1, kept));
        if (j1 <= kept) return before;
        const after = mask.coverage(b, h, i0, i1, kept + gap, j1 + gap);
        return before === after ? before : coverage.some;
      },
      narrow(b, h, i, j0, j1, allowed) {
        const gap = at(b, j0);
        mask.narrow(b, h, i, j0 + gap, j1 + gap, allowed);
      },
    },
    biases: biases.map((bias) => ({
      read(b, h, i, j0, j1, into) {
        const gap = at(b, j0);
        bias.read(b, h, i, j0 + gap, j1 + gap, into);
      },
    })),
  };
}

/** Lets `compute` write weights over the stored keys, and puts them where those of all keys belong. */
export function withAllWeights<A extends FloatArray>(
  results: Results<A>,
  call: Call<A>,
  stored: Call<A>,
  spans: readonly Span[],
  kept: number,
  compute: (results: Results<A>) => number,
): number {
  const { weights } = results;
  if (!weights || stored === call) return compute(results);
  const [all, some] = [call.keys, stored.keys];
  const rowsPerEntry = call.heads * call.queries;
  const rows = call.batch * rowsPerEntry;
  const found = weights.slice(0, rows * some) as A;
  const firstEmpty = compute({ ...results, weights: found });
  for (let row = 0; row < rows; row++) {
    const { start } = spans[Math.floor(row / rowsPerEntry)];
    const from = row * some;
    const to = row * all;
    const first = Math.min(kept, some);
    weights.set(found.subarray(from, from + first), to);
    const rest = Math.min(some - first, all - start);
    weights.set(found.subarray(from + first, from + first + rest), to + start);
    // A row that is not a number is so over all keys, blocked ones too.
    if (Number.isNaN(found[from])) weights.fill(NaN, to, to + all);
  }
  return firstEmpty;
}
