import type { Engine } from "../engine/index.js";
import type { FloatArray } from "../tensor/index.js";
import { attendReference } from "./attendReference.js";
import { attendPortable, type Results } from "./portable.js";
import type { Call } from "./call.js";
import { makeScratch } from "./scratch.js";
import { attendWasm } from "./wasm/index.js";

/**
 * Computes rows `from … to − 1` of B·H·L, every row by default, and writes what the results have room
 * for.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attend<A extends FloatArray>(
  call: Call<A>,
  results: Results<A>,
  engine: Exclude<Engine, "auto">,
  from = 0,
  to = call.batch * call.heads * call.queries,
): number {
  if (engine === "reference") return attendReference(call, results, from, to);
  // The stages of a trace are kept by the portable kernel.
  if (engine === "wasm" && !results.stages) return attendWasm(call, results, from, to);
  return attendPortable(call, results, makeScratch(call), from, to);
}
