import type { NdArray } from "ndarray";
import * as core from "../core.js";
import type {
  AttentionOptions,
  FloatArray,
  KvCacheOptions,
  ReleasedByUsing,
  TensorLike,
} from "../core.js";
import type { AttentionWithLse, AttentionWithWeights } from "./functions.js";
import { toNdArray, toNdArrays } from "./toNdArray.js";

/** Keys and values of the positions so far, made by {@link createKvCache}. */
export interface KvCache<A extends FloatArray = FloatArray> extends ReleasedByUsing {
  /** Positions so far, those among them that a window has given up. */
  readonly length: number;
  /** The most positions that are kept at once. */
  readonly capacity: number;
  /** Bytes of the blocks that hold this cache's keys and values, those shared with forks included. */
  readonly bytes: number;
  /**
   * Adds n positions. Nothing changes if it throws.
   *
   * @param key - `[..., Hkv, n, D]`, the leading axes `batch` entries in all; `[n, D]` for one head.
   * @param value - `[..., Hkv, n, E]`.
   */
  append(key: TensorLike<A>, value: TensorLike<A>): void;
  /**
   * Attention of the last L positions over all keys.
   *
   * @param query - `[..., H, L, D]`.
   * @param options - those of `attention`; `causal` is `"bottomRight"` unless it says otherwise.
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
  /** Takes back all positions from `length` on. */
  truncate(length: number): void;
  /** A second cache with the same positions. They share memory until one of them writes to it. */
  fork(): KvCache<A>;
  /** Gives the memory back; a second time it does nothing. Every other call is an error from then on. */
  release(): void;
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
export function createKvCache(
  options: KvCacheOptions<"float64"> & { dtype: "float64" },
): KvCache<Float64Array>;
export function createKvCache(options: KvCacheOptions<"float32">): KvCache<Float32Array>;
export function createKvCache(options: KvCacheOptions): KvCache {
  return wrap(core.createKvCache(options as KvCacheOptions<"float32">));
}

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
    append: (key: TensorLike<A>, value: TensorLike<A>) => cache.append(key, value),
    attention: (query: TensorLike<A>, options?: AttentionOptions<A>) =>
      toNdArray(cache.attention(query, options)),
    attentionWithWeights: (query: TensorLike<A>, options?: AttentionOptions<A>) =>
      toNdArrays(cache.attentionWithWeights(query, options)),
    attentionWithLse: (query: TensorLike<A>, options?: AttentionOptions<A>) =>
      toNdArrays(cache.attentionWithLse(query, options)),
    truncate: (length: number) => cache.truncate(length),
    fork: () => wrap(cache.fork()),
    release: () => cache.release(),
  };
  return Object.defineProperty(wrapped, dispose, {
    value: () => cache.release(),
  }) as unknown as KvCache<A>;
}
