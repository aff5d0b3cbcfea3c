import type { Results } from "../attention/results.js";
import type { Call, Operand } from "../attention/call.js";
import { copyRows } from "../engine/index.js";
import { allocate, type FloatArray } from "../tensor/index.js";
import { attendEntries } from "./attendEntries.js";
import { matrices } from "./matrices.js";
import { placeOf, type Added, type Span, type Store, type StoreShape } from "./store.js";

/** Row-major keys `[kvHeads][room][D]` and values `[kvHeads][room][E]`, and how many sequences read them. */
interface Rows<A extends FloatArray> {
  readonly room: number;
  readonly keys: A;
  readonly values: A;
  references: number;
}

/** The positions of a batch entry. */
interface Sequence<A extends FloatArray> extends Span {
  start: number;
  length: number;
  rows: Rows<A>;
}

/** Keys and values in plain arrays that grow, for the portable kernel. What is shared is copied when written. */
export class PlainStore<A extends FloatArray> implements Store<A> {
  readonly engine = "portable";
  readonly #shape: StoreShape;
  #sequences: Sequence<A>[];

  private constructor(shape: StoreShape, sequences: Sequence<A>[]) {
    this.#shape = shape;
    this.#sequences = sequences;
  }

  static create<A extends FloatArray>(fn: string, shape: StoreShape): PlainStore<A> {
    const empty = (): Sequence<A> => {
      return { start: shape.keptKeys, length: 0, rows: makeRows<A>(fn, shape, 0) };
    };
    return new PlainStore(shape, Array.from({ length: shape.batch }, empty));
  }

  get spans(): readonly Span[] {
    return this.#sequences;
  }

  get bytes(): number {
    const all = new Set(this.#sequences.map(({ rows }) => rows));
    let sum = 0;
    for (const { keys, values } of all) sum += keys.byteLength + values.byteLength;
    return sum;
  }

  append(fn: string, { key, value, counts, floors }: Added<A>): void {
    const { blockKeys, keptKeys, kvHeads, headSize, valueSize } = this.#shape;
    const plans = this.#sequences.map((sequence, b) => {
      const { start, length, rows } = sequence;
      const given = blockKeys * Math.max(0, Math.floor((floors[b] - start) / blockKeys));
      const evicted = counts[b] === 0 ? 0 : given;
      const left = placeOf(length, sequence, keptKeys) - evicted;
      const isOwn = counts[b] === 0 || (rows.references === 1 && left + counts[b] <= rows.room);
      const to = isOwn ? rows : makeRows<A>(fn, this.#shape, left + counts[b], rows.room);
      return { sequence, evicted, left, to };
    });
    // Nothing fails from here on.
    plans.forEach(({ sequence, evicted, left, to }, b) => {
      if (counts[b] === 0) return;
      const from = sequence.rows;
      if (to !== from || evicted > 0) {
        const kept = Math.min(keptKeys, left);
        const moved = { kvHeads, kept, evicted, left };
        move(from.keys, from.room, to.keys, to.room, headSize, moved);
        move(from.values, from.room, to.values, to.room, valueSize, moved);
      }
      if (to !== from) from.references--;
      sequence.rows = to;
      for (let head = 0; head < kvHeads; head++) {
        const at = head * to.room + left;
        const given = b * kvHeads + head;
        // prettier-ignore
        copyRows(
          key.data, key.starts[given], key.row, key.column, counts[b], headSize,
          to.keys, at * headSize,
        );
        // prettier-ignore
        copyRows(
          value.data, value.starts[given], value.row, value.column, counts[b], valueSize,
          to.values, at * valueSize,
        );
      }
      sequence.start += evicted;
      sequence.length += counts[b];
    });
  }

  truncate(lengths: readonly number[]): void {
    const { keptKeys } = this.#shape;
    this.#sequences.forEach((sequence, b) => {
      if (lengths[b] <= keptKeys) sequence.start = keptKeys;
      sequence.length = lengths[b];
    });
  }

  reorder(entries: readonly number[]): void {
    const old = this.#sequences;
    this.#sequences = entries.map((b) => shared(old[b]));
    for (const { rows } of old) rows.references--;
  }

  fork(): PlainStore<A> {
    return new PlainStore(this.#shape, this.#sequences.map(shared));
  }

  release(): void {
    for (const { rows } of this.#sequences) rows.references--;
  }

  attend(call: Call<A>, results: Results<A>): number {
    return attendEntries(call, results, (fn, b) => this.operands(fn, b));
  }

  operands(_fn: string, b: number): { key: Operand<A>; value: Operand<A> } {
    const { kvHeads, headSize, valueSize } = this.#shape;
    const { keys, values, room } = this.#sequences[b].rows;
    return {
      key: matrices(keys, kvHeads, room, headSize),
      value: matrices(values, kvHeads, room, valueSize),
    };
  }
}

function shared<A extends FloatArray>(sequence: Sequence<A>): Sequence<A> {
  sequence.rows.references++;
  return { ...sequence };
}

/** Whole blocks with room for at least `needed` positions, and for twice the old room within the capacity. */
function makeRows<A extends FloatArray>(
  fn: string,
  { dtype, kvHeads, headSize, valueSize, blockKeys, capacity }: StoreShape,
  needed: number,
  room = 0,
): Rows<A> {
  const blocks = Math.ceil(Math.max(needed, Math.min(2 * room, capacity)) / blockKeys);
  const grown = blocks * blockKeys;
  return {
    room: grown,
    keys: allocate(fn, "key", [kvHeads, grown, headSize], dtype) as A,
    values: allocate(fn, "value", [kvHeads, grown, valueSize], dtype) as A,
    references: 1,
  };
}

/** Moves the rows of every head to `to`: the first `kept`, and behind them what comes after `evicted` more. */
function move<A extends FloatArray>(
  from: A,
  room: number,
  to: A,
  newRoom: number,
  columns: number,
  { kvHeads, kept, evicted, left }: Record<"kvHeads" | "kept" | "evicted" | "left", number>,
): void {
  for (let head = 0; head < kvHeads; head++) {
    const [start, target] = [head * room, head * newRoom];
    if (from !== to) {
      to.set(from.subarray(start * columns, (start + kept) * columns), target * columns);
    }
    const first = start + kept + evicted;
    const last = start + left + evicted;
    to.set(from.subarray(first * columns, last * columns), (target + kept) * columns);
  }
}
