import type { AttentionTrace } from "../attention/index.js";
import type { Call } from "../attention/call.js";
import {
  allocate,
  canonicalizeNaN,
  freshTensor,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";

/**
 * Weight × value of every pair of one head, `[L, S, E]`, rounded once. Where the pair is blocked, or its
 * score is −Infinity, it is 0 and the value is not read, as in attention itself.
 */
export function contributionsOf<A extends FloatArray>(
  { fn, queries, keys, valueSize, value, dtype }: Call<A>,
  { masked, weights }: AttentionTrace<A>,
): Tensor<A> {
  const shape = [queries, keys, valueSize];
  const data = allocate(fn, "contributions", shape, dtype) as A;
  let at = 0;
  for (let pair = 0; pair < queries * keys; pair++) {
    const weight = weights.data[pair];
    const start = value.starts[0] + (pair % keys) * value.row;
    const read = masked.data[pair] !== -Infinity || Number.isNaN(weight);
    for (let e = 0; e < valueSize; e++, at++) {
      data[at] = read ? weight * value.data[start + e * value.column] : 0;
    }
  }
  canonicalizeNaN(data);
  return freshTensor(data, shape);
}
