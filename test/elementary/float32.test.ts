import { describe, expect, it } from "vitest";
import * as constants from "../../src/elementary/constants.js";
import { exp32 } from "../../src/elementary/portable.js";
import * as oracle from "./oracle.js";
import { functions32, sweep, type Function32 } from "./sweep.js";

// An odd step visits all low bits. Bounds: the largest error over all 2³² inputs, rounded up.
const step = 4099;
const bounds: Record<Function32, number> = {
  exp32: 0.8904,
  log32: 0.5001,
  tanh32: 1.443,
  sin32: 0.5001,
  cos32: 0.5001,
};

describe("float32 accuracy on every 4099th bit pattern", () => {
  it.each(Object.entries(bounds) as [Function32, number][])(
    "%s errs by at most %s ULP",
    (name, bound) => {
      const { ulp, at, wrong, finite, decreasing } = sweep(name, 0, 2 ** 32, step);
      expect(finite).toBeGreaterThan(500_000);
      expect(wrong).toBe(0);
      if (name === "exp32" || name === "log32") expect(decreasing).toBe(0);
      if (!(ulp <= bound)) expect.fail(`${name}(${at}) is off by ${ulp} ULP`);
    },
  );

  it.each(Object.keys(bounds) as Function32[])("%s keeps its bound against the oracle", (name) => {
    const { compute } = functions32[name];
    const truth = oracle[name.slice(0, -2) as "exp" | "log" | "tanh" | "sin" | "cos"];
    let measured = 0;
    for (let pattern = 4099; pattern < 2 ** 32; pattern += 2 ** 22 + 17) {
      const x = floatOf(pattern);
      const y = compute(x);
      // Constant results have tests of their own, and the oracle takes no such arguments.
      if (!Number.isFinite(y) || (name === "exp32" && y === 0)) continue;
      const error = oracle.ulpError(y, truth(x), "float32");
      if (!(error <= bounds[name])) expect.fail(`${name}(${x}) is off by ${error} ULP`);
      measured++;
    }
    expect(measured).toBeGreaterThan(400);
  });
});

describe("exp32 on neighbouring inputs", () => {
  // Windows around the points where n changes, and around 0: all inputs, not a sample.
  it("never decreases and is at most 1 up to 0", () => {
    for (let n = -126; n <= 127; n++) {
      const center = patternOf((n + 0.5) * Math.LN2);
      expect(sweep("exp32", center - 2000, center + 2000, 1).decreasing).toBe(0);
    }
    for (const zero of [0, 0x80000000]) {
      // The results next to 1 change at 2⁻²⁵ and 2⁻²⁴.
      const center = zero + patternOf(2 ** -24);
      expect(sweep("exp32", center - 50_000, center + 50_000, 1).decreasing).toBe(0);
    }
    for (let pattern = 0x80000000; pattern < 0xff800000; pattern += 65537) {
      if (!(exp32(floatOf(pattern)) <= 1)) expect.fail(`exp32(${floatOf(pattern)}) > 1`);
    }
  });
});

describe("constants", () => {
  it("of float32 functions are float32 values", () => {
    const names = Object.entries(constants).filter(([name]) =>
      /(32|^exp32.*|^tanh32.*)$/.test(name),
    );
    expect(names.length).toBeGreaterThan(10);
    for (const [name, value] of names) expect(Math.fround(value), name).toBe(value);
  });
});

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

function patternOf(x: number): number {
  float[0] = x;
  return word[0];
}

function floatOf(pattern: number): number {
  word[0] = pattern;
  return float[0];
}
