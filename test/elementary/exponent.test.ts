import { expect, test } from "vitest";
import { exponentOf, timesPowerOfTwo } from "../../src/elementary/exponent.js";

test("exponentOf is the n with 2ⁿ ≤ |x| < 2ⁿ⁺¹", () => {
  for (let n = -1074; n <= 1023; n++) {
    expect(exponentOf(2 ** n)).toBe(n);
    expect(exponentOf(-(2 ** n))).toBe(n);
  }
  expect(exponentOf(1.9999999999999998)).toBe(0);
  expect(exponentOf(Number.MAX_VALUE)).toBe(1023);
  for (const x of [0, -0, NaN, Infinity, -Infinity]) expect(exponentOf(x)).toBe(0);
});

test("timesPowerOfTwo is exact, overflows to Infinity and underflows to 0", () => {
  for (const n of [-1074, -1023, -539, -538, -512, -1, 0, 1, 512, 513, 1023]) {
    expect(timesPowerOfTwo(1, n)).toBe(2 ** n);
    expect(timesPowerOfTwo(-1.5, n)).toBe(n === -1074 ? -(2 ** -1073) : -1.5 * 2 ** n);
  }
  expect(timesPowerOfTwo(1, 1024)).toBe(Infinity);
  expect(timesPowerOfTwo(1, -1080)).toBe(0);
  expect(timesPowerOfTwo(2 ** -1074, 2097)).toBe(2 ** 1023);
  expect(timesPowerOfTwo(Infinity, -5000)).toBe(Infinity);
  expect(timesPowerOfTwo(NaN, 3)).toBeNaN();
  expect(timesPowerOfTwo(-0, 9)).toBe(-0);
});
