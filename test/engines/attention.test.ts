import { describe, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import { engines, others, wasmAvailable } from "../helpers/engines.js";
import { dtypes } from "../attention-hard/make.js";
import { describeProblem } from "../laws/problems.js";
import { outcome, sameAttention, sameOutcome } from "./compare.js";
import { holdsFor } from "./property.js";
import type { EngineRecipe } from "./recipes.js";
import { engineRecipes, outFor, stateOf } from "./recipes.js";

/** Node has WebAssembly with SIMD: there the other engine has to take part. */
const wasmIsExpected = true;

it("WebAssembly runs here", () => {
  expect(wasmAvailable).toBe(wasmIsExpected);
});

/** The portable bits, whatever is asked for, also into memory of the caller. */
function sameOnEveryEngine(recipe: EngineRecipe): void {
  const { problem, call } = stateOf(recipe);
  const what = describeProblem(problem);
  const trace = recipe.seed % 4 === 0;
  for (const engine of others) sameAttention(what, call, engine, { trace });
  const [query, key, value, options] = call;
  const plain = outcome(() => ({ output: qkv.attention(query, key, value, options) }));
  const expected = outcome(() => ({
    output: qkv.attention(query, key, value, { ...options, engine: "portable" }),
  }));
  sameOutcome(`${what} attention on auto`, plain, expected);
  if (recipe.out === null) return;
  // The memory around the output too: nothing else may be written.
  const memories = engines.map((engine) => {
    const out = outFor(recipe, problem);
    const into = outcome(() => ({
      output: qkv.attention(query, key, value, { ...options, engine, out }),
    }));
    sameOutcome(`${what} out on ${engine}`, into, expected);
    const { data } = out;
    return { memory: { data, shape: [data.length], stride: [1], offset: 0 } };
  });
  memories.forEach((memory, n) => {
    // A call that throws may have written a part.
    if (typeof expected !== "string") {
      sameOutcome(`${what} memory of out on ${engines[n]}`, memory, memories[0]);
    }
  });
}

describe.each(dtypes)("attention in %s", (dtype) => {
  it("random problems: every engine gives the same bits", () => {
    holdsFor(engineRecipes(dtype), 90, sameOnEveryEngine);
  });
});
