import { describe, expect, it } from "vitest";
import { exp32, exp64, log32, log64, tanh32, tanh64 } from "../../src/elementary/portable.js";

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
});

describe.each([
  ["log32", log32],
  ["log64", log64],
])("%s", (_, log) => {
  it("is +0 at 1, −Infinity at ±0, Infinity at Infinity, NaN below 0 and at NaN", () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(Infinity)).toBe(Infinity);
    expect(log(-1)).toBe(NaN);
    expect(log(-Infinity)).toBe(NaN);
    expect(log(NaN)).toBe(NaN);
  });
});

describe.each([
  ["tanh32", tanh32],
  ["tanh64", tanh64],
])("%s", (_, tanh) => {
  it("preserves ±0, saturates to ±1, keeps NaN", () => {
    expect(tanh(0)).toBe(0);
    expect(tanh(-0)).toBe(-0);
    expect(tanh(Infinity)).toBe(1);
    expect(tanh(-Infinity)).toBe(-1);
    expect(tanh(NaN)).toBe(NaN);
  });
});
