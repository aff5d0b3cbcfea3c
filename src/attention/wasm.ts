import { copyRows, withWorkspace, type Kernels, type Workspace } from "../engine/index.js";
import { coverage, type Coverage } from "../masks/index.js";
import { precisionOf, stateLse, tileSize } from "../softmax/index.js";
import type { FloatArray } from "../tensor/index.js";
import { blockRows, cutBlocks, inParts, type Block, type Piece } from "./blocks.js";
import { planLayout, type Layout } from "./layout.js";
import { attendPortable, type Results } from "./portable.js";
import type { Problem } from "./problem.js";
import { makeScratch, type Scratch } from "./scratch.js";

/** One call on its way through the kernels. */
interface Call<D extends FloatArray> {
  readonly problem: Problem<D>;
  readonly results: Results<D>;
  readonly workspace: Workspace;
  readonly kernels: Kernels;
  /** The memory of the kernels, in the precision of the call. */
  readonly memory: D;
  readonly layout: Layout;
  /** One tile row of a bias, which comes in float64. */
  readonly bias: Float64Array;
  /** The portable kernel's, made when the first row needs care. */
  scratch: Scratch<D> | undefined;
  firstEmpty: number;
}

/** The keys and values that a block reads: a key/value head of a batch entry. */
interface Source {
  readonly b: number;
  readonly kv: number;
  readonly keyStart: number;
  readonly valueStart: number;
  readonly keyCount: number;
  /** The first key of the chunk that is packed, −1 for none, and the largest absolute value in it. */
  packed: number;
  largestKey: number;
}

/**
 * Computes rows `from … to − 1` of B·H·L with the SIMD kernels: the bits of the portable kernel, which
 * also gets the rows that need care.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attendWasm<D extends FloatArray>(
  problem: Problem<D>,
  results: Results<D>,
  from: number,
  to: number,
): number {
  const { fn, batch, heads, kvHeads, queries, keys, dtype, key, value } = problem;
  return withWorkspace(fn, (workspace) => {
    const groupRows = (heads / kvHeads) * queries;
    const layout = planLayout(problem, Math.min(to - from, groupRows), workspace.base);
    workspace.reserve(fn, layout.end);
    const single = dtype === "float32";
    const call: Call<D> = {
      problem,
      results,
      workspace,
      kernels: single ? workspace.single : workspace.double,
      memory: (single ? workspace.f32 : workspace.f64) as unknown as D,
      layout,
      bias: new Float64Array(tileSize),
      scratch: undefined,
      firstEmpty: -1,
    };
    for (let b = 0; b < batch; b++) {
      const queryCount = problem.queryCounts?.[b] ?? queries;
      const keyCount = problem.keyCounts?.[b] ?? keys;
      for (let kv = 0; kv < kvHeads; kv++) {
        const first = (b * kvHeads + kv) * groupRows;
        if (first >= to || first + groupRows <= from) continue;
        const source: Source = {
          b,
          kv,
          keyStart: key.starts[b * kvHeads + kv],
          valueStart: value.starts[b * kvHeads + kv],
          keyCount,
          packed: -1,
          largestKey: 0,
        };
        const blocks = cutBlocks(problem, b, kv, queryCount, from, to);
        for (const part of inParts(blocks, layout.partBlocks)) attendPart(call, source, part);
      }
      // Rows past `queryLengths` are zero.
      for (let h = 0; h < heads && queryCount < queries; h++) {
        const row = (b * heads + h) * queries;
        attendCarefully(call, Math.max(from, row + queryCount), Math.min(to, row + queries));
      }
    }
    return call.firstEmpty;
  });
}

/** Some blocks of rows against all keys, a chunk of keys at a time. */
function attendPart<D extends FloatArray>(call: Call<D>, source: Source, part: Block[]): void {
  const { layout, memory } = call;
  const { size, valueStep, chunkKeys, output, maximum, sum } = layout;
  const rows = part.length * blockRows;
  memory.fill(-Infinity, maximum / size, maximum / size + rows);
  memory.fill(0, sum / size, sum / size + rows);
  memory.fill(0, output / size, (output + rows * valueStep) / size);
  call.workspace.u8.fill(0, layout.flags, layout.flags + rows);
  const largestQueries = part.map((block, index) => packQueries(call, source, block, index));
  if (call.results.weights) blankWeights(call, source, part);
  for (let j0 = 0; j0 < source.keyCount; j0 += chunkKeys) {
    const j1 = Math.min(source.keyCount, j0 + chunkKeys);
    part.forEach((block, index) => {
      walk(call, source, { block, index, largest: largestQueries[index], j0 }, j0, j1);
    });
  }
  part.forEach((block, index) => finish(call, source, block, index));
}

/** Scales and packs the queries of a block. Returns the largest absolute value of the result. */
function packQueries<D extends FloatArray>(
  { problem, kernels, memory, layout }: Call<D>,
  { b }: Source,
  { rows, pieces }: Block,
  index: number,
): number {
  const { query, heads, headSize, scale } = problem;
  const { size, staging } = layout;
  for (const { h, i0, i1, at } of pieces) {
    const start = query.starts[b * heads + h] + i0 * query.row;
    const to = staging / size + at * headSize;
    copyRows(query.data, start, query.row, query.column, i1 - i0, headSize, memory, to);
  }
  const to = layout.query + index * blockRows * headSize * size;
  if (rows > 1) return kernels.packGroups(staging, to, rows, headSize, scale);
  // One row alone is not interleaved with others.
  let largest = 0;
  for (let d = 0; d < headSize; d++) {
    memory[to / size + d] = memory[staging / size + d] * scale;
    largest = Math.max(largest, Math.abs(memory[to / size + d]));
  }
  return largest;
}

/** Packs a chunk of keys and copies its values, unless they are there already. */
function packKeys<D extends FloatArray>(
  { problem, kernels, memory, layout }: Call<D>,
  source: Source,
  j0: number,
): void {
  if (source.packed === j0) return;
  const { key, value, headSize, valueSize } = problem;
  const { size, staging, valueStep } = layout;
  const j1 = Math.min(source.keyCount, j0 + layout.chunkKeys);
  let largest = 0;
  for (let j = j0; j < j1; j += tileSize) {
    const count = Math.min(tileSize, j1 - j);
    const start = source.keyStart + j * key.row;
    copyRows(key.data, start, key.row, key.column, count, headSize, memory, staging / size);
    const to = layout.keys + (j - j0) * headSize * size;
    largest = Math.max(largest, kernels.packPanels(staging, to, count, headSize));
  }
  const start = source.valueStart + j0 * value.row;
  const to = layout.values / size;
  const step = valueStep / size;
  if (step !== valueSize) memory.fill(0, to, to + (j1 - j0) * step);
  copyRows(value.data, start, value.row, value.column, j1 - j0, valueSize, memory, to, step);
  source.packed = j0;
  source.largestKey = largest;
}

/** A block on its way through one chunk. */
interface Visit {
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
function walk<D extends FloatArray>(
  call: Call<D>,
  source: Source,
  visit: Visit,
  from: number,
  to: number,
): void {
  const seen = coverageOf(call.problem, source.b, visit.block, from, to);
  if (seen === coverage.none) return;
  if (seen === coverage.some && to - from > tileSize) {
    const middle = from + Math.ceil((to - from) / (2 * tileSize)) * tileSize;
    walk(call, source, visit, from, middle);
    walk(call, source, visit, middle, to);
    return;
  }
  packKeys(call, source, visit.j0);
  const { problem, kernels, layout, results } = call;
  const { headSize, softcap = 0 } = problem;
  const { size, valueStep, work } = layout;
  const { block, index, largest, j0 } = visit;
  const first = index * blockRows;
  const q = layout.query + first * headSize * size;
  const k = layout.keys + (from - j0) * headSize * size;
  const v = layout.values + (from - j0) * valueStep;
  const o = layout.output + first * valueStep;
  const m = layout.maximum + first * size;
  const l = layout.sum + first * size;
  // A score cannot overflow while D products of the largest numbers stay in range; NaN is not below.
  const safe = largest * source.largestKey * headSize < (size === 4 ? 1.7e38 : 8e307);
  if (seen === coverage.all && safe && problem.biases.length === 0 && !results.weights) {
    // prettier-ignore
    kernels.attendTiles(
      work, q, block.rows, headSize, k, v, valueStep, o, m, l, to - from, softcap,
    );
    return;
  }
  for (let j = from; j < to; j += tileSize) {
    const count = Math.min(tileSize, to - j);
    const at = j - from;
    kernels.scoreTile(work, q, block.rows, headSize, k + at * headSize * size, count);
    finishScores(call, source, visit, seen, safe, j, count);
    if (results.weights) keepScores(call, source, block, j, count);
    kernels.mergeTile(work, block.rows, v + at * valueStep, valueStep, o, m, l, count);
  }
}

/** The answer for all pieces of a block together. */
function coverageOf(
  { mask }: Problem,
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

/** Softcap, bias and mask of a tile; marks rows whose scores overflowed unless that is ruled out. */
function finishScores<D extends FloatArray>(
  call: Call<D>,
  { b }: Source,
  { block: { rows, pieces }, index }: Visit,
  seen: Coverage,
  safe: boolean,
  j: number,
  count: number,
): void {
  const { kernels, layout, workspace, memory, bias } = call;
  const { mask, biases, softcap } = call.problem;
  const { size, work } = layout;
  const blocks = seen === coverage.some || biases.length > 0;
  if (blocks) workspace.u8.fill(1, layout.mask, layout.mask + rows * tileSize);
  for (const { h, i0, i1, at } of blocks ? pieces : []) {
    for (let i = i0; i < i1; i++) {
      const row = at + i - i0;
      const start = layout.mask + row * tileSize;
      const allowed = workspace.u8.subarray(start, start + tileSize);
      if (seen === coverage.some) mask!.narrow(b, h, i, j, j + count, allowed);
      for (let part = 0; part < biases.length; part++) {
        biases[part].read(b, h, i, j, j + count, bias);
        const to = layout.bias / size + (part * blockRows + row) * tileSize;
        for (let n = 0; n < count; n++) {
          memory[to + n] = bias[n];
          if (bias[n] === -Infinity) allowed[n] = 0;
        }
      }
    }
  }
  if (!safe) {
    const flags = layout.flags + index * blockRows;
    kernels.checkTile(work, rows, count, blocks ? layout.mask : 0, flags);
  }
  if (softcap !== undefined) kernels.capTile(work, rows, softcap);
  for (let part = 0; part < biases.length; part++) {
    kernels.addTile(work, rows, layout.bias + part * blockRows * tileSize * size);
  }
  if (blocks) kernels.maskTile(work, rows, layout.mask);
}

/** Puts the masked scores of a tile where the weights will be. */
function keepScores<D extends FloatArray>(
  { problem, results, memory, layout }: Call<D>,
  { b }: Source,
  { pieces }: Block,
  j: number,
  count: number,
): void {
  const from = layout.work / layout.size;
  forRows(problem, b, pieces, (row, at) => {
    const start = from + at * tileSize;
    results.weights!.set(memory.subarray(start, start + count), row * problem.keys + j);
  });
}

/** Tiles that are skipped leave −Infinity. */
function blankWeights<D extends FloatArray>(
  { problem, results }: Call<D>,
  { b, keyCount }: Source,
  part: Block[],
): void {
  for (const { pieces } of part) {
    forRows(problem, b, pieces, (row) => {
      results.weights!.fill(-Infinity, row * problem.keys, row * problem.keys + keyCount);
    });
  }
}

/** Calls `use` with every row of B·H·L in a block, and its place there. */
function forRows(
  { heads, queries }: Problem,
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
function finish<D extends FloatArray>(
  call: Call<D>,
  { b, keyCount }: Source,
  { rows, pieces }: Block,
  index: number,
): void {
  const { problem, results, kernels, workspace, memory, layout } = call;
  const { heads, keys, valueSize, sinks } = problem;
  const { size, valueStep } = layout;
  const first = index * blockRows;
  const m = layout.maximum / size + first;
  const l = layout.sum / size + first;
  const output = layout.output / size + (first * valueStep) / size;
  if (sinks) {
    for (const { h, i0, i1, at } of pieces) {
      memory.fill(sinks[h], layout.sinks / size + at, layout.sinks / size + at + i1 - i0);
    }
  }
  // prettier-ignore
  kernels.finishRows(
    layout.work, rows, output * size, valueStep, m * size, l * size,
    sinks ? layout.sinks : 0, layout.flags + first,
  );
  const { output: target, lse, weights } = results;
  const precision = precisionOf(memory);
  forRows(problem, b, pieces, (row, at, h, i) => {
    if (workspace.u8[layout.flags + first + at] === 1) {
      attendCarefully(call, row, row + 1);
      return;
    }
    const from = output + (at * valueStep) / size;
    const start = target.starts[b * heads + h] + i * target.row;
    if (target.column === 1) {
      target.data.set(memory.subarray(from, from + valueSize), start);
    } else {
      for (let e = 0; e < valueSize; e++) target.data[start + e * target.column] = memory[from + e];
    }
    if (lse) lse[row] = stateLse(memory[m + at], memory[l + at], precision);
    if (weights) weigh(call, row * keys, keyCount, memory[m + at], memory[l + at]);
  });
}

/** Turns the masked scores of a row into weights, in the memory of the kernels. */
function weigh<D extends FloatArray>(
  { results, kernels, memory, layout }: Call<D>,
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
function attendCarefully<D extends FloatArray>(call: Call<D>, from: number, to: number): void {
  if (from >= to) return;
  call.scratch ??= makeScratch(call.problem);
  const empty = attendPortable(call.problem, call.results, call.scratch, from, to);
  if (empty >= 0 && (call.firstEmpty < 0 || empty < call.firstEmpty)) call.firstEmpty = empty;
}
