import { attend, newResult } from "../attention/attend.js";
import type { Call } from "../attention/call.js";
import type {
  AttentionOptions,
  AttentionWithLse,
  AttentionWithWeights,
} from "../attention/index.js";
import type { Kept } from "../attention/results.js";
import { readPerBatch, type PerBatch } from "../masks/index.js";
import {
  checkArguments,
  describe,
  numberError,
  rangeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { overGap, withAllWeights } from "./overGap.js";
import { readAppended } from "./readAppended.js";
import type { CacheShape } from "./readCacheOptions.js";
import { readQuery } from "./readQuery.js";
import { readPositions } from "./readPositions.js";
import type { Store } from "./store.js";
import type { AppendOptions, CachePositions } from "./types.js";

/** What a cache and its forks share in addition to memory: whether one of them is at work. */
interface Family {
  busy: boolean;
}

const queryAndOptions = ["query", "options"];

/** The cache behind `createKvCache`: it checks, and lets a store do the work. */
export class Cache<A extends FloatArray> {
  readonly #shape: CacheShape;
  readonly #family: Family;
  #store: Store<A> | undefined;
  /** The first position of each batch entry that is not given up. Those before it may still be stored. */
  #floors: readonly number[];

  constructor(
    shape: CacheShape,
    store: Store<A>,
    family: Family = { busy: false },
    floors: readonly number[] = store.spans.map(() => 0),
  ) {
    this.#shape = shape;
    this.#store = store;
    this.#family = family;
    this.#floors = floors;
    // Runtimes without `using` lack the symbol, and their compilers use this one.
    const { dispose = Symbol.for("Symbol.dispose") } = Symbol as { dispose?: symbol };
    Object.defineProperty(this, dispose, { value: () => this.release() });
  }

  get length(): number {
    return Math.max(...this.lengths);
  }

  get lengths(): number[] {
    const spans = this.#store?.spans;
    return Array.from({ length: this.#shape.batch }, (_, b) => spans?.[b].length ?? 0);
  }

  get capacity(): number {
    return this.#shape.capacity;
  }

  get bytes(): number {
    return this.#store?.bytes ?? 0;
  }

  append(key: unknown, value: unknown, options?: AppendOptions): void {
    const fn = "KvCache.append";
    checkArguments(fn, arguments.length, ["key", "value", "options"]);
    const store = this.#use(fn);
    const added = readAppended<A>(fn, this.#shape, key, value, options);
    const { counts } = added;
    // Kept: what the coming queries see, and the last query before them, should they be taken back.
    const floors = store.spans.map(({ length }, b) =>
      counts[b] === 0 ? this.#floors[b] : Math.max(this.#floors[b], length - 1 - this.#shape.left),
    );
    store.spans.forEach(({ length }, b) => this.#checkRoom(fn, b, length, floors[b], counts[b]));
    store.append(fn, { ...added, floors });
    this.#floors = floors;
  }

  attention(query: unknown, options?: AttentionOptions<A>): Tensor<A> {
    const fn = "KvCache.attention";
    checkArguments(fn, arguments.length, queryAndOptions);
    return this.#attend(this.#readCall(fn, query, options));
  }

  attentionWithWeights(query: unknown, options?: AttentionOptions<A>): AttentionWithWeights<A> {
    const fn = "KvCache.attentionWithWeights";
    checkArguments(fn, arguments.length, queryAndOptions);
    const call = this.#readCall(fn, query, options);
    const weights = newResult(call, "weights", call.scoresShape);
    const output = this.#attend(call, { weights: weights.data });
    return { output, weights };
  }

  attentionWithLse(query: unknown, options?: AttentionOptions<A>): AttentionWithLse<A> {
    const fn = "KvCache.attentionWithLse";
    checkArguments(fn, arguments.length, queryAndOptions);
    const call = this.#readCall(fn, query, options);
    const lse = newResult(call, "lse", call.scoresShape.slice(0, -1));
    const output = this.#attend(call, { lse: lse.data });
    return { output, lse };
  }

  read(from = 0, to = this.length): CachePositions<A> {
    const fn = "KvCache.read";
    checkArguments(fn, arguments.length, ["from", "to"]);
    return readPositions(this.#shape, this.#use(fn), this.#floors, from, to);
  }

  truncate(length: PerBatch): void {
    const fn = "KvCache.truncate";
    checkArguments(fn, arguments.length, ["length"]);
    const store = this.#use(fn);
    const { batch, left, keepFirst } = this.#shape;
    const most = this.length;
    const whole = typeof length === "number";
    if (whole && !(Number.isSafeInteger(length) && length >= 0 && length <= most)) {
      throw numberError(fn, "length", `an integer from 0 to ${most}, the length`, length);
    }
    const asked = readPerBatch(length, batch, { fn, argument: "length" }, 0);
    const lengths = store.spans.map((span, b) => {
      if (!whole && asked[b] > span.length) {
        const expected = `at most ${span.length}, the length of batch entry ${b}`;
        throw numberError(fn, "length", expected, asked[b]);
      }
      return Math.min(asked[b], span.length);
    });
    const floors = lengths.map((length, b) => {
      if (length <= keepFirst) return 0;
      const floor = this.#floors[b];
      if (Math.max(keepFirst, length - 1 - left) >= floor) return floor;
      const first = Math.max(0, length - 1 - left);
      throw rangeError(
        fn,
        "length",
        `${keepFirst}, or at least ${floor + 1 + left}: positions before ${floor} are given up`,
        `${length}, where the last query sees from ${first} on`,
        "fork before appending more than once, and go back to the fork",
      );
    });
    store.truncate(lengths);
    this.#floors = floors;
  }

  reorder(entries: ArrayLike<number>): void {
    const fn = "KvCache.reorder";
    checkArguments(fn, arguments.length, ["entries"]);
    const store = this.#use(fn);
    const { batch } = this.#shape;
    const isList = Array.isArray(entries) || ArrayBuffer.isView(entries);
    const from = isList ? Array.from(entries) : [];
    if (from.length !== batch || !from.every((b) => Number.isInteger(b) && b >= 0 && b < batch)) {
      throw rangeError(
        fn,
        "entries",
        batch === 1
          ? "[0], the one batch entry"
          : `${batch} batch entries, each from 0 to ${batch - 1}`,
        isList ? `[${from.join(", ")}]` : describe(entries),
      );
    }
    store.reorder(from);
    this.#floors = from.map((b) => this.#floors[b]);
  }

  fork(): Cache<A> {
    checkArguments("KvCache.fork", arguments.length, []);
    const store = this.#use("KvCache.fork");
    return new Cache(this.#shape, store.fork(), this.#family, this.#floors);
  }

  release(): void {
    checkArguments("KvCache.release", arguments.length, []);
    if (this.#store === undefined) return;
    this.#use("KvCache.release").release();
    this.#store = undefined;
  }

  #readCall(fn: string, query: unknown, options?: AttentionOptions<A>): Call<A> {
    return readQuery<A>(fn, this.#shape, this.#use(fn), this.#floors, query, options);
  }

  #attend(call: Call<A>, kept?: Kept<A>): Tensor<A> {
    const store = this.#use(call.fn);
    const { keptKeys } = this.#shape;
    const { spans } = store;
    const stored = overGap(call, spans, keptKeys);
    this.#family.busy = true;
    try {
      return attend(call, kept, (results) =>
        withAllWeights(results, call, stored, spans, keptKeys, (results) =>
          store.attend(stored, results),
        ),
      );
    } finally {
      this.#family.busy = false;
    }
  }

  /** The store, if it may be used now. */
  #use(fn: string): Store<A> {
    if (this.#store === undefined) {
      throw rangeError(fn, "cache", "a cache with memory", "one that is released");
    }
    if (this.#family.busy) {
      throw rangeError(
        fn,
        "cache",
        "no call on a cache during its own attention",
        "one from a function of a mask",
        "do it before or after",
      );
    }
    return this.#store;
  }

  #checkRoom(fn: string, b: number, length: number, floor: number, count: number): void {
    const { batch, capacity, left, keepFirst } = this.#shape;
    const taken = length - floor + Math.min(keepFirst, floor);
    if (taken + count <= capacity) return;
    const room = Math.max(0, capacity - taken);
    throw rangeError(
      fn,
      "key",
      `at most ${room} more positions${batch === 1 ? "" : ` in batch entry ${b}`}: ${taken} of the capacity of ${capacity} are taken`,
      `n = ${count}`,
      left === Infinity
        ? "truncate the cache, or create it with a larger capacity or a `window`"
        : `append fewer at a time, or create the cache with a capacity of ${keepFirst + left + 1 + count}`,
    );
  }
}
