import type { Operand } from "../attention/call.js";
import { allocate, type FloatArray } from "../tensor/index.js";
import { matrices } from "./matrices.js";
import type { PagePool } from "./pages.js";

/** Row-major copies of the first `count` positions in a list of pages. */
export function readPages<A extends FloatArray>(
  fn: string,
  pool: PagePool<A>,
  pages: readonly number[],
  count: number,
): { key: Operand<A>; value: Operand<A> } {
  const { shape, memory, size } = pool;
  const { kvHeads: heads, headSize, valueSize, blockKeys, dtype } = shape;
  const keys = allocate(fn, "key", [heads, count, headSize], dtype) as A;
  const values = allocate(fn, "value", [heads, count, valueSize], dtype) as A;
  for (let head = 0; head < heads; head++) {
    for (let j = 0; j < count; j++) {
      const page = pages[Math.floor(j / blockKeys)];
      const slot = j % blockKeys;
      const lane = slot % 8;
      let from = pool.keysAt(page, head) / size + (slot - lane) * headSize + lane;
      const to = (head * count + j) * headSize;
      for (let d = 0; d < headSize; d++, from += 8) keys[to + d] = memory[from];
      for (let e = 0; e < valueSize; e++) {
        values[(head * count + j) * valueSize + e] = memory[pool.valueAt(page, head, slot, e)];
      }
    }
  }
  return {
    key: matrices(keys, heads, count, headSize),
    value: matrices(values, heads, count, valueSize),
  };
}
