import { expect, it } from "vitest";
import { Random } from "../../src/testing/random.js";

it("the same seed gives the same bits, today and in every version", () => {
  const random = new Random(1);
  expect([random.bits(), random.bits(), random.bits()]).toEqual([
    1580013426, 350525680, 3524174333,
  ]);
});

it("all draws are made of those bits", () => {
  const [random, bits] = [new Random(7), new Random(7)];
  const uniform = () => bits.bits() / 2 ** 32;
  expect(random.next()).toBe(uniform());
  expect(random.integer(3, 9)).toBe(3 + Math.floor(7 * uniform()));
  expect(random.chance(0.5)).toBe(uniform() < 0.5);
  let sum = -6;
  for (let n = 0; n < 12; n++) sum += uniform();
  expect(random.normal()).toBe(sum);
});

it("normal numbers have mean 0 and variance 1", () => {
  const random = new Random(7);
  const numbers = Array.from({ length: 4001 }, () => random.normal());
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.1);
});
