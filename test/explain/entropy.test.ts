import { describe, expect, it } from "vitest";
import { explain, explainWeights } from "../../src/explain/index.js";

// Queries of 0: every weight of a row is the same.
const zero = Array.from({ length: 5 }, () => [0]);
const tokens = ["a", "b", "c", "d", "e"];

describe("normalized entropy", () => {
  it("is the entropy over that of an even row, with exactly two keys too", () => {
    const of = (row: number[]) =>
      explainWeights([row], { tokens: ["q"], keyTokens: tokens.slice(0, row.length) }).head(0);
    expect(of([0.5, 0.5]).normalizedEntropy(0)).toBe(1);
    expect(of([0.25, 0.75]).normalizedEntropy(0)).toBe(of([0.25, 0.75]).entropy(0));
    expect(of([0.25, 0.5, 0.25]).normalizedEntropy(0)).toBeCloseTo(1.5 / Math.log2(3), 14);
    expect(of([1]).normalizedEntropy(0)).toBe(0);
  });

  it("counts the keys that are not blocked: an even row has 1, one key alone has 0", () => {
    const view = explain(zero, zero, zero, { tokens, causal: true }).head(0);
    const got = tokens.map((_, i) => view.normalizedEntropy(i));
    expect(got[0]).toBe(0);
    for (const spread of got.slice(1)) expect(spread).toBeCloseTo(1, 7);
    expect(view.matrix().normalizedEntropy).toEqual(got);
  });
});
