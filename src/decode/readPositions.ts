import { copyRows } from "../engine/index.js";
import {
  allocate,
  freshTensor,
  numberError,
  rangeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import type { CacheShape } from "./readCacheOptions.js";
import { placeOf, type Store } from "./store.js";
import type { CachePositions } from "./types.js";

/** Copies of positions `from … to − 1`; `floors` are the first of each batch entry that are not given up. */
export function readPositions<A extends FloatArray>(
  shape: CacheShape,
  store: Store<A>,
  floors: readonly number[],
  from: number,
  to: number,
): CachePositions<A> {
  const fn = "KvCache.read";
  const { batch, kvHeads, headSize, valueSize, dtype, keptKeys, keepFirst } = shape;
  const length = Math.max(...store.spans.map((span) => span.length));
  if (!(Number.isSafeInteger(from) && from >= 0 && from <= length)) {
    throw numberError(fn, "from", `an integer from 0 to ${length}, the length`, from);
  }
  if (!(Number.isSafeInteger(to) && to >= from && to <= length)) {
    throw numberError(fn, "to", `an integer from ${from} to ${length}, the length`, to);
  }
  const floor = Math.max(...floors);
  if (Math.max(from, keepFirst) < Math.min(to, floor)) {
    throw rangeError(
      fn,
      "from",
      keepFirst > 0
        ? `positions before ${keepFirst} or from ${floor} on: those between are given up`
        : `at least ${floor}: positions before it are given up`,
      `${from} to ${to}`,
    );
  }
  const make = (size: number): Tensor<A> => {
    const whole = [batch, kvHeads, to - from, size];
    return freshTensor(allocate(fn, "result", whole, dtype) as A, whole);
  };
  const [key, value] = [make(headSize), make(valueSize)];
  store.spans.forEach((span, b) => {
    const stored = store.operands(fn, b);
    const count = Math.min(to, span.length) - from;
    if (count <= 0) return;
    const first = placeOf(from, span, keptKeys);
    for (const [operand, result] of [
      [stored.key, key],
      [stored.value, value],
    ] as const) {
      const size = result.shape[3];
      operand.starts.forEach((start, head) => {
        const at = (b * kvHeads + head) * (to - from) * size;
        const begin = start + first * operand.row;
        copyRows(operand.data, begin, operand.row, 1, count, size, result.data, at);
      });
    }
  });
  return { key, value };
}
