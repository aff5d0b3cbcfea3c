import { checkArguments, type DType, type FloatArrayOf } from "../tensor/index.js";
import { Cache } from "./cache.js";
import { PackedStore } from "./packedStore.js";
import { PlainStore } from "./plainStore.js";
import { readCacheOptions } from "./readCacheOptions.js";
import type { KvCache, KvCacheOptions } from "./types.js";

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
): KvCache<FloatArrayOf<T>> {
  checkArguments("createKvCache", arguments.length, ["options"]);
  const shape = readCacheOptions(options);
  const Store = shape.engine === "wasm" ? PackedStore : PlainStore;
  const store = Store.create("createKvCache", shape);
  return new Cache(shape, store) as unknown as KvCache<FloatArrayOf<T>>;
}
