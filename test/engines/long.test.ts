import { describe, it } from "vitest";
import type { Problem } from "../helpers/problem.js";
import { toCall } from "../helpers/problem.js";
import { others } from "../helpers/engines.js";
import { dtypes, randomFloats, randomProblem } from "../attention-hard/make.js";
import { Random } from "../helpers/random.js";
import { describeProblem } from "../laws/problems.js";
import { sameAttention } from "./compare.js";

// Keys come to the kernels in chunks of a few thousand; nobody may see where one ends.

const random = new Random(29);

const variants: Record<string, (dtype: "float32" | "float64", S: number) => Partial<Problem>> = {
  dense: () => ({}),
  causal: (_, S) => ({ causal: { offset: S - 40 } }),
  "a window": (_, S) => ({ window: { left: 700, right: 3, align: { offset: S >> 1 } } }),
  "lengths and a sink": (dtype, S) => ({
    keyLengths: [S - 7],
    sinks: randomFloats(dtype, random, [1]).data,
  }),
  "bias and softcap": (dtype, S) => ({ bias: randomFloats(dtype, random, [S]), softcap: 3 }),
  "a few keys allowed": (_, S) => ({
    allow: {
      data: Uint8Array.from({ length: S }, (_, j) => (j % 1000 < 3 || j > S - 3 ? 1 : 0)),
      shape: [S],
    },
  }),
};

/** Sizes that are cheap in one axis or another. */
const sizes = [
  { L: 66, S: 1025, D: 9, E: 12 },
  { L: 3, S: 4095, D: 4, E: 5 },
  { L: 17, S: 4097, D: 2, E: 3 },
  { L: 1, S: 5000, D: 64, E: 64 },
  { L: 2, S: 8193, D: 3, E: 9 },
  { L: 5, S: 20000, D: 2, E: 1 },
];

describe.each(dtypes)("many keys in %s", (dtype) => {
  it.each(Object.keys(variants))("%s", (name) => {
    for (const size of sizes) {
      const { S } = size;
      const base = randomProblem(dtype, S, { B: 1, H: 1, ...size }, variants[name](dtype, S));
      // An overflow far behind the others has to find its way to the fallback too.
      const key = { ...base.key, data: base.key.data.slice() };
      if (name === "dense") key.data[(S - 2) * size.D] = dtype === "float32" ? 3e38 : 1.7e308;
      const problem = { ...base, key };
      const call = toCall(problem);
      for (const engine of others) {
        sameAttention(describeProblem(problem), call, engine, { trace: false });
      }
    }
  });
});
