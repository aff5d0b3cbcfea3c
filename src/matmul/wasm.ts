import { copyRows, type Workspace } from "../engine/index.js";
import type { FloatArray } from "../tensor/index.js";
import type { MatmulKernel } from "./portable.js";

// The result is made in slabs of rows by columns that stay in the memory of the kernels, in panels of
// eight columns, so that its blocks lie one behind the other; the inner axis passes through in steps. A
// step of B is packed once a slab, one of A 64 rows at a time.
const slabRows = 1024;
const slabColumns = 1024;
const innerStep = 256;
const packedRows = 64;

const upTo = (n: number, multiple: number): number => Math.ceil(n / multiple) * multiple;

/**
 * The product in SIMD, with the arguments and the bits of the portable kernel; never accumulates. `onNaN`
 * is called if a result has a NaN.
 */
export function wasmKernel<A extends FloatArray>(
  fn: string,
  workspace: Workspace<A>,
  onNaN: () => void,
): MatmulKernel<A> {
  const { kernels, size } = workspace;
  // prettier-ignore
  return (
    a, aOffset, aRow, aColumn,
    b, bOffset, bRow, bColumn,
    out, outOffset, outRow, outColumn,
    m, k, n,
  ) => {
    const inner = Math.min(k, innerStep);
    const rows = Math.min(upTo(m, 4), slabRows);
    const columns = Math.min(upTo(n, 8), slabColumns);
    const staging = workspace.base;
    const packing = Math.max(packedRows, columns) * Math.max(inner, packedRows);
    const left = staging + upTo(packing * size, 64);
    const right = left + packedRows * inner * size;
    const slab = right + columns * inner * size;
    workspace.reserve(fn, slab + rows * columns * size);
    const { memory } = workspace;
    for (let i0 = 0; i0 < m; i0 += slabRows) {
      const i1 = Math.min(m, i0 + slabRows);
      const height = upTo(i1 - i0, 4);
      for (let j0 = 0; j0 < n; j0 += slabColumns) {
        const width = Math.min(n - j0, slabColumns);
        const panels = Math.ceil(width / 8);
        // An empty inner axis still makes a slab of zeros.
        for (let l0 = 0; l0 === 0 || l0 < k; l0 += innerStep) {
          const depth = Math.min(k - l0, innerStep);
          packRight(b, bOffset + l0 * bRow + j0 * bColumn, bRow, bColumn, depth, width);
          for (let i = i0; i < i1; i += packedRows) {
            const count = Math.min(packedRows, i1 - i);
            packLeft(a, aOffset + i * aRow + l0 * aColumn, aRow, aColumn, count, depth);
            kernels.product(
              left, right, slab + (i - i0) * 8 * size, 8 * size, height * 8 * size,
              upTo(count, 4) / 4, panels, depth, l0 > 0 ? 1 : 0,
            );
          }
        }
        for (let i = i0; i < i1; i += packedRows) {
          const count = Math.min(packedRows, i1 - i);
          const from = slab + (i - i0) * 8 * size;
          if (kernels.unpackRows(from, staging, count, height, panels) === 1) onNaN();
          const to = outOffset + i * outRow + j0 * outColumn;
          copyRows(memory, staging / size, panels * 8, 1, count, width, out, to, outRow, outColumn);
        }
      }
    }

    function packLeft(
      data: A, start: number, row: number, column: number, count: number, depth: number,
    ): void {
      if (row === 1 && column !== 1) {
        copyRows(data, start, column, row, depth, count, memory, staging / size);
        kernels.packGroupColumns(staging, left, count, depth);
      } else {
        copyRows(data, start, row, column, count, depth, memory, staging / size);
        kernels.packGroups(staging, left, count, depth, 1);
      }
    }

    function packRight(
      data: A, start: number, row: number, column: number, depth: number, width: number,
    ): void {
      if (column === 1 || row !== 1) {
        copyRows(data, start, row, column, depth, width, memory, staging / size);
        kernels.packPanelColumns(staging, right, width, depth);
      } else {
        copyRows(data, start, column, row, width, depth, memory, staging / size);
        kernels.packPanels(staging, right, width, depth);
      }
    }
  };
}
