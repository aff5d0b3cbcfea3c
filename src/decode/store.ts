import type { Operand, Call } from "../attention/call.js";
import type { Results } from "../attention/results.js";
import { tileSize } from "../softmax/index.js";
import type { DType, FloatArray } from "../tensor/index.js";

/** What every store of a family has in common. */
export interface StoreShape {
  readonly dtype: DType;
  /** Key/value heads of all batch entries. */
  readonly heads: number;
  readonly headSize: number;
  readonly valueSize: number;
  readonly capacity: number;
  /** Positions of a block, whole tiles: a window gives up whole blocks. */
  readonly blockKeys: number;
}

/** Keys and values of positions `start … length − 1`. */
export interface Store<A extends FloatArray> {
  readonly engine: "portable" | "wasm";
  /** The first position that is kept, a multiple of the block, and so of the tile. */
  readonly start: number;
  readonly length: number;
  readonly bytes: number;
  /** Adds positions and gives up the whole blocks before `floor`. Nothing changes if it throws. */
  append(fn: string, key: Operand<A>, value: Operand<A>, count: number, floor: number): void;
  /** Takes back the positions from `length` on, which is 0 or not below `start`. */
  truncate(length: number): void;
  fork(): Store<A>;
  release(): void;
  /**
   * Computes all rows of a call over the kept positions.
   *
   * @returns the first row that may attend nothing, or −1.
   */
  attend(call: Call<A>, results: Results<A>): number;
  /** The kept keys and values as row-major matrices; not to be changed. */
  operands(fn: string): { key: Operand<A>; value: Operand<A> };
}

const fewestKeys = 256;
const mostKeys = 1024;
const mostBytes = 4 * 1024 * 1024;

/**
 * Positions of a block. Keys and values of a head lie together inside it, and a stream that starts anew has
 * to get going: blocks of 1024 positions are read at the speed of a plain read, of 256 at two thirds of it.
 * A started block should cost little, so that a small cache has smaller ones.
 */
export function blockKeysFor(capacity: number, positionBytes: number): number {
  const whole = (count: number): number => tileSize * Math.ceil(count / tileSize);
  const fitting = tileSize * Math.max(1, Math.floor(mostBytes / (positionBytes * tileSize)));
  const wanted = Math.min(mostKeys, Math.max(fewestKeys, whole(capacity / 16)));
  return Math.min(wanted, whole(capacity), fitting);
}
