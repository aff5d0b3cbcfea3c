import type { FloatArray } from "../tensor/index.js";

/**
 * Copies a strided matrix, `rows` by `columns`, into another, from element `to` on: into row-major memory unless
 * `toRow` and `toColumn` say how far apart its rows and columns are.
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
  toRow = columns,
  toColumn = 1,
): void {
  const dense = column === 1 && toColumn === 1;
  if (dense && row === columns && toRow === columns) {
    target.set(data.subarray(start, start + rows * columns), to);
    return;
  }
  for (let i = 0; i < rows; i++, start += row, to += toRow) {
    if (dense && columns > 8) {
      target.set(data.subarray(start, start + columns), to);
    } else {
      for (let j = 0, at = start, into = to; j < columns; j++, at += column, into += toColumn) {
        target[into] = data[at];
      }
    }
  }
}
