import type { FloatArray } from "../tensor/index.js";

/**
 * Copies a strided matrix into row-major memory of a workspace, `rows` by `columns`, from element `to` on;
 * rows of the copy are `step` elements apart.
 */
export function copyRows<A extends FloatArray>(
  data: A,
  start: number,
  row: number,
  column: number,
  rows: number,
  columns: number,
  target: A,
  to: number,
  step = columns,
): void {
  if (column === 1 && row === columns && step === columns) {
    target.set(data.subarray(start, start + rows * columns), to);
    return;
  }
  for (let i = 0; i < rows; i++, start += row, to += step) {
    if (column === 1 && columns > 8) {
      target.set(data.subarray(start, start + columns), to);
    } else {
      for (let j = 0, at = start; j < columns; j++, at += column) target[to + j] = data[at];
    }
  }
}
