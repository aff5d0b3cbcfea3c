import { expect, expectTypeOf, test } from "vitest";
import { sinusoidal } from "../../src/positions/index.js";
import type { Tensor } from "../../src/tensor/index.js";

const [length, size] = [7, 10];

test("sine and cosine of pair i at position p stand at 2i and 2i + 1", () => {
  const out = sinusoidal(length, size, { dtype: "float64" });
  expectTypeOf(out).toEqualTypeOf<Tensor<Float64Array>>();
  expect(out.shape).toEqual([length, size]);
  for (let p = 0; p < length; p++) {
    for (let i = 0; i < size / 2; i++) {
      const angle = p / 10000 ** ((2 * i) / size);
      expect(out.data[p * size + 2 * i]).toBeCloseTo(Math.sin(angle), 14);
      expect(out.data[p * size + 2 * i + 1]).toBeCloseTo(Math.cos(angle), 14);
    }
  }
});

test("float32 is the float64 result, rounded once", () => {
  const out = sinusoidal(length, size);
  expectTypeOf(out).toEqualTypeOf<Tensor<Float32Array>>();
  expect(out.data).toEqual(Float32Array.from(sinusoidal(length, size, { dtype: "float64" }).data));
});

test("concatenated: sines first, cosines after them", () => {
  const interleaved = sinusoidal(length, size);
  const out = sinusoidal(length, size, { order: "concatenated" });
  for (let at = 0; at < out.data.length; at++) {
    const [p, column] = [Math.floor(at / size), at % size];
    const from = column < size / 2 ? 2 * column : 2 * (column - size / 2) + 1;
    expect(out.data[at]).toBe(interleaved.data[p * size + from]);
  }
});

test("endpoint: the longest wavelength is 2π·base", () => {
  const out = sinusoidal(length, size, { base: 300, endpoint: true, dtype: "float64" });
  for (let p = 0; p < length; p++) {
    for (let i = 0; i < size / 2; i++) {
      const angle = p * 300 ** (-i / (size / 2 - 1));
      expect(out.data[p * size + 2 * i]).toBeCloseTo(Math.sin(angle), 14);
    }
  }
  expect(sinusoidal(3, 2, { endpoint: true })).toEqual(sinusoidal(3, 2));
});

test("empty tables", () => {
  expect(sinusoidal(0, 4).shape).toEqual([0, 4]);
  expect(sinusoidal(3, 0).shape).toEqual([3, 0]);
});
