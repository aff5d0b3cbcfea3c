import { describe, it } from "vitest";
import { attendRows } from "../../src/attention/attend.js";
import { operandOf, readCall } from "../../src/attention/call.js";
import { allocate, freshTensor, type FloatArray } from "../../src/tensor/index.js";
import { engines, type SharedEngine } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import { dtypes } from "../attention-hard/make.js";
import { describeProblem } from "../laws/problems.js";
import { sameOutcome } from "./compare.js";
import { holdsFor } from "./property.js";
import type { EngineRecipe, Stated } from "./recipes.js";
import { engineRecipes, stateOf } from "./recipes.js";

// Threads compute ranges of the rows B·H·L, each with an engine of its own, in any order.

/** Computes the rows between neighbouring cuts, in the order given, each on the engine given. */
function inRanges({ call }: Stated, cuts: number[], order: number[], on: SharedEngine[]) {
  const [query, key, value, options] = call;
  const problem = readCall<FloatArray>("attention", query, key, value, options);
  const { batch, heads, queries, keys, dtype, outputShape, sequenceFirst } = problem;
  const rows = batch * heads * queries;
  const make = (shape: readonly number[]) =>
    freshTensor(allocate("attention", "result", shape, dtype) as FloatArray, shape);
  const output = make(outputShape);
  const lse = make([rows]);
  const weights = make([rows, keys]);
  const results = {
    output: operandOf(output, sequenceFirst),
    lse: lse.data,
    weights: weights.data,
  };
  const empty = order.map((n) =>
    attendRows({ ...problem, engine: on[n] }, results, cuts[n], cuts[n + 1]),
  );
  const first = Math.min(...empty.filter((row) => row >= 0));
  return { results: { output, lse, weights }, first };
}

function sameInRanges(recipe: EngineRecipe): void {
  const emptyRow = recipe.emptyRow === "throw" ? null : recipe.emptyRow;
  const stated = stateOf({ ...recipe, emptyRow });
  const { query } = stated.problem;
  const width = query.shape.at(-1)!;
  const rows = query.shape.reduce((a, n) => a * n, 1) / (width || 1);
  if (width === 0) return;
  const random = new Random(recipe.seed);
  const inner = Array.from({ length: random.integer(1, 4) }, () => random.integer(0, rows));
  const cuts = [0, ...inner.sort((a, b) => a - b), rows];
  const order = random.permutation(cuts.length - 1);
  const whole = inRanges(stated, [0, rows], [0], ["portable"]);
  for (const engine of engines) {
    // One engine for all, then each range on any.
    for (const on of [order.map(() => engine), order.map(() => random.pick(engines))]) {
      const parts = inRanges(stated, cuts, order, on);
      const what = `${describeProblem(stated.problem)} rows ${cuts.join("–")} on ${on.join()}`;
      sameOutcome(what, parts.results, whole.results);
      if (parts.first !== whole.first) {
        throw new Error(`${what}: first empty row ${parts.first}, expected ${whole.first}`);
      }
    }
  }
}

describe.each(dtypes)("ranges of rows in %s", (dtype) => {
  it("any cuts, any order, any engine for each: the same bits", () => {
    holdsFor(engineRecipes(dtype), 40, sameInRanges);
  });
});
