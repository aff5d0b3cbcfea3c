import type { Operand } from "../attention/problem.js";
import { allocate, type FloatArray } from "../tensor/index.js";
import type { PagePool } from "./pages.js";

/** Row-major copies of the first `count` positions in a list of pages. */
export function readPages<D extends FloatArray>(
  fn: string,
  pool: PagePool<D>,
  pages: readonly number[],
  count: number,
): { key: Operand<D>; value: Operand<D> } {
  const { shape, memory, size } = pool;
  const { heads, headSize, valueSize, blockKeys, dtype } = shape;
  const keys = allocate(fn, "key", [heads, count, headSize], dtype) as D;
  const values = allocate(fn, "value", [heads, count, valueSize], dtype) as D;
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

/** Row-major matrices that follow each other, `room` rows each. */
export function matrices<D extends FloatArray>(
  data: D,
  heads: number,
  room: number,
  columns: number,
): Operand<D> {
  const starts = Array.from({ length: heads }, (_, head) => head * room * columns);
  return { data, starts, row: columns, column: 1 };
}
