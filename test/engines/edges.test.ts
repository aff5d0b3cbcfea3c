import { describe, it } from "vitest";
import type { Problem } from "../helpers/problem.js";
import { toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { others } from "../helpers/engines.js";
import { dtypes, randomFloats, randomProblem } from "../attention-hard/make.js";
import { describeProblem } from "../laws/problems.js";
import { sameAttention } from "./compare.js";
import { edges } from "./recipes.js";

// Not left to chance: every size once along every axis, and every pair of sizes around a block.

const random = new Random(23);
const small = [1, 2, 3, 5, 6, 7, 9, 13];

function sameEverywhere(problem: Problem): void {
  for (const engine of others) {
    sameAttention(describeProblem(problem), toCall(problem), engine, { trace: false });
  }
}

describe.each(dtypes)("the edges of kernels in %s", (dtype) => {
  it.each(["L", "S", "D", "E"])("every size of %s", (axis) => {
    for (const length of [...edges, 1025]) {
      const sizes = {
        ...{ B: 1, H: 1, L: random.pick(small), S: 60 + random.pick(small) },
        ...{ D: random.pick(small), E: random.pick(small) },
        [axis]: length,
      };
      sameEverywhere(randomProblem(dtype, length, sizes, length === 0 ? { scale: 1 } : {}));
    }
  });

  it("every pair of L and S around a block, causal", () => {
    const around = [1, 2, 63, 64, 65, 66, 128, 129];
    for (const L of around) {
      for (const S of around) {
        const sizes = { B: 1, H: 1, L, S, D: random.pick(small), E: random.pick(small) };
        const offset = S - L + random.integer(-2, 2);
        sameEverywhere(randomProblem(dtype, L * 1000 + S, sizes, { causal: { offset } }));
      }
    }
  });

  it("grouped heads share their keys: few and many queries", () => {
    for (const L of [1, 15, 17, 65]) {
      const sizes = { B: 1, H: 6, Hkv: 2, L, S: 130, D: 5, E: 7 };
      const bias = randomFloats(dtype, random, [6, 1, 130]);
      for (const options of [{}, { bias }, { causal: "bottomRight" as const }]) {
        const problem = randomProblem(dtype, L, sizes, options);
        // Bias of the full rank needs its batch axis.
        sameEverywhere(
          problem.bias ? { ...problem, bias: { ...bias, shape: [1, 6, 1, 130] } } : problem,
        );
      }
    }
  });
});
