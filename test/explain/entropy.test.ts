import { describe, expect, it } from "vitest";
import { explain, explainWeights, type WeightsView } from "../../src/explain/index.js";

// Queries of 0: every weight of a row is the same.
const zero = Array.from({ length: 5 }, () => [0]);
const tokens = ["a", "b", "c", "d", "e"];

/** A view on one row of given weights. */
const rowOf = (...weights: number[]): WeightsView =>
  explainWeights([weights], { tokens: ["q"], keyTokens: tokens.slice(0, weights.length) }).head(0);

/** Entropy, normalized entropy and effective keys of a row. */
const measures = (view: WeightsView, i = 0): number[] => [
  view.entropy(i),
  view.normalizedEntropy(i),
  view.effectiveKeys(i),
];

describe("the entropy of a row", () => {
  it("of two keys: 1 where the row is even, 0 where one has all", () => {
    expect(measures(rowOf(0.5, 0.5))).toEqual([1, 1, 2]);
    expect(measures(rowOf(1, 0))).toEqual([0, 0, 1]);
    const [bits, normalized, keys] = measures(rowOf(0.25, 0.75));
    expect(bits).toBeCloseTo(2 - 0.75 * Math.log2(3), 14);
    expect(normalized).toBe(bits);
    expect(keys).toBeCloseTo(2 ** bits, 14);
  });

  it("of three keys and more is compared with log₂ of their number", () => {
    expect(rowOf(0.25, 0.5, 0.25).normalizedEntropy(0)).toBeCloseTo(1.5 / Math.log2(3), 14);
    expect(rowOf(0.5, 0, 0.5, 0).normalizedEntropy(0)).toBeCloseTo(0.5, 14);
  });

  it("of a single key is 0: there is nothing to choose", () => {
    expect(measures(rowOf(1))).toEqual([0, 0, 1]);
  });

  it("of a row without weights is 0, over 0 keys", () => {
    expect(measures(rowOf(0, 0))).toEqual([0, 0, 0]);
  });

  it("of NaN is NaN", () => {
    expect(measures(rowOf(0.5, NaN))).toEqual([NaN, NaN, NaN]);
  });

  it("counts the keys that are not blocked: an even causal row has 1 from two keys on", () => {
    const view = explain(zero, zero, zero, { tokens, causal: true }).head(0);
    const { entropy, normalizedEntropy } = view.matrix();
    tokens.forEach((_, i) => {
      const [bits, normalized, keys] = measures(view, i);
      expect(bits).toBeCloseTo(Math.log2(i + 1), 14);
      expect(normalized).toBeCloseTo(i > 0 ? 1 : 0, 14);
      expect(keys).toBeCloseTo(i + 1, 13);
      expect([entropy[i], normalizedEntropy[i]]).toEqual([bits, normalized]);
    });
  });
});
