import { coverage, type Coverage } from "../../masks/index.js";
import { blockRows, tileSize } from "../../elementary/tileSize.js";
import type { FloatArray } from "../../tensor/index.js";
import type { Call } from "../call.js";
import type { Block } from "./blocks.js";
import type { Pass, Source } from "./pass.js";
import { keepScores } from "./finish.js";

/** A block on its way through one chunk. */
export interface Visit {
  readonly block: Block;
  /** The place of the block in its part. */
  readonly index: number;
  /** The largest absolute value of its scaled queries. */
  readonly largest: number;
  /** The first key of the chunk. */
  readonly j0: number;
}

/**
 * Keys `from … to − 1` of the chunk: asks the masks for the whole of them, and for halves where they
 * answer "some", so that what is all visible or all blocked costs one question.
 */
export function walk<A extends FloatArray>(
  pass: Pass<A>,
  source: Source,
  visit: Visit,
  from: number,
  to: number,
): void {
  const seen = coverageOf(pass.call, source.b, visit.block, from, to);
  if (seen === coverage.none) return;
  if (seen === coverage.some && to - from > tileSize) {
    const middle = from + Math.ceil((to - from) / (2 * tileSize)) * tileSize;
    walk(pass, source, visit, from, middle);
    walk(pass, source, visit, middle, to);
    return;
  }
  attendRun(pass, source, visit, seen, from, to);
}

/** Passes 2 to 6 of the tiles of a run of keys of which all or some are visible. */
function attendRun<A extends FloatArray>(
  pass: Pass<A>,
  source: Source,
  { block, index, largest, j0 }: Visit,
  seen: Coverage,
  from: number,
  to: number,
): void {
  const { call, kernels, layout, results } = pass;
  const { headSize, biases, softcap = 0 } = call;
  const { size, valueStep, work } = layout;
  const chunk = pass.store.load(source.head, j0);
  const first = index * blockRows;
  const q = layout.query + first * headSize * size;
  const k = chunk.keysAt + (from - j0) * headSize * size;
  const v = chunk.valuesAt + (from - j0) * valueStep;
  const o = layout.output + first * valueStep;
  const m = layout.maximum + first * size;
  const l = layout.sum + first * size;
  // A score cannot overflow while D products of the largest numbers stay in range; NaN is not below.
  const safe = largest * chunk.largest * headSize < (size === 4 ? 1.7e38 : 8e307);
  const narrow = seen === coverage.some || biases.length > 0;
  if (!narrow && safe && !results.weights) {
    // prettier-ignore
    kernels.attendTiles(
      work, q, block.rows, headSize, k, v, valueStep, o, m, l, to - from, softcap,
    );
    return;
  }
  const ends = narrow ? layout.ends : 0;
  for (let j = from; j < to; j += tileSize) {
    const count = Math.min(tileSize, to - j);
    const at = j - from;
    if (narrow) readTile(pass, source.b, block, seen, j, count);
    // 2. Scores of the tile: q·k, features ascending. Rows that overflow are marked.
    kernels.scoreTile(work, q, block.rows, headSize, k + at * headSize * size, count, ends);
    if (!safe) {
      const mask = narrow ? layout.mask : 0;
      kernels.checkTile(work, block.rows, count, mask, layout.flags + first);
    }
    // 3. Softcap, bias and mask.
    if (softcap > 0) kernels.capTile(work, block.rows, softcap);
    for (let part = 0; part < biases.length; part++) {
      kernels.addTile(work, block.rows, layout.bias + part * blockRows * tileSize * size);
    }
    if (narrow) kernels.maskTile(work, block.rows, layout.mask);
    if (results.weights) keepScores(pass, source, block, j, count);
    // 4. Softmax of the tile, 5. its output, 6. their merge into the rows.
    kernels.mergeTile(work, block.rows, v + at * valueStep, valueStep, o, m, l, count, ends);
  }
}

/** The answer for all pieces of a block together. */
function coverageOf(
  { mask }: Call,
  b: number,
  { pieces }: Block,
  j0: number,
  j1: number,
): Coverage {
  if (!mask) return coverage.all;
  let answer: Coverage | undefined;
  for (const { h, i0, i1 } of pieces) {
    const one = mask.coverage(b, h, i0, i1, j0, j1);
    if (one === coverage.some || (answer !== undefined && one !== answer)) return coverage.some;
    answer = one;
  }
  return answer ?? coverage.none;
}

/** Writes the masks and biases of a tile into the memory of the kernels. */
function readTile<A extends FloatArray>(
  { call, kernels, layout, workspace, memory, bias, maskRows }: Pass<A>,
  b: number,
  { rows, pieces }: Block,
  seen: Coverage,
  j: number,
  count: number,
): void {
  const { mask, biases } = call;
  workspace.u8.fill(1, layout.mask, layout.mask + rows * tileSize);
  for (const { h, i0, i1, at } of pieces) {
    for (let i = i0; i < i1; i++) {
      const row = at + i - i0;
      const start = layout.mask + row * tileSize;
      const allowed = (maskRows[row] ??= workspace.u8.subarray(start, start + tileSize));
      if (count < tileSize) allowed.fill(0, count);
      if (seen === coverage.some) mask!.narrow(b, h, i, j, j + count, allowed);
      for (let part = 0; part < biases.length; part++) {
        biases[part].read(b, h, i, j, j + count, bias);
        const to = layout.bias / layout.size + (part * blockRows + row) * tileSize;
        for (let n = 0; n < count; n++) {
          memory[to + n] = bias[n];
          if (bias[n] === -Infinity) allowed[n] = 0;
        }
      }
    }
  }
  kernels.groupEnds(layout.mask, rows, layout.ends);
}
