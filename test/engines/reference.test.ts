import { describe, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { FloatArray } from "../../src/tensor/types.js";
import { oracle } from "../helpers/oracle.js";
import { toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { denseOf, viewOf } from "../helpers/tensors.js";
import { dtypes, randomFloats, randomProblem } from "../attention-hard/make.js";

// `engine: "reference"` is the naive equation in float64, rounded once: in float32 nothing but that
// rounding may separate it from the oracle, and in float64 the few roundings of the equation itself.

describe.each(dtypes)('engine: "reference" in %s', (dtype) => {
  const random = new Random(31);
  const round = (x: number): number => (dtype === "float32" ? Math.fround(x) : x);
  const engine = "reference";

  /** Equal to the rounded number, or one of its neighbours where the two float64 sums differ. */
  function close(what: string, got: ArrayLike<number>, exact: ArrayLike<number>): void {
    expect(got.length, what).toBe(exact.length);
    for (let i = 0; i < got.length; i++) {
      if (Object.is(got[i], round(exact[i])) || got[i] === exact[i]) continue;
      const unit = dtype === "float32" ? 2 ** -23 : 2 ** -45;
      if (!(Math.abs(got[i] - exact[i]) <= unit * Math.abs(exact[i]) + 2 ** -50)) {
        expect.fail(`${what} ${i}: ${got[i]}, expected ${exact[i]}`);
      }
    }
  }

  it("attention, and everything beside it", () => {
    const problem = randomProblem(
      dtype,
      7,
      { H: 4, Hkv: 2, L: 21, S: 70 },
      {
        softcap: 1.5,
        causal: "bottomRight",
        keyLengths: [70, 60],
        queryLengths: [20, 21],
        bias: randomFloats(dtype, random, [21, 70]),
        sinks: randomFloats(dtype, random, [4]).data,
      },
    );
    const expected = oracle(problem);
    const [query, key, value, options] = toCall(problem);
    const own = { ...options, engine } as const;
    const trace = qkv.attentionTrace(query, key, value, own);
    for (const [stage, tensor] of Object.entries(trace)) {
      close(stage, denseOf(tensor).data, expected[stage as keyof typeof trace]);
    }
    const { output, weights } = qkv.attentionWithWeights(query, key, value, own);
    const withLse = qkv.attentionWithLse(query, key, value, own);
    expect(output.data).toEqual(trace.output.data);
    expect(weights.data).toEqual(trace.weights.data);
    expect(withLse.output.data).toEqual(trace.output.data);
    expect(withLse.lse.data).toEqual(trace.lse.data);
    expect(qkv.attention(query, key, value, own).data).toEqual(trace.output.data);
  });

  it("is no tiled float32: far from the others in the last bits", () => {
    const [query, key, value] = toCall(randomProblem(dtype, 8, { L: 9, S: 300 }));
    const naive = qkv.attention(query, key, value, { engine });
    const tiled = qkv.attention(query, key, value, { engine: "portable" });
    expect(naive.data).not.toEqual(tiled.data);
    close("output", naive.data, oracle(randomProblem(dtype, 8, { L: 9, S: 300 })).output);
  });

  it("matmul, softmax and logSumExp", () => {
    const [m, k, n] = [9, 70, 11];
    const [a, b] = [randomFloats(dtype, random, [m, k]), randomFloats(dtype, random, [k, n])];
    const product = qkv.matmul(viewOf<FloatArray>(a), viewOf<FloatArray>(b), { engine });
    const sums = Array.from({ length: m * n }, (_, at) => {
      let sum = 0;
      for (let l = 0; l < k; l++)
        sum += a.data[Math.floor(at / n) * k + l] * b.data[l * n + (at % n)];
      return sum;
    });
    close("product", product.data, sums);
    const x = randomFloats(dtype, random, [3, 200], 4);
    const rows = [0, 1, 2].map((r) => Array.from(x.data.subarray(r * 200, (r + 1) * 200)));
    const lse = rows.map((row) => Math.log(row.reduce((sum, s) => sum + Math.exp(s), 0)));
    close("lse", qkv.logSumExp(viewOf<FloatArray>(x), { engine }).data, lse);
    const weights = rows.flatMap((row, r) => row.map((s) => Math.exp(s - lse[r])));
    close("softmax", qkv.softmax(viewOf<FloatArray>(x), { engine }).data, weights);
  });
});
