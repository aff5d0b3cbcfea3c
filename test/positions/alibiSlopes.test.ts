import { expect, test } from "vitest";
import { alibiSlopes } from "../../src/positions/index.js";

test("a power of two gives a geometric sequence that ends at 2^−8", () => {
  expect(alibiSlopes(1)).toEqual([1 / 256]);
  expect(alibiSlopes(2)).toEqual([1 / 16, 1 / 256]);
  expect(alibiSlopes(8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((k) => 1 / 2 ** k));
  for (const heads of [16, 32, 64, 256]) {
    const slopes = alibiSlopes(heads);
    expect(slopes.length).toBe(heads);
    slopes.forEach((slope, i) => {
      const exact = 2 ** ((-8 * (i + 1)) / heads);
      if (!(Math.abs(slope / exact - 1) <= 3e-16)) expect(slope).toBe(exact);
      // Whole exponents are exact.
      if ((8 * (i + 1)) % heads === 0) expect(slope).toBe(exact);
    });
  }
});

test("other numbers of heads take every other slope of the next power of two", () => {
  // As published for 12 heads: those of 8, then four of the sixteen.
  const slopes = alibiSlopes(12);
  expect(slopes.slice(0, 8)).toEqual(alibiSlopes(8));
  expect(slopes.slice(8)).toEqual([0, 2, 4, 6].map((i) => alibiSlopes(16)[i]));
  expect(alibiSlopes(3)).toEqual([1 / 16, 1 / 256, 1 / 4]);
  expect(alibiSlopes(13).length).toBe(13);
  expect(new Set(alibiSlopes(23)).size).toBe(23);
});
