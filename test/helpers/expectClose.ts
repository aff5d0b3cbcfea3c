import { expect } from "vitest";

/**
 * Every element within `rel·|expected| + abs`; infinities and NaN have to match. Written so that
 * NaN fails, and one assertion reports the first element that is off.
 */
export function expectClose(
  what: string,
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rel = 0, abs = 0 }: { rel?: number; abs?: number },
): void {
  expect(got.length, `${what}: length`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [x, y] = [got[i], expected[i]];
    if (Object.is(x, y) || (Number.isNaN(x) && Number.isNaN(y)) || x === y) continue;
    const tolerance = rel * Math.abs(y) + abs;
    if (!(Number.isFinite(y) && Math.abs(x - y) <= tolerance)) {
      expect.fail(`${what}[${i}]: ${x}, expected ${y} ± ${tolerance}`);
    }
  }
}
