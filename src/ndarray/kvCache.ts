import type { NdArray } from "ndarray";
import * as core from "../core.js";
import type {
  AttentionOptions,
  DType,
  FloatArray,
  FloatArrayOf,
  KvCacheOptions,
  TensorLike,
} from "../core.js";
import type { AttentionWithLse, AttentionWithWeights } from "./functions.js";
import { toNdArray, toNdArrays } from "./toNdArray.js";

/** What `KvCache.read` gives. */
export interface CachePositions<A extends FloatArray = FloatArray> {
  /** `[B, Hkv, n, D]`; zeros past the length of a batch entry. */
  key: NdArray<A>;
  /** `[B, Hkv, n, E]`. */
  value: NdArray<A>;
}

/** Keys and values of the positions so far, made by {@link createKvCache}. */
export interface KvCache<A extends FloatArray = FloatArray> extends Omit<
  core.KvCache<A>,
  "attention" | "attentionWithWeights" | "attentionWithLse" | "read" | "fork"
> {
  /**
   * Attention of the last L positions over all keys. Where there are fewer positions than queries it throws,
   * unless `emptyRow` says what such rows are.
   *
   * @param query - `[..., H, L, D]`. Batch entries with fewer queries say so by `queryLengths`.
   * @param options - those of `attention`. `causal` is `"bottomRight"` unless it says otherwise, and false in
   *   a cache that was created with `causal: false`. `keyLengths` is refused: the cache knows
   *   its lengths.
   * @returns `[..., H, L, E]`, bit for bit those rows of `attention` over the whole sequence.
   */
  attention(query: TensorLike<A>, options?: AttentionOptions<A>): NdArray<A>;
  /** As `attention`, with the weights `[..., H, L, length]`. */
  attentionWithWeights(
    query: TensorLike<A>,
    options?: AttentionOptions<A>,
  ): AttentionWithWeights<A>;
  /** As `attention`, with the log-sum-exp `[..., H, L]`. */
  attentionWithLse(query: TensorLike<A>, options?: AttentionOptions<A>): AttentionWithLse<A>;
  /**
   * Copies of the stored keys and values of positions `from … to − 1`, by default all of them; `append` takes
   * them back. It throws where a window has given some of them up.
   */
  read(from?: number, to?: number): CachePositions<A>;
  /** A second cache with the same positions. They share memory until one of them writes to it. */
  fork(): KvCache<A>;
}

/**
 * Makes an empty key/value cache for decoding: keys and values are stored once, packed as the kernels
 * read them, and every step attends over all of them.
 *
 * A step gives, bit for bit, the rows of `attention` over the whole sequence with
 * `causal: "bottomRight"` (and `window`, if the cache has one), however the positions came in.
 *
 * With `window: { left }` an append to a cache of n positions gives up those before `n − 1 − left`, in
 * whole blocks. What is left is what its own queries see, and what `truncate(n)` needs. `capacity`
 * counts the positions that are not given up: at least `left + 2`, so that an endless stream fits one
 * by one.
 *
 * @param options - `kvHeads`, `headSize` and `capacity`; see {@link KvCacheOptions}.
 * @throws TypeError for options of the wrong kind or without meaning.
 * @throws RangeError for numbers out of range, or `engine: "wasm"` where there is none.
 *
 * @example
 * ```ts
 * import { createKvCache, toNested } from "qkv";
 *
 * const cache = createKvCache({ kvHeads: 1, headSize: 2, capacity: 100 });
 * cache.append([[1, 0]], [[1, 2]]);
 * cache.append([[0, 0]], [[3, 4]]);
 * console.log(cache.length, toNested(cache.attention([[0, 0]])));
 * // → 2 [ [ 2, 3 ] ]
 * cache.release();
 * ```
 */
export function createKvCache<T extends DType = "float32">(
  options: KvCacheOptions<T>,
): KvCache<FloatArrayOf<T>>;
export function createKvCache(...given: unknown[]): KvCache {
  return wrap(Reflect.apply(core.createKvCache, undefined, given) as core.KvCache);
}

/** All arguments are passed on: the cache refuses those that it does not have. */
type Given<
  A extends FloatArray,
  M extends Exclude<keyof core.KvCache<A>, "length" | "lengths" | "capacity" | "bytes" | symbol>,
> = Parameters<core.KvCache<A>[M]>;

function wrap<A extends FloatArray>(cache: core.KvCache<A>): KvCache<A> {
  const { dispose = Symbol.for("Symbol.dispose") } = Symbol as { dispose?: symbol };
  const wrapped = {
    get length() {
      return cache.length;
    },
    get capacity() {
      return cache.capacity;
    },
    get bytes() {
      return cache.bytes;
    },
    get lengths() {
      return cache.lengths;
    },
    append: (...given: Given<A, "append">) => cache.append(...given),
    attention: (...given: Given<A, "attention">) => toNdArray(cache.attention(...given)),
    attentionWithWeights: (...given: Given<A, "attentionWithWeights">) =>
      toNdArrays(cache.attentionWithWeights(...given)),
    attentionWithLse: (...given: Given<A, "attentionWithLse">) =>
      toNdArrays(cache.attentionWithLse(...given)),
    read: (...given: Given<A, "read">) => toNdArrays(cache.read(...given)),
    truncate: (...given: Given<A, "truncate">) => cache.truncate(...given),
    reorder: (...given: Given<A, "reorder">) => cache.reorder(...given),
    fork: (...given: Given<A, "fork">) => wrap(cache.fork(...given)),
    release: (...given: Given<A, "release">) => cache.release(...given),
  };
  return Object.defineProperty(wrapped, dispose, {
    value: () => cache.release(),
  }) as unknown as KvCache<A>;
}
