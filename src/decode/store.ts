import type { Call, Operand } from "../attention/call.js";
import type { Results } from "../attention/results.js";
import { tileSize } from "../elementary/tileSize.js";
import type { DType, FloatArray } from "../tensor/index.js";

/** What every store of a family has in common. */
export interface StoreShape {
  readonly dtype: DType;
  readonly batch: number;
  /** Key/value heads of a batch entry. */
  readonly kvHeads: number;
  readonly headSize: number;
  readonly valueSize: number;
  readonly capacity: number;
  /** Positions of a block, whole tiles: a window gives up whole blocks. */
  readonly blockKeys: number;
  /** Positions at the start that a window never gives up, whole blocks. */
  readonly keptKeys: number;
}

/** Which positions of a batch entry are stored: those before `keptKeys`, and from `start` to `length − 1`. */
export interface Span {
  /** A multiple of the block, and so of the tile; not below `keptKeys`. */
  readonly start: number;
  readonly length: number;
}

/** Positions to be added to the batch entries. */
export interface Added<A extends FloatArray> {
  readonly key: Operand<A>;
  readonly value: Operand<A>;
  /** How many of them each batch entry takes. */
  readonly counts: readonly number[];
  /** The first position of each batch entry that is not given up. */
  readonly floors: readonly number[];
}

/** Keys and values of all batch entries, each with positions of its own. */
export interface Store<A extends FloatArray> {
  readonly engine: "portable" | "wasm";
  readonly spans: readonly Span[];
  readonly bytes: number;
  /** Adds positions and gives up the whole blocks before the floors. Nothing changes if it throws. */
  append(fn: string, added: Added<A>): void;
  /** Takes back the positions of each batch entry from its length on, which is 0 or not below `start`. */
  truncate(lengths: readonly number[]): void;
  /** Batch entry `b` becomes what entry `entries[b]` was. */
  reorder(entries: readonly number[]): void;
  fork(): Store<A>;
  release(): void;
  /**
   * Computes all rows of a call over the stored positions, with the engine of the call.
   *
   * @returns the first row that may attend nothing, or −1.
   */
  attend(call: Call<A>, results: Results<A>): number;
  /** The stored keys and values of a batch entry, `kvHeads` row-major matrices each; not to be changed. */
  operands(fn: string, b: number): { key: Operand<A>; value: Operand<A> };
}

/** Where a position is among the stored ones. */
export function placeOf(position: number, { start }: Span, kept: number): number {
  return position <= kept ? position : Math.max(kept, position - start + kept);
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
