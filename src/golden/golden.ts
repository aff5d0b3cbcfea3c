import { attentionProblems } from "./problems/attention.js";
import { decodeProblems } from "./problems/decode.js";
import { elementaryProblems } from "./problems/elementary.js";
import { layerProblems } from "./problems/layers.js";
import { maskProblems } from "./problems/masks.js";
import { numberProblems } from "./problems/numbers.js";
import { opProblems } from "./problems/ops.js";
import { hashOf } from "./hash.js";
import type { Engine, GoldenProblem, Library } from "./problem.js";

/** A fixed set of problems, whose results have the same bits in every version of a major. */
export const goldenProblems: readonly GoldenProblem[] = [
  ...attentionProblems,
  ...maskProblems,
  ...numberProblems,
  ...opProblems,
  ...elementaryProblems,
  ...layerProblems,
  ...decodeProblems,
];

/** Runs the set on a library: the hash of the results of each problem by its name. */
export function goldenHashes(library: Library, engine: Engine): Record<string, string> {
  return Object.fromEntries(
    goldenProblems.map(({ name, run }) => [name, hashOf(run(library, engine))]),
  );
}

/** The names whose hashes differ, or that only one side has. */
export function differences(
  got: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...names].filter((name) => got[name] !== expected[name]);
}
