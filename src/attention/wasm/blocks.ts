import { blockRows } from "../../elementary/tileSize.js";
import type { Call } from "../call.js";

/** Neighbouring queries of one head inside a block. */
export interface Piece {
  readonly h: number;
  readonly i0: number;
  readonly i1: number;
  /** The row of the block that holds query `i0`. */
  readonly at: number;
}

/** Up to `blockRows` query rows that read the same key/value head. */
export interface Block {
  readonly rows: number;
  readonly pieces: readonly Piece[];
}

/**
 * Cuts the rows `from … to − 1` of B·H·L that read key/value head `kv` of batch entry `b` into blocks, in
 * ascending order and without the rows past `queryCount`. Edges are at multiples of `blockRows` queries, those
 * of the summaries that masks keep; heads of fewer queries share a block, so that keys are read once.
 */
export function* cutBlocks(
  { heads, kvHeads, queries }: Call,
  b: number,
  kv: number,
  queryCount: number,
  from: number,
  to: number,
): Generator<Block, void> {
  const group = heads / kvHeads;
  let pieces: Piece[] = [];
  let rows = 0;
  for (let h = kv * group; h < (kv + 1) * group; h++) {
    const first = (b * heads + h) * queries;
    const end = Math.min(queryCount, to - first);
    for (let i0 = Math.max(0, from - first); i0 < end;) {
      const i1 = Math.min(end, (Math.floor(i0 / blockRows) + 1) * blockRows);
      if (rows + i1 - i0 > blockRows) {
        yield { rows, pieces };
        pieces = [];
        rows = 0;
      }
      pieces.push({ h, i0, i1, at: rows });
      rows += i1 - i0;
      i0 = i1;
    }
  }
  if (rows > 0) yield { rows, pieces };
}

/** The blocks in lists of at most `most`, made when they are asked for: there may be millions. */
export function* inParts(blocks: Iterable<Block>, most: number): Generator<Block[], void> {
  let part: Block[] = [];
  for (const block of blocks) {
    part.push(block);
    if (part.length < most) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
