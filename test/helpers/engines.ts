import * as qkv from "../../src/core.js";
import { sharedEngines } from "../../src/engine/index.js";

/** The engines that promise the same bits; `"auto"` is one of them, whichever is faster. */
export type SharedEngine = (typeof sharedEngines)[number];

/** Asked of the library itself: where WebAssembly is missing or forbidden, forcing it is a RangeError. */
export const wasmAvailable = ((): boolean => {
  try {
    qkv.matmul([[1]], [[1]], { engine: "wasm" });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
})();

/** What runs here. Portable comes first: the others are compared with it. */
export const engines = sharedEngines.filter((engine) => engine !== "wasm" || wasmAvailable);

/** The engines that are compared with the portable one. */
export const others = engines.filter((engine) => engine !== "portable");

/** The functions that take `engine`, by the position of their options. */
const optionsAt = {
  attention: 3,
  attentionWithWeights: 3,
  attentionWithLse: 3,
  attentionTrace: 3,
  multiHeadAttention: 4,
  matmul: 2,
  softmax: 1,
  logSumExp: 1,
} as const;

/**
 * The library with one engine filled into every call that names none, so that a suite written for the
 * library runs on each engine.
 */
export function forced(engine: qkv.Engine): typeof qkv {
  const library: Record<string, unknown> = { ...qkv };
  for (const [name, at] of Object.entries(optionsAt)) {
    const call = library[name] as (...args: unknown[]) => unknown;
    library[name] = (...args: unknown[]): unknown => {
      const filled = [...args];
      // A caller that hands over something that is no options object is to see the usual error.
      const options = args[at];
      if (options === undefined || (typeof options === "object" && options !== null)) {
        filled[at] = { engine, ...options };
      }
      return call(...filled);
    };
  }
  return library as typeof qkv;
}
