import { describe, expect, test } from "vitest";
import { pairedRatio, quantile, spreadOf } from "../../bench/statistics.js";

describe("quantiles", () => {
  test("lie between neighbours", () => {
    expect(quantile([1, 2, 4, 8], 0)).toBe(1);
    expect(quantile([1, 2, 4, 8], 1)).toBe(8);
    expect(quantile([1, 2, 4, 8], 0.5)).toBe(3);
    expect(quantile([1, 2, 4, 8, 16], 0.25)).toBe(2);
    expect(quantile([7], 0.9)).toBe(7);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  test("a spread sorts a copy", () => {
    const samples = [5, 1, 4, 2, 3];
    expect(spreadOf(samples)).toEqual({ min: 1, q1: 2, median: 3, q3: 4, max: 5, count: 5 });
    expect(samples).toEqual([5, 1, 4, 2, 3]);
  });
});

test("what two contestants share in a round cancels out of their ratio", () => {
  const slow = [1, 10, 1, 3, 1];
  expect(
    pairedRatio(
      slow.map((x) => 6 * x),
      slow.map((x) => 3 * x),
    ),
  ).toBe(2);
  expect(() => pairedRatio([1], [1, 2])).toThrow(RangeError);
});

test("a ratio is taken in the rounds in which both took part", () => {
  expect(pairedRatio([2, null, 8, 30], [1, 100, 2, 10])).toBe(3);
  expect(pairedRatio([null, 1], [1, null])).toBeUndefined();
});
