import { attendPortable } from "../attention/portable.js";
import type { Results } from "../attention/results.js";
import type { Operand, Call } from "../attention/call.js";
import { makeScratch } from "../attention/scratch.js";
import { copyRows } from "../engine/index.js";
import { allocate, type FloatArray } from "../tensor/index.js";
import { matrices } from "./readPages.js";
import type { Store, StoreShape } from "./store.js";

/** Row-major keys `[heads][room][D]` and values `[heads][room][E]`, and how many stores read them. */
interface Rows<A extends FloatArray> {
  readonly room: number;
  readonly keys: A;
  readonly values: A;
  references: number;
}

/** Keys and values in plain arrays that grow, for the portable kernel. A fork copies when it writes. */
export class PlainStore<A extends FloatArray> implements Store<A> {
  readonly engine = "portable";
  start = 0;
  length = 0;
  readonly #shape: StoreShape;
  #rows: Rows<A>;

  private constructor(shape: StoreShape, rows: Rows<A>) {
    this.#shape = shape;
    this.#rows = rows;
  }

  static create<A extends FloatArray>(fn: string, shape: StoreShape): PlainStore<A> {
    return new PlainStore(shape, makeRows<A>(fn, shape, 0));
  }

  get bytes(): number {
    return this.#rows.keys.byteLength + this.#rows.values.byteLength;
  }

  append(fn: string, key: Operand<A>, value: Operand<A>, count: number, floor: number): void {
    const { heads, headSize, valueSize, blockKeys } = this.#shape;
    const evicted = blockKeys * Math.floor((floor - this.start) / blockKeys);
    const from = this.#rows;
    const kept = this.length - this.start - evicted;
    const isOwn = from.references === 1 && kept + count <= from.room;
    const to = isOwn ? from : makeRows<A>(fn, this.#shape, kept + count, from.room);
    // Nothing fails from here on.
    if (!isOwn || evicted > 0) {
      move(from.keys, from.room, to.keys, to.room, heads, headSize, evicted, kept);
      move(from.values, from.room, to.values, to.room, heads, valueSize, evicted, kept);
    }
    if (!isOwn) from.references--;
    this.#rows = to;
    for (let head = 0; head < heads; head++) {
      const at = head * to.room + kept;
      const { starts } = key;
      copyRows(
        key.data,
        starts[head],
        key.row,
        key.column,
        count,
        headSize,
        to.keys,
        at * headSize,
      );
      // prettier-ignore
      copyRows(
        value.data, value.starts[head], value.row, value.column, count, valueSize,
        to.values, at * valueSize,
      );
    }
    this.start += evicted;
    this.length += count;
  }

  truncate(length: number): void {
    if (length === 0) this.start = 0;
    this.length = length;
  }

  fork(): PlainStore<A> {
    const copy = new PlainStore(this.#shape, this.#rows);
    this.#rows.references++;
    copy.start = this.start;
    copy.length = this.length;
    return copy;
  }

  release(): void {
    this.#rows.references--;
  }

  attend(call: Call<A>, results: Results<A>): number {
    const { batch, heads, queries } = call;
    const scratch = makeScratch(call);
    const whole = { ...call, ...this.operands() };
    return attendPortable(whole, results, scratch, 0, batch * heads * queries);
  }

  operands(): { key: Operand<A>; value: Operand<A> } {
    const { heads, headSize, valueSize } = this.#shape;
    const { keys, values, room } = this.#rows;
    return {
      key: matrices(keys, heads, room, headSize),
      value: matrices(values, heads, room, valueSize),
    };
  }
}

/** Whole blocks with room for at least `needed` positions, and for twice the old room within the capacity. */
function makeRows<A extends FloatArray>(
  fn: string,
  { dtype, heads, headSize, valueSize, blockKeys, capacity }: StoreShape,
  needed: number,
  room = 0,
): Rows<A> {
  const blocks = Math.ceil(Math.max(needed, Math.min(2 * room, capacity)) / blockKeys);
  const grown = blocks * blockKeys;
  return {
    room: grown,
    keys: allocate(fn, "key", [heads, grown, headSize], dtype) as A,
    values: allocate(fn, "value", [heads, grown, valueSize], dtype) as A,
    references: 1,
  };
}

/** Moves `count` rows of every head, those from `first` on, to the front of its room in `to`. */
function move<A extends FloatArray>(
  from: A,
  room: number,
  to: A,
  newRoom: number,
  heads: number,
  columns: number,
  first: number,
  count: number,
): void {
  for (let head = 0; head < heads; head++) {
    const start = (head * room + first) * columns;
    to.set(from.subarray(start, start + count * columns), head * newRoom * columns);
  }
}
