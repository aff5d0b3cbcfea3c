import { describe, expect, it } from "vitest";
import { attentionTrace, tensor } from "../../src/core.js";
import {
  checkAttention,
  errorCertificate,
  readResult,
  type Supports,
} from "../../src/testing/index.js";
import { attentionIn, bfloat16, float16, type Arithmetic } from "./arithmetic.js";

// Functions that are right pass every law, whatever their arithmetic is.

const all: Supports = {
  ...{ batch: true, heads: true, grouped: true, mask: "allow", perHead: true, scale: true },
  ...{ softcap: true, bias: true, sinks: true, weights: true, lse: true, emptyRow: "zero" },
};
const [half, brain] = [{ unit: 2 ** -11 }, { unit: 2 ** -8 }];

const right: Record<string, [Arithmetic, Supports?]> = {
  "blocks of keys": [{ round: Math.fround, softmax: "online", scale: "query" }],
  "exp(score − lse)": [{ round: Math.fround, softmax: "lse" }],
  "exp2(score − lse)": [{ round: Math.fround, softmax: "lse", exp2: true, scale: "both" }],
  "float64, exp2(score − lse)": [
    { round: (x) => x, softmax: "lse", exp2: true },
    { dtype: "float64" },
  ],
  "float16, whose range shifted keys may leave": [{ round: float16 }, half],
  "float16, exp2 in blocks": [{ round: float16, softmax: "online", exp2: true }, half],
  "float16, exp(score − lse)": [{ round: float16, softmax: "lse", scale: "both" }, half],
  "bfloat16, exp(score − lse)": [{ round: bfloat16, softmax: "lse" }, brain],
};

// Those whose bounds depend on it.
const only = [
  ...["definition", "accuracy", "scale", "key-shift", "mask-polarity", "fill-leak", "bias-blocks"],
  ...["weight-sums", "weights", "weighted-sum", "lse", "range", "linear", "merge", "queries"],
];

describe("a right function passes, whatever its arithmetic", () => {
  for (const [name, [arithmetic, supports]] of Object.entries(right)) {
    it(name, async () => {
      for (const seed of [1, 2, 3]) {
        const fn = attentionIn(arithmetic);
        const report = await checkAttention(fn, { supports: { ...all, ...supports }, seed, only });
        report.assert();
      }
    });
  }
});

describe("the certificate holds for sizes that dwarf the differences", () => {
  const single = Math.fround;
  const cases: Record<string, Arithmetic & { unit?: number }> = {
    float32: { round: single },
    "exp2, multiplied before the maximum": { round: single, exp2: true },
    "exp2 in blocks": { round: single, exp2: true, softmax: "online" },
    float16: { round: float16, unit: 2 ** -11 },
    "float16, exp2": { round: float16, unit: 2 ** -11, exp2: true },
  };
  for (const [name, { unit, ...arithmetic }] of Object.entries(cases)) {
    it(`a bias and a sink of several hundred: ${name}`, () => {
      for (let n = 0; n < 200; n++) {
        const [level, apart] = [1000 * ((n * 0.618) % 1), (n * 0.414) % 1];
        const [query, key] = [tensor([[[[0]]]]), tensor([[[[0]]]])];
        const value = tensor([[[[2.5]]]]);
        const options = { bias: tensor([[[[level]]]]), sinks: tensor([level + apart]), scale: 1 };
        const run = attentionIn(arithmetic)(query, key, value, options);
        const got = readResult(run).output.data[0];
        const wide = (x: { data: Float32Array; shape: readonly number[] }) =>
          tensor(Float64Array.from(x.data), { shape: [...x.shape] });
        const exact = attentionTrace(wide(query), wide(key), wide(value), {
          ...{ bias: wide(options.bias), sinks: wide(options.sinks), scale: 1 },
          engine: "reference",
        }).output.data[0];
        const given = { ...options, rescalings: arithmetic.softmax === "online" ? 1 : 0 };
        const bound = errorCertificate(query, key, value, unit ? { ...given, unit } : given);
        expect(Math.abs(got - exact)).toBeLessThanOrEqual(bound.output.data[0]);
      }
    });
  }

  it("promises nothing where a step may leave the range", () => {
    const bound = (q: number, k: number[], options: object): number =>
      errorCertificate(tensor([[q]]), tensor(k.map((x) => [x])), tensor([[1], [2]]), options).output
        .data[0];
    // Score and bias add up to Infinity.
    expect(bound(1e19, [8e18, 1], { scale: 1, bias: tensor([[3.4e38, 3.4e38]]) })).toBe(Infinity);
    // The scale may be multiplied to the query first.
    expect(bound(1e10, [1e-39, 2e-39], { scale: 1e29 })).toBe(Infinity);
    // An input that float16 does not have.
    expect(bound(1e-3, [1e5, 2e5], { scale: 1, unit: 2 ** -11 })).toBe(Infinity);
    expect(bound(1e-3, [1e4, 2e4], { scale: 1, unit: 2 ** -11 })).toBeLessThan(Infinity);
  });

  it("knows that a quotient by a huge softcap underflows", () => {
    const flushed = 1 / (1 + Math.exp(0)) + 1;
    const exact = 1 / (1 + Math.exp(2)) + 1;
    // 2/3e38 is below the normal numbers, and may be lost.
    const { output } = errorCertificate(tensor([[1]]), tensor([[2], [0]]), tensor([[1], [2]]), {
      ...{ scale: 1, softcap: 3e38, rescalings: 0 },
    });
    expect(output.data[0]).toBeGreaterThanOrEqual(Math.abs(flushed - exact));
  });
});
