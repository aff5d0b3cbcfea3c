import { differences, goldenHashes, goldenProblems } from "../../src/golden/golden.js";
import type { Library } from "../../src/golden/problem.js";

// Bundled into one file that runs in every runtime.

export const engines = ["portable", "wasm", "auto"] as const;

/** The hashes of each engine, or what it said instead. */
export type Report = Readonly<Record<(typeof engines)[number], Record<string, string> | string>>;

/** Runs the golden set on a library, engine by engine. */
export function reportOf(library: Library): Report {
  const entries = engines.map((engine) => {
    try {
      return [engine, goldenHashes(library, engine)] as const;
    } catch (error) {
      return [engine, String(error)] as const;
    }
  });
  return Object.fromEntries(entries) as Report;
}

export { differences, goldenProblems };
