import { tileSize } from "../elementary/tileSize.js";
import { copyRows, withWorkspace, type Workspace } from "../engine/index.js";
import type { FloatArray } from "../tensor/index.js";
import { precisionOf, stateLse } from "./portable.js";
import type { RowsCall } from "./readRows.js";
import { readRow, type RowsResults } from "./rows.js";

/** Scores that are in the memory of the kernels at a time. */
const segment = 65536;

/** The rows of a call in SIMD, some at a time, and a segment of each: the bits of the portable code. */
export function computeRowsWasm<A extends FloatArray>(
  { fn, dtype, scores, allow }: RowsCall<A>,
  { weights, lse }: RowsResults<A>,
): void {
  const { starts, length } = scores;
  if (length === 0) {
    lse?.fill(-Infinity);
    return;
  }
  const step = Math.min(segment, Math.ceil(length / tileSize) * tileSize);
  const batch = Math.min(starts.length, Math.floor(segment / step));
  withWorkspace(fn, dtype, (workspace: Workspace<A>) => {
    const { kernels, size } = workspace;
    const precision = precisionOf<A>(dtype);
    // Bytes: the scores of some rows, their maxima and sums, and room for the kernel to reduce a row.
    const scoresAt = workspace.base;
    const m = scoresAt + batch * step * size;
    const l = m + batch * size + 16;
    const work = Math.ceil((l + batch * size) / 16) * 16;
    workspace.reserve(fn, work + (tileSize + 64) * size);
    const { memory } = workspace;
    for (let first = 0; first < starts.length; first += batch) {
      const count = Math.min(batch, starts.length - first);
      const load = (from: number, to: number): void => {
        for (let r = 0, at = scoresAt / size; r < count; r++, at += step) {
          readRow(scores, allow, first + r, from, to, memory, at);
          memory.fill(-Infinity, at + to - from, at + step);
        }
      };
      memory.fill(-Infinity, m / size, m / size + count);
      memory.fill(0, l / size, l / size + count);
      for (let j = 0; j < length; j += step) {
        load(j, Math.min(length, j + step));
        kernels.reduceRows(scoresAt, count, step, m, l, work);
      }
      for (let r = 0; lse && r < count; r++) {
        lse[first + r] = stateLse(memory[m / size + r], memory[l / size + r], precision);
      }
      for (let j = 0; weights && j < length; j += step) {
        const end = Math.min(length, j + step);
        if (length > step) load(j, end); // A row of one segment is still there.
        kernels.weighRows(scoresAt, count, step, m, l);
        for (let r = 0; r < count; r++) {
          if (memory[l / size + r] === 0) continue; // Nothing allowed: the row stays zero.
          const at = scoresAt / size + r * step;
          const to = weights.starts[first + r] + j * weights.step;
          copyRows(memory, at, 0, 1, 1, end - j, weights.data, to, 0, weights.step);
        }
      }
    }
  });
}
