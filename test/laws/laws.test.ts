import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { AttentionLike, Law } from "./laws.js";
import { laws } from "./laws.js";
import type { Recipe } from "./problems.js";
import { describeProblem, problemOf, recipes } from "./problems.js";

// QKV_RUNS=20 multiplies the runs, QKV_SEED=7 (or "random") takes other problems, and
// QKV_REPORT=1 prints what was run.
const runs = Math.ceil(100 * Number(process.env.QKV_RUNS ?? 1));
const seed =
  process.env.QKV_SEED === "random" ? Date.now() % 2 ** 31 : Number(process.env.QKV_SEED ?? 2017);

const report: { law: string; kind: string; dtype: string; runs: number; telling: number }[] = [];

function holds(law: Law, dtype: "float32" | "float64"): void {
  let telling = 0;
  let checked = 0;
  const property = fc.property(recipes(dtype, law.kind === "bits"), (recipe: Recipe) => {
    const problem = problemOf(recipe);
    checked++;
    try {
      if (law.check(qkv as AttentionLike, problem) !== false) telling++;
    } catch (error) {
      throw new Error(`${describeProblem(problem)}: ${(error as Error).message}`, { cause: error });
    }
  });
  // Another stretch of problems for each law and precision.
  const start = seed + 2 * laws.indexOf(law) + (dtype === "float32" ? 0 : 1);
  fc.assert(property, { numRuns: runs, seed: start });
  report.push({ law: law.name, kind: law.kind, dtype, runs: checked, telling });
  // A law that most problems say nothing about would pass for the wrong reason.
  expect(telling).toBeGreaterThan(runs / 10);
}

describe("laws", () => {
  for (const law of laws) {
    for (const dtype of ["float32", "float64"] as const) {
      if (dtype === "float64" && law.name.startsWith("float32")) continue;
      it(`${law.kind}: ${law.name} (${dtype})`, () => holds(law, dtype));
    }
  }
  afterAll(() => {
    if (process.env.QKV_REPORT) console.table(report);
  });
});
