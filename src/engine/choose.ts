import { describe, rangeError, typeError } from "../tensor/index.js";
import { isWasmAvailable } from "./wasm.js";

/**
 * What computes a call. `"portable"` is plain JavaScript, `"wasm"` the same algorithm in WebAssembly
 * with SIMD, and `"auto"` takes the faster of the two: they give the same bits. `"reference"` is the
 * naive equation in float64, rounded once.
 */
export type Engine = "auto" | "portable" | "wasm" | "reference";

/** The engines that give the same bits. */
export const sharedEngines = ["portable", "wasm"] as const;

const engines: readonly unknown[] = ["auto", ...sharedEngines, "reference"];

/**
 * Resolves the option `engine` for a call that takes about `work` multiply-adds; below `threshold` the
 * portable engine is the faster one.
 */
export function chooseEngine(
  fn: string,
  engine: unknown,
  work: number,
  threshold: number,
): Exclude<Engine, "auto"> {
  if (engine === undefined || engine === "auto") {
    return work >= threshold && isWasmAvailable() ? "wasm" : "portable";
  }
  if (!engines.includes(engine)) {
    throw typeError(fn, "options.engine", `one of ${engines.join(", ")}`, describe(engine));
  }
  if (engine === "wasm" && !isWasmAvailable()) {
    throw rangeError(
      fn,
      "options.engine",
      "WebAssembly with SIMD",
      "a place where it is missing or forbidden",
      'leave `engine` out, or write "portable": the bits are the same',
    );
  }
  return engine as Exclude<Engine, "auto">;
}
