import type { Call } from "../attention/call.js";
import { coverage, type BoundBias, type BoundMask } from "../masks/index.js";
import { copyInto, freshTensor, sizeOf, type FloatArray, type Tensor } from "../tensor/index.js";

/** `[..., S, F]` → `[..., S + rows, F]`: the same rows behind the own ones of every batch entry. */
export function appendRows<A extends FloatArray>(
  x: Tensor<A>,
  rows: readonly (Tensor<A> | undefined)[],
): Tensor<A> {
  if (rows.length === 0) return x;
  const [length, features] = x.shape.slice(-2);
  const shape = [...x.shape.slice(0, -2), length + rows.length, features];
  const data = new (x.data.constructor as new (size: number) => A)(sizeOf(shape));
  const own = length * features;
  const batch = sizeOf(x.shape.slice(0, -2));
  for (let b = 0, to = 0; b < batch; b++) {
    data.set(x.data.subarray(x.offset + b * own, x.offset + (b + 1) * own), to);
    to += own;
    // A row that is not given stays zero.
    for (const row of rows) {
      if (row !== undefined) copyInto(row, data, { stride: [1], offset: to });
      to += features;
    }
  }
  return freshTensor(data, shape);
}

/**
 * A call with `count` extra keys: everything that was said of the real keys holds for them alone, and the
 * extra ones are visible to every query and have no bias.
 */
export function withExtraKeys<A extends FloatArray>(real: Call<A>, count: number): Call<A> {
  if (count === 0) return real;
  const keys = real.keys + count;
  return {
    ...real,
    keys,
    scoresShape: [...real.scoresShape.slice(0, -1), keys],
    keyCounts: undefined,
    mask: allowExtraKeys(real),
    biases: real.biases.map((bias) => biasRealKeys(bias, real.keys)),
  };
}

function allowExtraKeys({ keys, keyCounts, mask }: Call): BoundMask {
  // 1. The real keys: what the masks say of them, and nothing beyond their number.
  const real: BoundMask = {
    coverage(b, h, i0, i1, j0, j1) {
      const count = keyCounts?.[b] ?? keys;
      if (j0 >= count) return coverage.none;
      const answer = mask?.coverage(b, h, i0, i1, j0, Math.min(j1, count)) ?? coverage.all;
      return answer === coverage.all && j1 > count ? coverage.some : answer;
    },
    narrow(b, h, i, j0, j1, allowed) {
      const end = Math.min(j1, keyCounts?.[b] ?? keys);
      if (j0 < end) mask?.narrow(b, h, i, j0, end, allowed);
      allowed.fill(0, Math.max(end, j0) - j0, j1 - j0);
    },
  };
  // 2. All keys: the extra ones are visible.
  return {
    coverage(b, h, i0, i1, j0, j1) {
      if (j0 >= keys) return coverage.all;
      const answer = real.coverage(b, h, i0, i1, j0, Math.min(j1, keys));
      return answer === coverage.none && j1 > keys ? coverage.some : answer;
    },
    narrow(b, h, i, j0, j1, allowed) {
      if (j0 < keys) real.narrow(b, h, i, j0, Math.min(j1, keys), allowed);
    },
  };
}

function biasRealKeys(bias: BoundBias, keys: number): BoundBias {
  return {
    read(b, h, i, j0, j1, into) {
      const end = Math.max(j0, Math.min(j1, keys));
      if (j0 < end) bias.read(b, h, i, j0, end, into);
      into.fill(0, end - j0, j1 - j0);
    },
  };
}
