export { createKvCache } from "./createKvCache.js";
export type {
  AppendOptions,
  CachePositions,
  CacheWindow,
  KvCache,
  KvCacheOptions,
  ReleasedByUsing,
} from "./types.js";
