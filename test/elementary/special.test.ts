import { describe, expect, it } from "vitest";
import * as portable from "../../src/elementary/portable.js";
import * as reference from "../../src/elementary/reference.js";

const { exp32, exp64, log32, log64, tanh32, tanh64, sin32, sin64, cos32, cos64 } = portable;

describe.each([
  ["exp32", exp32],
  ["exp64", exp64],
])("%s", (_, exp) => {
  it("is exactly 1 at ±0", () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
  });

  it("is Infinity at Infinity, 0 at −Infinity, NaN at NaN", () => {
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(NaN)).toBe(NaN);
  });

  it("is 1 at subnormals", () => {
    for (const tiny of [2 ** -149, 5e-324]) {
      expect(exp(tiny)).toBe(1);
      expect(exp(-tiny)).toBe(1);
    }
  });
});

describe("exp32 at its ends", () => {
  it("overflows to Infinity where eˣ passes the largest float32", () => {
    expect(exp32(88.72283172607422)).toBeLessThan(3.4028234663852886e38);
    expect(exp32(88.72283935546875)).toBe(Infinity);
    expect(exp32(3.4028234663852886e38)).toBe(Infinity);
  });

  it("flushes to +0 below 2⁻¹²⁶ and not above", () => {
    expect(exp32(-87.33654022216797)).toBeGreaterThanOrEqual(2 ** -126);
    expect(exp32(-87.3365478515625)).toBe(0);
    expect(exp32(-3.4028234663852886e38)).toBe(0);
  });
});

describe("exp64 at its ends", () => {
  it("overflows to Infinity", () => {
    expect(exp64(709.782712893384)).toBeLessThan(Infinity);
    expect(exp64(709.7827128933841)).toBe(Infinity);
    expect(exp64(Number.MAX_VALUE)).toBe(Infinity);
  });

  it("underflows gradually", () => {
    expect(exp64(-744.4400719213812)).toBe(5e-324);
    expect(exp64(-745.1332191019411)).toBe(5e-324);
    expect(exp64(-745.1332191019412)).toBe(0);
    expect(exp64(-709)).toBeGreaterThan(0);
    expect(exp64(-709)).toBeLessThan(2.2250738585072014e-308);
  });
});

describe.each([
  ["log32", log32],
  ["log64", log64],
])("%s", (_, log) => {
  it("is +0 at 1, −Infinity at ±0, Infinity at Infinity", () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(Infinity)).toBe(Infinity);
  });

  it("is NaN below 0 and at NaN", () => {
    for (const x of [-1, -(2 ** -149), -Infinity, NaN]) expect(log(x)).toBe(NaN);
  });

  it("takes subnormals", () => {
    expect(log(2 ** -149)).toBeCloseTo(-149 * Math.LN2, 5);
  });
});

it("log64 of powers of two is k·ln 2, subnormal ones included", () => {
  for (let k = -1074; k < 1024; k++) {
    const expected = k * Math.LN2;
    expect(Math.abs(log64(2 ** k) - expected)).toBeLessThanOrEqual(Math.abs(expected) * 2 ** -52);
  }
});

describe.each([
  ["tanh32", tanh32, Math.fround],
  ["tanh64", tanh64, (x: number) => x],
])("%s", (_, tanh, round) => {
  it("preserves ±0, saturates to ±1, keeps NaN", () => {
    expect(tanh(0)).toBe(0);
    expect(tanh(-0)).toBe(-0);
    for (const large of [20, 89, 355, 3e38, Infinity]) {
      expect(tanh(round(large))).toBe(1);
      expect(tanh(round(-large))).toBe(-1);
    }
    expect(tanh(NaN)).toBe(NaN);
  });

  it("passes subnormals through", () => {
    for (const tiny of [2 ** -149, 2 ** -126, -(2 ** -140)]) expect(tanh(tiny)).toBe(tiny);
  });

  it("is odd, bit for bit, and never beyond ±1", () => {
    for (let i = 1; i < 500; i++) {
      const x = round(i * i * 4e-5);
      expect(tanh(-x)).toBe(-tanh(x));
      expect(tanh(x)).toBeLessThanOrEqual(1);
    }
  });
});

describe.each([
  ["sin32", sin32, "cos32", cos32, Math.fround],
  ["sin64", sin64, "cos64", cos64, (x: number) => x],
])("%s and %s", (_, sin, __, cos, round) => {
  it("are ±0 and 1 at ±0", () => {
    expect(sin(0)).toBe(0);
    expect(sin(-0)).toBe(-0);
    expect(cos(0)).toBe(1);
    expect(cos(-0)).toBe(1);
  });

  it("are NaN at ±Infinity and NaN", () => {
    for (const x of [Infinity, -Infinity, NaN]) {
      expect(sin(x)).toBe(NaN);
      expect(cos(x)).toBe(NaN);
    }
  });

  it("pass subnormals through, or are 1", () => {
    expect(sin(2 ** -149)).toBe(2 ** -149);
    expect(sin(-(2 ** -126))).toBe(-(2 ** -126));
    expect(cos(2 ** -149)).toBe(1);
  });

  it("are odd and even, bit for bit, and within ±1", () => {
    for (let k = -120; k < 127; k++) {
      const x = round(1.2345678 * 2 ** k);
      expect(sin(-x)).toBe(-sin(x));
      expect(cos(-x)).toBe(cos(x));
      expect(Math.abs(sin(x))).toBeLessThanOrEqual(1);
      expect(Math.abs(cos(x))).toBeLessThanOrEqual(1);
    }
  });
});

it("the reference agrees with the portable functions to a few float64 ULP", () => {
  for (const x of [0.001, 0.3, 0.7, 1, 2, 9.5, 31]) {
    for (const name of ["exp", "log", "tanh", "sin", "cos"] as const) {
      const expected = reference[name](x);
      const error = Math.abs(portable[`${name}64`](x) - expected);
      expect(error, `${name}64(${x})`).toBeLessThanOrEqual(Math.abs(expected) * 2 ** -50);
    }
  }
});
