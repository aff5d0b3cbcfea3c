import { copyRows, withWorkspace, type Workspace } from "../../engine/index.js";
import { blockRows, tileSize } from "../../elementary/tileSize.js";
import type { FloatArray } from "../../tensor/index.js";
import { attendPortable } from "../portable.js";
import type { Results } from "../results.js";
import type { Call } from "../call.js";
import { makeScratch, type Scratch } from "../scratch.js";
import { cutBlocks, inParts, type Block } from "./blocks.js";
import type { Pass, Source } from "./pass.js";
import { blankWeights, finish } from "./finish.js";
import { planLayout, type Layout } from "./layout.js";
import { packedOnDemand, type KeyStore } from "./store.js";
import { walk } from "./walk.js";

/**
 * Computes rows `from … to − 1` of B·H·L with the SIMD kernels: the bits of the portable kernel, which
 * computes the rows that overflow, are empty, or hold NaN.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attendWasm<A extends FloatArray>(
  call: Call<A>,
  results: Results<A>,
  from: number,
  to: number,
): number {
  // Without rows there may be no heads either, whose number is divided by.
  if (from >= to) return -1;
  return withWorkspace(call.fn, call.dtype, (workspace: Workspace<A>) => {
    const layout = planLayout(call, sharedRows(call, from, to), workspace.base, false);
    workspace.reserve(call.fn, layout.end);
    const store = packedOnDemand(call, workspace, layout);
    let scratch: Scratch<A> | undefined;
    const byPortable = (first: number, end: number): number =>
      attendPortable(call, results, (scratch ??= makeScratch(call)), first, end);
    return attendStored(call, results, store, layout, byPortable, from, to);
  });
}

/** The rows that share keys and are in the memory of the kernels at most at once. */
export function sharedRows({ heads, kvHeads, queries }: Call, from: number, to: number): number {
  return Math.min(to - from, (heads / kvHeads) * queries);
}

/**
 * Computes rows `from … to − 1` of B·H·L against keys and values in the memory of the kernels.
 *
 * @param byPortable - computes rows by the portable kernel and returns the first empty one, or −1.
 * @returns the first row that may attend nothing, or −1.
 */
export function attendStored<A extends FloatArray>(
  call: Call<A>,
  results: Results<A>,
  store: KeyStore<A>,
  layout: Layout,
  byPortable: (from: number, to: number) => number,
  from: number,
  to: number,
): number {
  const { batch, heads, kvHeads, queries, keys } = call;
  const { workspace } = store;
  let firstEmpty = -1;
  const pass: Pass<A> = {
    call,
    results,
    store,
    workspace,
    kernels: workspace.kernels,
    memory: workspace.memory,
    layout,
    maskRows: [],
    bias: new Float64Array(call.biases.length === 0 ? 0 : tileSize),
    portableRows(first, end) {
      if (first >= end) return;
      const empty = byPortable(first, end);
      if (empty >= 0 && (firstEmpty < 0 || empty < firstEmpty)) firstEmpty = empty;
    },
  };
  const groupRows = (heads / kvHeads) * queries;
  for (let b = 0; b < batch; b++) {
    const queryCount = call.queryCounts?.[b] ?? queries;
    const keyCount = call.keyCounts?.[b] ?? keys;
    for (let kv = 0; kv < kvHeads; kv++) {
      const head = b * kvHeads + kv;
      if (head * groupRows >= to || (head + 1) * groupRows <= from) continue;
      const blocks = cutBlocks(call, b, kv, queryCount, from, to);
      for (const part of inParts(blocks, layout.partBlocks)) {
        attendPart(pass, { b, head, keyCount }, part);
      }
    }
    // Rows past `queryLengths` are zero.
    for (let h = 0; h < heads && queryCount < queries; h++) {
      const row = (b * heads + h) * queries;
      pass.portableRows(Math.max(from, row + queryCount), Math.min(to, row + queries));
    }
  }
  return firstEmpty;
}

/** Some blocks of rows against all keys, a chunk of keys at a time. */
function attendPart<A extends FloatArray>(pass: Pass<A>, source: Source, part: Block[]): void {
  const { layout, memory } = pass;
  const { size, valueStep, output, maximum, sum } = layout;
  const { chunkKeys } = pass.store;
  const rows = part.length * blockRows;
  memory.fill(-Infinity, maximum / size, maximum / size + rows);
  memory.fill(0, sum / size, sum / size + rows);
  memory.fill(0, output / size, (output + rows * valueStep) / size);
  pass.workspace.u8.fill(0, layout.flags, layout.flags + rows);
  const largestQueries = part.map((block, index) => packQueries(pass, source, block, index));
  if (pass.results.weights) blankWeights(pass, source, part);
  for (let j0 = 0; j0 < source.keyCount; j0 += chunkKeys) {
    const j1 = Math.min(source.keyCount, j0 + chunkKeys);
    part.forEach((block, index) => {
      walk(pass, source, { block, index, largest: largestQueries[index], j0 }, j0, j1);
    });
  }
  part.forEach((block, index) => finish(pass, source, block, index));
}

/** Packs the scaled queries of a block. Returns their largest absolute value. */
function packQueries<A extends FloatArray>(
  { call, kernels, memory, layout }: Pass<A>,
  { b }: Source,
  { rows, pieces }: Block,
  index: number,
): number {
  const { query, heads, headSize, scale } = call;
  const { size, staging } = layout;
  for (const { h, i0, i1, at } of pieces) {
    const start = query.starts[b * heads + h] + i0 * query.row;
    const to = staging / size + at * headSize;
    copyRows(query.data, start, query.row, query.column, i1 - i0, headSize, memory, to);
  }
  // 1. Scale the query: products stay in range that would overflow unscaled.
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
