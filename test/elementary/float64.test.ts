import { describe, expect, it } from "vitest";
import { exp64, log64 } from "../../src/elementary/portable.js";
import { Random } from "../helpers/random.js";
import { measure64, type Function64 } from "./sample64.js";

// Bounds: the largest error in 60,000 inputs per region, rounded up.
const bounds: Record<Function64, number> = {
  exp64: 0.86,
  log64: 0.8,
  tanh64: 1.45,
  sin64: 0.78,
  cos64: 0.78,
};

describe("float64 accuracy against 300-bit arithmetic", () => {
  it.each(Object.entries(bounds) as [Function64, number][])(
    "%s errs by at most %s ULP",
    (name, bound) => {
      const { ulp, at } = measure64(name, 1500, 20240607);
      if (!(ulp <= bound)) expect.fail(`${name}(${at}) is off by ${ulp} ULP`);
    },
  );
});

describe("exp64 and log64 on neighbouring inputs", () => {
  const random = new Random(7);
  const centers = Array.from({ length: 200 }, (_, i) => (i % 50) - 39.5 + random.next());
  // Where n of the reduction changes.
  const seams = Array.from({ length: 60 }, (_, i) => (i - 40 + 0.5) * Math.LN2);

  it("never decrease", () => {
    for (const center of [...centers, ...seams]) {
      expect(decreasingSteps(exp64, center), `exp64 near ${center}`).toBe(0);
      expect(decreasingSteps(log64, Math.abs(center)), `log64 near ${center}`).toBe(0);
    }
    for (const center of [1, Math.SQRT1_2, Math.SQRT2, 2.2250738585072014e-308]) {
      expect(decreasingSteps(log64, center), `log64 near ${center}`).toBe(0);
    }
  });

  it("exp64 is at most 1 up to 0", () => {
    expect(exp64(-5e-324)).toBe(1);
    for (let i = 0; i < 20_000; i++) {
      const x = -(2 ** -60) * 2 ** (70 * random.next());
      if (!(exp64(x) <= 1)) expect.fail(`exp64(${x}) > 1`);
    }
  });
});

/** Decreases of f over the 1000 float64 around a center. */
function decreasingSteps(f: (x: number) => number, center: number): number {
  const float = new Float64Array([center]);
  const word = new BigInt64Array(float.buffer);
  const upwards = center < 0 ? -1n : 1n;
  word[0] -= 500n * upwards;
  let decreases = 0;
  let last = f(float[0]);
  for (let i = 0; i < 1000; i++) {
    word[0] += upwards;
    const next = f(float[0]);
    if (next < last) decreases++;
    last = next;
  }
  return decreases;
}
