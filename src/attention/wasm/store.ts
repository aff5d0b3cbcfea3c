import { copyRows, type Workspace } from "../../engine/index.js";
import { tileSize } from "../../elementary/tileSize.js";
import type { FloatArray } from "../../tensor/index.js";
import type { Call } from "../call.js";
import type { Layout } from "./layout.js";

/** Keys and values of one head in the memory of the kernels: bytes from its start. */
export interface Chunk {
  /** Panels of eight keys. */
  readonly keysAt: number;
  /** Tiles of panels of eight columns, `[64][8]` each. */
  readonly valuesAt: number;
  /** At least the largest absolute value of the keys, or NaN. */
  readonly largest: number;
}

/** Where the kernels find keys and values, a chunk of whole tiles at a time. */
export interface KeyStore<A extends FloatArray> {
  readonly workspace: Workspace<A>;
  /** The first byte of the workspace that a call may use. */
  readonly base: number;
  /** Keys of a chunk, a multiple of the tile. */
  readonly chunkKeys: number;
  /** The chunk of head `head` (of B·Hkv) that starts with key `j0`. */
  load(head: number, j0: number): Chunk;
}

/** The keys and values of a call: packed when the first block needs a chunk, and kept for the next. */
export function packedOnDemand<A extends FloatArray>(
  call: Call<A>,
  workspace: Workspace<A>,
  layout: Layout,
): KeyStore<A> {
  const { key, value, keys, keyCounts, kvHeads, headSize, valueSize } = call;
  const { size, staging, valueStep, chunkKeys } = layout;
  const { kernels, memory } = workspace;
  const chunk = { keysAt: layout.keysAt, valuesAt: layout.valuesAt, largest: 0 };
  let [packedHead, packedKey] = [-1, -1];
  const load = (head: number, j0: number): Chunk => {
    if (head === packedHead && j0 === packedKey) return chunk;
    const j1 = Math.min(keyCounts?.[Math.floor(head / kvHeads)] ?? keys, j0 + chunkKeys);
    chunk.largest = 0;
    for (let j = j0; j < j1; j += tileSize) {
      const count = Math.min(tileSize, j1 - j);
      const start = key.starts[head] + j * key.row;
      copyRows(key.data, start, key.row, key.column, count, headSize, memory, staging / size);
      const to = layout.keysAt + (j - j0) * headSize * size;
      const largest = kernels.packPanels(staging, to, count, headSize);
      chunk.largest = Math.max(chunk.largest, largest);
      const from = value.starts[head] + j * value.row;
      copyRows(value.data, from, value.row, value.column, count, valueSize, memory, staging / size);
      // Panels have room for a whole tile.
      const end = staging / size + tileSize * valueSize;
      if (count < tileSize) memory.fill(0, staging / size + count * valueSize, end);
      const values = layout.valuesAt + (j - j0) * valueStep;
      kernels.packPanelColumns(staging, values, valueSize, tileSize);
    }
    [packedHead, packedKey] = [head, j0];
    return chunk;
  };
  return { workspace, base: workspace.base, chunkKeys, load };
}
