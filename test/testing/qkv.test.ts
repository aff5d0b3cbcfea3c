import { expect, test } from "vitest";
import {
  attention,
  attentionWithLse,
  attentionWithWeights,
  type Engine,
  type FloatArray,
  type Tensor,
} from "../../src/core.js";
import { checkAttention, type AttentionFunction, type Supports } from "../../src/testing/index.js";
import { engines } from "../helpers/engines.js";

/** Everything that the library promises. */
const supports: Supports = {
  batch: true,
  heads: true,
  grouped: true,
  mask: "allow",
  perHead: true,
  causal: "both",
  window: true,
  keyLengths: true,
  scale: true,
  softcap: true,
  bias: true,
  sinks: true,
  weights: true,
  lse: true,
  dtype: ["float32", "float64"],
  emptyRow: "zero",
  garbage: true,
  exact: true,
};

const on =
  (engine: Engine): AttentionFunction =>
  (query, key, value, { mask, weights, lse, additiveMask: _, ...rest }) => {
    const call = [query, key, value] as const;
    const options = { ...rest, engine, ...(mask && { allow: mask }) };
    return {
      output: attention(...call, options),
      ...(weights && { weights: attentionWithWeights(...call, options).weights }),
      ...(lse && { lse: attentionWithLse(...call, options).lse }),
    };
  };

test.each(engines)("every law holds of the library, on %s", async (engine) => {
  const report = await checkAttention(on(engine), { supports, runs: 40 });
  expect(report.laws.filter(({ status }) => status === "broken")).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.laws.filter(({ status }) => status === "held").length).toBeGreaterThan(25);
});

type Matrix = Tensor<FloatArray>;

/** Wrong functions, each with the law that has to see it. */
const planted: readonly (readonly [bug: string, law: string, supports: Supports, fn: AttentionFunction])[] = [
  ["the mask is inverted", "mask-polarity", { mask: "allow" }, (q, k, v, { mask }) => attention(q, k, v, mask ? { block: mask } : {})],
  ["causal is one key too wide", "causal-leak", { causal: "square" }, (q, k, v, { causal }) => attention(q, k, v, causal ? { causal: { offset: 1 } } : {})],
  ["the scale is missing", "scale", {}, (q, k, v) => attention(q, k, v, { scale: 1 })],
  ["the scale is √D", "scale", {}, (q, k, v) => attention(q, k, v, { scale: Math.sqrt(q.shape.at(-1)!) })],
  ["the last key is dropped", "definition", {}, (q, k, v) => attention(q, k, v, { keyLengths: Math.max(1, k.shape[0] - 1) })],
  ["masked keys get a finite score", "fill-leak", { mask: "allow" }, (q, k, v, { mask }) => attention(q, k, v, mask ? { bias: { ...mask, dtype: "float32", data: Float32Array.from(mask.data, (may) => (may ? 0 : -4)) } as Matrix } : {})],
  ["weights are off by one part in 10⁴", "weight-sums", { weights: true }, (q, k, v) => {
    const { output, weights } = attentionWithWeights(q, k, v);
    return { output, weights: { ...weights, data: weights.data.map((w) => w * 1.0001) } };
  }],
]; // prettier-ignore

test.each(planted)("planted: %s", async (_bug, law, supports, fn) => {
  const report = await checkAttention(fn, { supports, runs: 20 });
  const broken = report.laws.filter(({ status }) => status === "broken");
  expect(broken.map(({ id }) => id)).toContain(law);
  expect(() => report.assert()).toThrow();
  expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report.toJSON())));
});

test("what throws, hangs or is no tensor is a finding", async () => {
  const failing: AttentionFunction[] = [
    () => { throw new Error("no GPU"); },
    () => new Promise(() => undefined),
    () => "text",
    (q) => ({ ...q, shape: [1, 2, 3] }),
    (q) => ({ ...q, data: q.data.map(() => NaN) }),
  ]; // prettier-ignore
  for (const fn of failing) {
    const report = await checkAttention(fn, { timeout: 50, runs: 2, budget: 2000 });
    expect(report.ok).toBe(false);
    expect(report.laws.find(({ status }) => status === "broken")?.reason).toBeTruthy();
  }
});
