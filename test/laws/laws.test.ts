import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { SharedEngine } from "../helpers/engines.js";
import { engines, forced } from "../helpers/engines.js";
import type { AttentionLike, RandomLaw } from "./laws.js";
import { laws } from "./laws.js";

// Every law on every engine; that the engines agree is for test/engines, so that they share the runs.
// QKV_RUNS=20 multiplies the runs, QKV_SEED=7 (or "random") takes other problems, and
// QKV_REPORT=1 prints what was run.
const runs = Math.ceil((100 * Number(process.env.QKV_RUNS ?? 1)) / engines.length);
const seed =
  process.env.QKV_SEED === "random" ? Date.now() % 2 ** 31 : Number(process.env.QKV_SEED ?? 2017);

interface Line {
  readonly law: string;
  readonly kind: string;
  readonly dtype: string;
  readonly engine: string;
  readonly runs: number;
  readonly telling: number;
}
const report: Line[] = [];

async function holds(
  law: RandomLaw,
  dtype: "float32" | "float64",
  engine: SharedEngine,
): Promise<void> {
  const library = forced(engine) as AttentionLike;
  let telling = 0;
  let checked = 0;
  const property = fc.asyncProperty(law.recipes(dtype), async (recipe) => {
    checked++;
    if ((await law.check(library, recipe)) !== false) telling++;
  });
  // Another stretch of problems for each law, precision and engine.
  const stretch = 2 * laws.indexOf(law) + (dtype === "float32" ? 0 : 1);
  const start = seed + stretch + 1000 * engines.indexOf(engine);
  await fc.assert(property, { numRuns: runs, seed: start });
  report.push({ law: law.name, kind: law.kind, dtype, engine, runs: checked, telling });
  // A law that most problems say nothing about would pass for the wrong reason.
  expect(telling).toBeGreaterThan(runs / 10);
}

describe("laws", () => {
  for (const law of laws) {
    for (const dtype of ["float32", "float64"] as const) {
      if (dtype === "float64" && law.formula.startsWith("float32")) continue;
      for (const engine of engines) {
        it(`${law.kind}: ${law.name} (${dtype}, ${engine})`, () => holds(law, dtype, engine));
      }
    }
  }
  afterAll(() => {
    if (process.env.QKV_REPORT) console.table(report);
  });
});
