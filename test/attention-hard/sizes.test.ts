import { describe, it } from "vitest";
import { forced } from "../helpers/engines.js";
import { expectClose } from "../helpers/expectClose.js";
import { oracle } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { denseOf, sizeOf } from "../helpers/tensors.js";
import { randomFloats, randomProblem, settings } from "./make.js";

// Around the edges of a tile of 64 keys, and far behind them, against the naive float64 oracle.

const random = new Random(5);
const bits = (shape: number[], share: number) => ({
  data: Uint8Array.from({ length: sizeOf(shape) }, () => (random.chance(share) ? 1 : 0)),
  shape,
});

const variants: Record<string, (dtype: "float32" | "float64", S: number) => Partial<Problem>> = {
  dense: () => ({}),
  "causal, bottom right": () => ({ causal: "bottomRight" }),
  "causal with a window": () => ({ causal: "bottomRight", window: { left: 40, right: Infinity } }),
  "key lengths and an offset for each batch entry": (_, S) => ({
    keyLengths: [S - 3, Math.ceil(S / 3)],
    causal: { offset: [S - 9, 2] },
  }),
  "allow and bias": (dtype, S) => ({
    allow: bits([2, 1, 3, S], 0.7),
    bias: randomFloats(dtype, random, [1, 3, 1, S]),
  }),
  "softcap and sinks": (dtype) => ({
    softcap: 2.5,
    sinks: randomFloats(dtype, random, [3]).data,
  }),
};

describe.each(settings)("against the oracle ($dtype, $engine)", ({ dtype, engine }) => {
  const { attention, attentionTrace } = forced(engine);
  for (const S of [63, 64, 65, 200, 4097]) {
    for (const [name, variant] of Object.entries(variants)) {
      it(`${S} keys, ${name}`, () => {
        const problem = randomProblem(dtype, S, { S, L: 3 }, variant(dtype, S));
        const expected = oracle(problem);
        const trace = attentionTrace(...toCall(problem));
        const unit = dtype === "float32" ? 2 ** -24 : 2 ** -53;
        // Eleven features: each score is off by a few units, and the weights by as much relatively.
        const score = 40 * unit;
        for (const stage of ["scores", "capped", "biased", "masked"] as const) {
          expectClose(stage, denseOf(trace[stage]).data, expected[stage], {
            rel: 4 * unit,
            abs: score,
          });
        }
        expectClose("weights", denseOf(trace.weights).data, expected.weights, { rel: 100 * unit });
        expectClose("lse", denseOf(trace.lse).data, expected.lse, { rel: 8 * unit, abs: score });
        const output = denseOf(attention(...toCall(problem))).data;
        expectClose("output", output, expected.output, { abs: 40 * unit });
      });
    }
  }
});
