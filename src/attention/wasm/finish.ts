import { blockRows, tileSize } from "../../elementary/tileSize.js";
import { copyRows } from "../../engine/index.js";
import { precisionOf, stateLse } from "../../softmax/index.js";
import type { FloatArray } from "../../tensor/index.js";
import type { Call } from "../call.js";
import type { Block, Piece } from "./blocks.js";
import type { Pass, Source } from "./pass.js";

/** Puts the masked scores of a tile where the weights will be. */
export function keepScores<A extends FloatArray>(
  { call, results, memory, layout }: Pass<A>,
  { b }: Source,
  { pieces }: Block,
  j: number,
  count: number,
): void {
  const from = layout.work / layout.size;
  forRows(call, b, pieces, (row, at) => {
    const start = from + at * tileSize;
    results.weights!.set(memory.subarray(start, start + count), row * call.keys + j);
  });
}

/** Tiles that are skipped leave −Infinity. */
export function blankWeights<A extends FloatArray>(
  { call, results }: Pass<A>,
  { b, keyCount }: Source,
  part: Block[],
): void {
  for (const { pieces } of part) {
    forRows(call, b, pieces, (row) => {
      results.weights!.fill(-Infinity, row * call.keys, row * call.keys + keyCount);
    });
  }
}

/** Calls `use` with every row of B·H·L in a block, and its place there. */
function forRows(
  { heads, queries }: Call,
  b: number,
  pieces: readonly Piece[],
  use: (row: number, at: number) => void,
): void {
  for (const { h, i0, i1, at } of pieces) {
    const row = (b * heads + h) * queries;
    for (let i = i0; i < i1; i++) use(row + i, at + i - i0);
  }
}

/** The end of a block: pass 7, the division, and the writing of everything that was asked for. */
export function finish<A extends FloatArray>(
  pass: Pass<A>,
  { b, keyCount }: Source,
  { rows, pieces }: Block,
  index: number,
): void {
  const { call, results, kernels, workspace, memory, layout } = pass;
  const { heads, keys, valueSize, sinks } = call;
  const { size, valueStep, staging } = layout;
  const first = index * blockRows;
  const m = layout.maximum / size + first;
  const l = layout.sum / size + first;
  const flagsAt = layout.flags + first;
  // 7. The sink comes last. Then divide by the sum.
  if (sinks) {
    for (const { h, i0, i1, at } of pieces) {
      memory.fill(sinks[h], layout.sinks / size + at, layout.sinks / size + at + i1 - i0);
    }
  }
  // prettier-ignore
  kernels.finishRows(
    layout.work, rows, layout.output + first * valueStep, valueStep, m * size, l * size,
    sinks ? layout.sinks : 0, flagsAt, staging,
  );
  // Write the output.
  const { output, lse, weights } = results;
  for (const { h, i0, i1, at } of pieces) {
    const to = output.starts[b * heads + h] + i0 * output.row;
    // prettier-ignore
    copyRows(
      memory, (staging + at * valueStep) / size, valueStep / size, 1, i1 - i0, valueSize,
      output.data, to, output.row, output.column,
    );
  }
  // Write lse and weights. Rows that the kernels have marked are computed again, as a whole.
  const flags = workspace.u8.subarray(flagsAt, flagsAt + rows);
  if (!lse && !weights && !flags.includes(1)) return;
  const precision = precisionOf<A>(call.dtype);
  forRows(call, b, pieces, (row, at) => {
    if (flags[at] === 1) {
      pass.portableRows(row, row + 1);
      return;
    }
    if (lse) lse[row] = stateLse(memory[m + at], memory[l + at], precision);
    if (weights) weigh(pass, row * keys, keyCount, memory[m + at], memory[l + at]);
  });
}

/** Turns the masked scores of a row into weights, in the memory of the kernels. */
function weigh<A extends FloatArray>(
  { results, kernels, memory, layout }: Pass<A>,
  at: number,
  count: number,
  m: number,
  l: number,
): void {
  const weights = results.weights!;
  const room = blockRows * tileSize;
  const from = layout.work / layout.size;
  for (let j = 0; j < count; j += room) {
    const end = Math.min(count, j + room);
    memory.set(weights.subarray(at + j, at + end), from);
    kernels.weigh(layout.work, end - j, m, l);
    weights.set(memory.subarray(from, from + end - j), at + j);
  }
}
