import { blockRows, tileSize } from "../../elementary/tileSize.js";
import type { Call } from "../call.js";

/** Where everything stands in the memory of the kernels: bytes from its start, unless said otherwise. */
export interface Layout {
  /** Bytes of an element. */
  readonly size: number;
  /** Bytes of a row of values and of output: padded to eight columns. */
  readonly valueStep: number;
  /** Keys of a chunk, whole tiles. */
  readonly chunkKeys: number;
  /** Blocks whose rows are kept while the chunks pass. */
  readonly partBlocks: number;
  readonly work: number;
  readonly flags: number;
  readonly sinks: number;
  readonly mask: number;
  readonly ends: number;
  readonly bias: number;
  /** Rows on their way in or out. */
  readonly staging: number;
  readonly query: number;
  readonly output: number;
  readonly maximum: number;
  readonly sum: number;
  readonly keysAt: number;
  readonly valuesAt: number;
  readonly end: number;
}

/** Keys and values of a chunk, and queries and outputs of a part, take about this many bytes. */
const chunkBytes = 2 * 1024 * 1024;
const partBytes = 1024 * 1024;

/**
 * Plans the memory of a call: O(D + E) and two constants, whatever L and S are. Keys and values pass
 * through in chunks; a part of the queries stays while they do.
 *
 * @param stored - the keys and values are in memory already.
 */
export function planLayout(call: Call, rows: number, base: number, stored: boolean): Layout {
  const { keys, headSize, valueSize, biases } = call;
  const size = call.dtype === "float32" ? 4 : 8;
  const valueStep = Math.ceil(valueSize / 8) * 8 * size;
  const keyStep = headSize * size;
  const tiles = Math.ceil(keys / tileSize);
  const most = Math.floor(chunkBytes / ((keyStep + valueStep + 1) * tileSize));
  const chunkKeys = tileSize * Math.max(1, Math.min(tiles, most));
  const blockBytes = (keyStep + valueStep + 2 * size) * blockRows;
  const partBlocks = Math.max(
    1,
    Math.min(Math.ceil(rows / blockRows), Math.floor(partBytes / blockBytes)),
  );
  let at = base;
  const take = (bytes: number): number => {
    const start = at;
    at += Math.ceil(bytes / 64) * 64;
    return start;
  };
  const block = blockRows * tileSize;
  return {
    size,
    valueStep,
    chunkKeys,
    partBlocks,
    work: take((block + 4 * blockRows) * size),
    flags: take(partBlocks * blockRows),
    sinks: take(blockRows * size),
    mask: take(block),
    ends: take(blockRows),
    bias: take(block * size * biases.length),
    staging: take(tileSize * Math.max(keyStep, valueStep)),
    query: take(partBlocks * blockRows * keyStep),
    output: take(partBlocks * blockRows * valueStep),
    maximum: take(partBlocks * blockRows * size),
    sum: take(partBlocks * blockRows * size),
    keysAt: take(stored ? 0 : chunkKeys * keyStep),
    valuesAt: take(stored ? 0 : chunkKeys * valueStep),
    end: at,
  };
}
