import { chooseEngine, sharedEngines } from "../engine/index.js";
import { checkOptions, describe, numberError, typeError, type DType } from "../tensor/index.js";
import { blockKeysFor, type StoreShape } from "./store.js";

const fn = "createKvCache";

/** What a cache and its forks are made by, checked. */
export interface CacheShape extends StoreShape {
  /** Infinity: every key stays. */
  readonly left: number;
  /** Positions at the start that every query sees, whatever the window. */
  readonly keepFirst: number;
  /** False for cross attention: every query sees every key unless the call says otherwise. */
  readonly causal: boolean;
  readonly engine: "portable" | "wasm";
}

/** Each batch entry has a list of its own. */
const mostEntries = 65536;

const engines: readonly unknown[] = ["auto", ...sharedEngines];

const names = [
  "batch",
  "kvHeads",
  "headSize",
  "valueSize",
  "capacity",
  "window",
  "causal",
  "dtype",
  "engine",
];

/** As `Hints`. */
export const cacheHints = {
  "write `kvHeads`, the heads of keys and values":
    "heads num_heads n_heads n_head num_kv_heads n_kv_heads kv_num_heads num_key_value_heads num_attention_heads",
  "write `headSize`": "head_dim dim d_head size_per_head",
  "write `valueSize`": "v_head_dim value_dim v_dim",
  "write `capacity`, the most positions that are kept at once":
    "max_length max_len max_seq_len max_cache_len max_tokens max_position_embeddings",
  "write `batch`": "max_batch_size batch_size batch_beam_size",
  "write `window: { left }`, how many keys before its own a query sees":
    "sliding_window window_size local_window_size attention_window left",
  "make a cache for each layer": "layers num_layers n_layers n_layer num_hidden_layers",
  "leave it out: memory is taken in blocks as positions come":
    "page_size block_size num_blocks num_pages",
  "leave it out: there are no devices; `engine` says what computes": "device",
};

/** As `Hints`, of the option `window`. */
export const cacheWindowHints = {
  "write `keepFirst`, how many first positions stay visible": "sinks sink num_sinks sink_size",
  "leave it out: keys after the query's own are a matter of `causal`": "right",
};

/** Checks the options of `createKvCache`. */
export function readCacheOptions(options: unknown): CacheShape {
  if (options === undefined) {
    const expected = "an object with kvHeads, headSize and capacity";
    throw typeError(fn, "options", expected, describe(options));
  }
  const given = checkOptions(fn, options as Record<string, unknown>, names, cacheHints);
  const kvHeads = readCount("kvHeads", given["kvHeads"], 1);
  const batch = readCount("batch", given["batch"] ?? 1, 1);
  if (batch > mostEntries) {
    throw numberError(fn, "options.batch", `at most ${mostEntries} batch entries`, batch);
  }
  const headSize = readCount("headSize", given["headSize"], 0);
  const valueSize = readCount("valueSize", given["valueSize"] ?? headSize, 0);
  const capacity = readCount("capacity", given["capacity"], 1);
  const { left, keepFirst } = readWindow(given["window"]);
  const causal = readCausal(given["causal"], left);
  const dtype = given["dtype"] ?? "float32";
  if (dtype !== "float32" && dtype !== "float64") {
    throw typeError(fn, "options.dtype", `"float32" or "float64"`, describe(dtype));
  }
  const engine = readEngine(given["engine"]);
  const blockKeys = blockKeysFor(capacity, kvHeads * (headSize + valueSize) * bytesOf(dtype));
  const keptKeys = blockKeys * Math.ceil(keepFirst / blockKeys);
  const sizes = { batch, kvHeads, headSize, valueSize, capacity };
  return { ...sizes, left, keepFirst, causal, dtype, engine, blockKeys, keptKeys };
}

function bytesOf(dtype: DType): number {
  return dtype === "float32" ? 4 : 8;
}

function readCount(name: string, value: unknown, least: 0 | 1): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  const fix =
    name === "capacity" && value === Infinity
      ? "write a number that is large enough: memory is taken as positions come"
      : undefined;
  const expected = `a ${least === 1 ? "positive" : "non-negative"} integer`;
  throw numberError(fn, `options.${name}`, expected, value, fix);
}

function readCausal(causal: unknown, left: number): boolean {
  if (causal !== undefined && typeof causal !== "boolean") {
    const expected = "true (default), or false for cross attention";
    throw typeError(fn, "options.causal", expected, describe(causal));
  }
  if (causal === false && left !== Infinity) {
    const expected = "no window where causal is false: cross attention sees every key";
    throw typeError(fn, "options.window", expected, `{ left: ${left} }`, "leave one of them out");
  }
  return causal ?? true;
}

function readWindow(window: unknown): { left: number; keepFirst: number } {
  if (window === undefined) return { left: Infinity, keepFirst: 0 };
  const argument = "options.window";
  if (typeof window !== "object" || window === null) {
    throw typeError(
      fn,
      argument,
      "{ left }, how many keys before its own a query sees",
      describe(window),
      typeof window === "number" && window > 0
        ? `write { left: ${window - 1} } for ${window} keys with its own, or { left: ${window} } for ${window} before it`
        : undefined,
    );
  }
  const names = ["left", "keepFirst"];
  const given = window as { left?: unknown; keepFirst?: unknown };
  const { left, keepFirst = 0 } = checkOptions(fn, given, names, cacheWindowHints, argument);
  if (!(typeof left === "number" && left >= 0 && left === Math.floor(left))) {
    const expected = "a number of neighbours, a non-negative integer or Infinity";
    throw numberError(fn, `${argument}.left`, expected, left);
  }
  if (!(typeof keepFirst === "number" && Number.isSafeInteger(keepFirst) && keepFirst >= 0)) {
    throw numberError(fn, `${argument}.keepFirst`, "a non-negative integer", keepFirst);
  }
  return { left, keepFirst: left === Infinity ? 0 : keepFirst };
}

function readEngine(engine: unknown): "portable" | "wasm" {
  if (engine !== undefined && !engines.includes(engine)) {
    const fix =
      engine === "reference" ? "give it to the cache's attention, call by call" : undefined;
    const expected = `one of ${engines.join(", ")}`;
    throw typeError(fn, "options.engine", expected, describe(engine), fix);
  }
  return chooseEngine(fn, engine, 0, 0) as "portable" | "wasm";
}
