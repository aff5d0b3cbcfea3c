import { chooseEngine } from "../engine/index.js";
import { checkOptions, describe, numberError, typeError, type DType } from "../tensor/index.js";
import { blockKeysFor, type StoreShape } from "./store.js";

const fn = "createKvCache";

/** What a cache and its forks are made by, checked. */
export interface CacheShape extends StoreShape {
  readonly batch: number;
  readonly kvHeads: number;
  /** Infinity: every key stays. */
  readonly left: number;
  readonly engine: "portable" | "wasm";
}

const engines: readonly unknown[] = ["auto", "portable", "wasm"];

const names = [
  "batch",
  "kvHeads",
  "headSize",
  "valueSize",
  "capacity",
  "window",
  "dtype",
  "engine",
];

const hints = {
  heads: "write `kvHeads`, the heads of keys and values",
  headDim: "write `headSize`",
  maxLength: "write `capacity`, the most positions that are kept at once",
  maxSeqLen: "write `capacity`, the most positions that are kept at once",
};

/** Checks the options of `createKvCache`. */
export function readCacheOptions(options: unknown): CacheShape {
  if (options === undefined) {
    const expected = "an object with kvHeads, headSize and capacity";
    throw typeError(fn, "options", expected, describe(options));
  }
  checkOptions(fn, options, names, hints);
  const given = options as Record<string, unknown>;
  const kvHeads = readCount("kvHeads", given["kvHeads"], 1);
  const batch = readCount("batch", given["batch"] ?? 1, 1);
  const headSize = readCount("headSize", given["headSize"], 0);
  const valueSize = readCount("valueSize", given["valueSize"] ?? headSize, 0);
  const capacity = readCount("capacity", given["capacity"], 1);
  const left = readLeft(given["window"]);
  const dtype = given["dtype"] ?? "float32";
  if (dtype !== "float32" && dtype !== "float64") {
    throw typeError(fn, "options.dtype", `"float32" or "float64"`, describe(dtype));
  }
  const engine = readEngine(given["engine"]);
  const heads = batch * kvHeads;
  const blockKeys = blockKeysFor(capacity, heads * (headSize + valueSize) * bytesOf(dtype));
  return { batch, kvHeads, heads, headSize, valueSize, capacity, left, dtype, engine, blockKeys };
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

function readLeft(window: unknown): number {
  if (window === undefined) return Infinity;
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
  checkOptions(
    fn,
    window,
    ["left"],
    { right: "leave it out: keys after the query's own are a matter of `causal`" },
    argument,
  );
  const { left } = window as { left?: unknown };
  if (typeof left === "number" && left >= 0 && left === Math.floor(left)) return left;
  const expected = "a number of neighbours, a non-negative integer or Infinity";
  throw numberError(fn, `${argument}.left`, expected, left);
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
