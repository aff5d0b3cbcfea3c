import { blockRows, tileSize } from "../../elementary/tileSize.js";
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
  use: (row: number, at: number, h: number, i: number) => void,
): void {
  for (const { h, i0, i1, at } of pieces) {
    const row = (b * heads + h) * queries;
    for (let i = i0; i < i1; i++) use(row + i, at + i - i0, h, i);
  }
}

/** Sinks, the division, and everything that was asked for; rows that need care are computed again. */
export function finish<A extends FloatArray>(
  pass: Pass<A>,
  { b, keyCount }: Source,
  { rows, pieces }: Block,
  index: number,
): void {
  const { call, results, kernels, workspace, memory, layout } = pass;
  const { heads, keys, valueSize, sinks } = call;
  const { size, valueStep } = layout;
  const first = index * blockRows;
  const m = layout.maximum / size + first;
  const l = layout.sum / size + first;
  const output = layout.output + first * valueStep;
  if (sinks) {
    for (const { h, i0, i1, at } of pieces) {
      memory.fill(sinks[h], layout.sinks / size + at, layout.sinks / size + at + i1 - i0);
    }
  }
  // prettier-ignore
  kernels.finishRows(
    layout.work, rows, output, valueStep, m * size, l * size,
    sinks ? layout.sinks : 0, layout.flags + first, layout.staging,
  );
  const { output: target, lse, weights } = results;
  const precision = precisionOf<A>(call.dtype);
  // Rows that lie one behind the other on both sides are copied at once.
  const dense = target.column === 1 && target.row === valueSize && valueStep === valueSize * size;
  const flags = workspace.u8.subarray(layout.flags + first, layout.flags + first + rows);
  for (const { h, i0, i1, at } of dense ? pieces : []) {
    const from = (layout.staging + at * valueStep) / size;
    const start = target.starts[b * heads + h] + i0 * target.row;
    target.data.set(memory.subarray(from, from + (i1 - i0) * valueSize), start);
  }
  if (dense && !lse && !weights && !flags.includes(1)) return;
  forRows(call, b, pieces, (row, at, h, i) => {
    if (flags[at] === 1) {
      attendCarefully(pass, row, row + 1);
      return;
    }
    if (!dense) {
      const from = (layout.staging + at * valueStep) / size;
      const start = target.starts[b * heads + h] + i * target.row;
      if (target.column === 1) {
        target.data.set(memory.subarray(from, from + valueSize), start);
      } else {
        for (let e = 0; e < valueSize; e++) {
          target.data[start + e * target.column] = memory[from + e];
        }
      }
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

/** Rows that the portable kernel computes: careful, empty and padded ones. */
export function attendCarefully<A extends FloatArray>(
  pass: Pass<A>,
  from: number,
  to: number,
): void {
  if (from >= to) return;
  const empty = pass.careful(from, to);
  if (empty >= 0 && (pass.firstEmpty < 0 || empty < pass.firstEmpty)) pass.firstEmpty = empty;
}
