import type { Engine } from "../engine/index.js";
import type { FloatArray } from "../tensor/index.js";
import { attendReference } from "./attendReference.js";
import { attendPortable, type Results } from "./portable.js";
import type { Problem } from "./problem.js";
import { makeScratch } from "./scratch.js";
import { attendWasm } from "./wasm/index.js";

/**
 * Computes rows `from … to − 1` of B·H·L, every row by default, and writes what the results have room
 * for.
 *
 * @returns the first row that may attend nothing, or −1.
 */
export function attend<D extends FloatArray>(
  problem: Problem<D>,
  results: Results<D>,
  engine: Exclude<Engine, "auto">,
  from = 0,
  to = problem.batch * problem.heads * problem.queries,
): number {
  if (engine === "reference") return attendReference(problem, results, from, to);
  // The stages of a trace are kept by the portable kernel.
  if (engine === "wasm" && !results.stages) return attendWasm(problem, results, from, to);
  return attendPortable(problem, results, makeScratch(problem), from, to);
}
