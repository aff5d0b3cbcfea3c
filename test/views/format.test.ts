import { expect, it } from "vitest";
import { directionOf, inside, percent, short } from "../../src/views/format.js";

it("shares are whole per cents, small ones have a digit more", () => {
  const shares = [0.374, 0.0095, 0.0094, 0.004, 0.0004, 0, -0.054, -0.004, -0.0001, 1, NaN];
  expect(shares.map((share) => percent(share).replaceAll("\u00a0", " "))).toEqual([
    "37 %",
    "1 %",
    "0.9 %",
    "0.4 %",
    "< 0.1 %",
    "0 %",
    "−5 %",
    "−0.4 %",
    "≈ 0 %",
    "100 %",
    "–",
  ]);
});

it("numbers have a true minus sign", () => {
  expect([short(-1.234), short(2, 3), short(-Infinity)]).toEqual(["−1.23", "2.000", "−∞"]);
});

it("a word written from right to left is isolated", () => {
  expect(inside("bank")).toBe("bank");
  expect(inside("نهر")).toBe("\u2068نهر\u2069");
  expect(["נהר bank", "1 bank", "🏏"].map(directionOf)).toEqual(["rtl", "ltr", "ltr"]);
});
