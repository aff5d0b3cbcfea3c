export { createKvCache } from "./createKvCache.js";
export type { CacheWindow, KvCache, KvCacheOptions, ReleasedByUsing } from "./types.js";
