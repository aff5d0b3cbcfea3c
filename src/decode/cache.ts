import { attend, attendRows, newResult } from "../attention/attend.js";
import type { Call } from "../attention/call.js";
import type {
  AttentionOptions,
  AttentionWithLse,
  AttentionWithWeights,
} from "../attention/index.js";
import type { Kept } from "../attention/results.js";
import { numberError, rangeError, type FloatArray, type Tensor } from "../tensor/index.js";
import { fromPosition, withWholeWeights } from "./fromPosition.js";
import { readAppended } from "./readAppended.js";
import type { CacheShape } from "./readCacheOptions.js";
import { readQuery } from "./readQuery.js";
import type { Store } from "./store.js";

/** What a cache and its forks share beside memory: whether one of them is at work. */
interface Family {
  busy: boolean;
}

/** The cache behind `createKvCache`: it checks, and lets a store do the work. */
export class Cache<A extends FloatArray> {
  readonly #shape: CacheShape;
  readonly #family: Family;
  #store: Store<A> | undefined;
  /** The first position that is not given up. Those before it may still be stored. */
  #floor: number;

  constructor(shape: CacheShape, store: Store<A>, family: Family = { busy: false }, floor = 0) {
    this.#shape = shape;
    this.#store = store;
    this.#family = family;
    this.#floor = floor;
    // Runtimes without `using` lack the symbol, and their compilers use this one.
    const { dispose = Symbol.for("Symbol.dispose") } = Symbol as { dispose?: symbol };
    Object.defineProperty(this, dispose, { value: () => this.release() });
  }

  get length(): number {
    return this.#store?.length ?? 0;
  }

  get capacity(): number {
    return this.#shape.capacity;
  }

  get bytes(): number {
    return this.#store?.bytes ?? 0;
  }

  append(key: unknown, value: unknown): void {
    const fn = "KvCache.append";
    const store = this.#use(fn);
    const { count, ...added } = readAppended<A>(fn, this.#shape, key, value);
    if (count === 0) return;
    // Kept: what the coming queries see, and the last query before them, should they be taken back.
    const floor = Math.max(this.#floor, store.length - 1 - this.#shape.left);
    this.#checkRoom(fn, store.length, floor, count);
    store.append(fn, added.key, added.value, count, floor);
    this.#floor = floor;
  }

  attention(query: unknown, options?: AttentionOptions<A>): Tensor<A> {
    return this.#attend(this.#read("KvCache.attention", query, options));
  }

  attentionWithWeights(query: unknown, options?: AttentionOptions<A>): AttentionWithWeights<A> {
    const call = this.#read("KvCache.attentionWithWeights", query, options);
    const weights = newResult(call, "weights", call.scoresShape);
    const output = this.#attend(call, { weights: weights.data });
    return { output, weights };
  }

  attentionWithLse(query: unknown, options?: AttentionOptions<A>): AttentionWithLse<A> {
    const call = this.#read("KvCache.attentionWithLse", query, options);
    const lse = newResult(call, "lse", call.scoresShape.slice(0, -1));
    const output = this.#attend(call, { lse: lse.data });
    return { output, lse };
  }

  truncate(length: number): void {
    const fn = "KvCache.truncate";
    const store = this.#use(fn);
    const fits = Number.isSafeInteger(length) && length >= 0 && length <= store.length;
    if (!fits) {
      throw numberError(fn, "length", `an integer from 0 to ${store.length}, the length`, length);
    }
    const first = Math.max(0, length - 1 - this.#shape.left);
    if (length > 0 && first < this.#floor) {
      throw rangeError(
        fn,
        "length",
        `0, or at least ${this.#floor + 1 + this.#shape.left}: positions before ${this.#floor} are given up`,
        `${length}, where the last query sees from ${first} on`,
        "fork before appending more than once, and go back to the fork",
      );
    }
    if (length === 0) this.#floor = 0;
    store.truncate(length);
  }

  fork(): Cache<A> {
    const store = this.#use("KvCache.fork");
    return new Cache(this.#shape, store.fork(), this.#family, this.#floor);
  }

  release(): void {
    if (this.#store === undefined) return;
    this.#use("KvCache.release").release();
    this.#store = undefined;
  }

  #read(fn: string, query: unknown, options?: AttentionOptions<A>): Call<A> {
    return readQuery<A>(fn, this.#shape, this.#use(fn), this.#floor, query, options);
  }

  #attend(call: Call<A>, kept?: Kept<A>): Tensor<A> {
    const store = this.#use(call.fn);
    const late = fromPosition(call, store.start);
    this.#family.busy = true;
    try {
      return attend(call, kept, (results) =>
        withWholeWeights(results, store.start, late.keys, (results) =>
          call.engine === store.engine
            ? store.attend(late, results)
            : attendRows({ ...late, ...store.operands(call.fn) }, results),
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

  #checkRoom(fn: string, length: number, floor: number, count: number): void {
    const { capacity, left } = this.#shape;
    const taken = length - floor;
    if (taken + count <= capacity) return;
    const room = Math.max(0, capacity - taken);
    throw rangeError(
      fn,
      "key",
      `at most ${room} more positions: ${taken} of the capacity of ${capacity} are taken`,
      `n = ${count}`,
      left === Infinity
        ? "truncate the cache, or create it with a larger capacity or a `window`"
        : `append fewer at a time, or create the cache with a capacity of ${left + 1 + count}`,
    );
  }
}
