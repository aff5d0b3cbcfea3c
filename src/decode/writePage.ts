import type { Operand } from "../attention/problem.js";
import { copyRows } from "../engine/index.js";
import { tileSize } from "../softmax/index.js";
import type { FloatArray } from "../tensor/index.js";
import type { PagePool } from "./pages.js";

/** Keys of a panel. */
const lanes = 8;

/** Scratch bytes that `writePage` needs behind the pages. */
export function writeScratch({ keyStep }: PagePool<FloatArray>): number {
  return tileSize * keyStep;
}

/** Writes positions `from … from + count − 1` of the operands to a page, from place `slot` on. */
export function writePage<D extends FloatArray>(
  pool: PagePool<D>,
  page: number,
  slot: number,
  key: Operand<D>,
  value: Operand<D>,
  from: number,
  count: number,
): void {
  const { memory, size, valueStep, shape } = pool;
  const { heads, valueSize } = shape;
  const step = valueStep / size;
  for (let head = 0; head < heads; head++) {
    writeKeys(pool, page, head, slot, key, key.starts[head] + from * key.row, count);
    const to = pool.valuesAt(page, head) / size + slot * step;
    const start = value.starts[head] + from * value.row;
    // Padding that is not a number would send every row the slow way.
    if (step !== valueSize) memory.fill(0, to, to + count * step);
    copyRows(value.data, start, value.row, value.column, count, valueSize, memory, to, step);
  }
}

/** One by one to the end of a started panel, then whole panels by the kernel. */
function writeKeys<D extends FloatArray>(
  pool: PagePool<D>,
  page: number,
  head: number,
  slot: number,
  { data, row, column }: Operand<D>,
  start: number,
  count: number,
): void {
  const { memory, kernels, size, keyStep, shape, end: staging } = pool;
  const { headSize } = shape;
  const keys = pool.keysAt(page, head);
  let largest = pool.largest[page][head];
  let done = 0;
  for (; done < count && slot % lanes !== 0; done++, slot++, start += row) {
    let to = (keys + (slot - (slot % lanes)) * keyStep) / size + (slot % lanes);
    for (let d = 0, at = start; d < headSize; d++, at += column, to += lanes) {
      memory[to] = data[at];
      largest = Math.max(largest, Math.abs(memory[to]));
    }
  }
  while (done < count) {
    const rows = Math.min(tileSize, count - done);
    copyRows(data, start, row, column, rows, headSize, memory, staging / size);
    const found = kernels.packPanels(staging, keys + slot * keyStep, rows, headSize);
    largest = Math.max(largest, found);
    done += rows;
    slot += rows;
    start += rows * row;
  }
  pool.largest[page][head] = largest;
}
