import type { Operand } from "../attention/call.js";
import { copyRows } from "../engine/index.js";
import { tileSize } from "../elementary/tileSize.js";
import type { FloatArray } from "../tensor/index.js";
import type { PagePool } from "./pages.js";

/** Keys of a panel. */
const lanes = 8;

/** Scratch bytes that `writePage` needs behind the pages. */
export function writeScratch({ keyStep, valueStep }: PagePool<FloatArray>): number {
  return tileSize * Math.max(keyStep, valueStep);
}

/**
 * Writes positions `from … from + count − 1` of the operands to a page, from place `slot` on. `first` is the first of
 * the operands' matrices that belong to the page.
 */
export function writePage<A extends FloatArray>(
  pool: PagePool<A>,
  page: number,
  slot: number,
  key: Operand<A>,
  value: Operand<A>,
  first: number,
  from: number,
  count: number,
): void {
  for (let head = 0; head < pool.shape.kvHeads; head++) {
    const [k, v] = [key.starts[first + head], value.starts[first + head]];
    writeKeys(pool, page, head, slot, key, k + from * key.row, count);
    writeValues(pool, page, head, slot, value, v + from * value.row, count);
  }
}

/** One by one to the end of a started tile, then whole tiles by the kernel. */
function writeValues<A extends FloatArray>(
  pool: PagePool<A>,
  page: number,
  head: number,
  slot: number,
  { data, row, column }: Operand<A>,
  start: number,
  count: number,
): void {
  const { memory, kernels, size, valueStep, shape, end: staging } = pool;
  const { valueSize } = shape;
  let done = 0;
  for (; done < count && slot % tileSize !== 0; done++, slot++, start += row) {
    for (let e = 0, at = start; e < valueSize; e++, at += column) {
      memory[pool.valueAt(page, head, slot, e)] = data[at];
    }
  }
  while (done < count) {
    const rows = Math.min(tileSize, count - done);
    copyRows(data, start, row, column, rows, valueSize, memory, staging / size);
    // The kernel pads columns with zeros; the rows that are still to come are zeros too.
    const end = staging / size + tileSize * valueSize;
    if (rows < tileSize) memory.fill(0, staging / size + rows * valueSize, end);
    const to = pool.valuesAt(page, head) + slot * valueStep;
    kernels.packPanelColumns(staging, to, valueSize, tileSize);
    done += rows;
    slot += rows;
    start += rows * row;
  }
}

/** One by one to the end of a started panel, then whole panels by the kernel. */
function writeKeys<A extends FloatArray>(
  pool: PagePool<A>,
  page: number,
  head: number,
  slot: number,
  { data, row, column }: Operand<A>,
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
