import { tileSize } from "../elementary/tileSize.js";
import { withWorkspace } from "../engine/index.js";
import type { FloatArray } from "../tensor/index.js";

/** Rows of scores on their way through the kernels. */
export interface RowsOf<A extends FloatArray> {
  readonly fn: string;
  readonly rows: number;
  readonly length: number;
  /** Elements of the right type, for its size only. */
  readonly like: A;
  /** Writes scores `from … to − 1` of a row, −Infinity where blocked. */
  read(row: number, from: number, to: number, into: A, at: number): void;
  /** Receives the maximum and the sum of a row, after all of it has been read. */
  state?(row: number, m: number, l: number): void;
  /** Receives weights `from … to − 1` of a row whose sum is above 0. */
  write?(row: number, from: number, to: number, weights: A, at: number): void;
}

/** Scores that are in the memory of the kernels at a time. */
const segment = 65536;

/** The softmax of rows in SIMD: the bits of `reduceRow`. */
export function softmaxWasm<A extends FloatArray>(call: RowsOf<A>): void {
  const { fn, rows, length, like } = call;
  const size = like.BYTES_PER_ELEMENT;
  const step = Math.min(segment, Math.ceil(length / tileSize) * tileSize);
  if (step === 0) {
    for (let row = 0; row < rows; row++) call.state?.(row, -Infinity, 0);
    return;
  }
  const batch = Math.min(rows, segment / step > 1 ? Math.floor(segment / step) : 1);
  withWorkspace(fn, (workspace) => {
    const kernels = size === 4 ? workspace.single : workspace.double;
    const scores = workspace.base;
    const m = scores + batch * step * size;
    const l = m + batch * size + 16;
    const work = Math.ceil((l + batch * size) / 16) * 16;
    workspace.reserve(fn, work + (tileSize + 64) * size);
    const memory = (size === 4 ? workspace.f32 : workspace.f64) as unknown as A;
    const load = (row: number, from: number, to: number, at: number): void => {
      call.read(row, from, to, memory, at);
      memory.fill(-Infinity, at + to - from, at + step);
    };
    for (let first = 0; first < rows; first += batch) {
      const count = Math.min(batch, rows - first);
      memory.fill(-Infinity, m / size, m / size + count);
      memory.fill(0, l / size, l / size + count);
      for (let j = 0; j < length; j += step) {
        const end = Math.min(length, j + step);
        for (let r = 0; r < count; r++) load(first + r, j, end, scores / size + r * step);
        kernels.reduceRows(scores, count, step, m, l, work);
      }
      for (let r = 0; r < count; r++)
        call.state?.(first + r, memory[m / size + r], memory[l / size + r]);
      for (let j = 0; call.write && j < length; j += step) {
        const end = Math.min(length, j + step);
        // A row of one segment is still there.
        for (let r = 0; length > step && r < count; r++) {
          load(first + r, j, end, scores / size + r * step);
        }
        kernels.weighRows(scores, count, step, m, l);
        for (let r = 0; r < count; r++) {
          if (memory[l / size + r] === 0) continue;
          call.write(first + r, j, end, memory, scores / size + r * step);
        }
      }
    }
  });
}
