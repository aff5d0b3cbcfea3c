import { describe, expect, test } from "vitest";
import { fromBfloat16, fromFloat16 } from "../../src/tensor/index.js";

/** Every pattern of 16 bits. */
const patterns = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

/** The definition: (−1)^sign · 2^(exponent − bias) · 1.fraction, and 0.fraction at the smallest exponent. */
function numberOf(bits: number, exponentBits: number, fractionBits: number): number {
  const text = bits.toString(2).padStart(16, "0");
  const sign = text[0] === "1" ? -1 : 1;
  const exponent = parseInt(text.slice(1, 1 + exponentBits), 2);
  const fraction = parseInt(text.slice(1 + exponentBits), 2) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  return (
    sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias))
  );
}

const bitsOf = (numbers: Float32Array): Uint32Array =>
  new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);

describe.each([
  ["fromFloat16", fromFloat16, 5, 10],
  ["fromBfloat16", fromBfloat16, 8, 7],
] as const)("%s", (_, convert, exponentBits, fractionBits) => {
  test("every one of the 65,536 patterns is the number of the definition", () => {
    const expected = Float64Array.from(patterns, (bits) =>
      numberOf(bits, exponentBits, fractionBits),
    );
    const numbers = convert(patterns);
    const wrong = patterns.findIndex((bits) => !Object.is(numbers[bits], expected[bits]));
    expect([wrong, numbers[wrong], expected[wrong]]).toEqual([-1, undefined, undefined]);
  });

  test("every NaN is the canonical one, and no other pattern stands twice", () => {
    const words = bitsOf(convert(patterns));
    const nans = patterns.filter((bits) =>
      Number.isNaN(numberOf(bits, exponentBits, fractionBits)),
    );
    expect(nans.length).toBe(2 * (2 ** fractionBits - 1));
    for (const bits of nans) expect(words[bits]).toBe(0x7fc00000);
    expect(new Set(words).size).toBe(65536 - nans.length + 1);
  });

  test("the result has memory of its own, of a part of a buffer too", () => {
    const bits = patterns.subarray(0x3c00, 0x3c03);
    const numbers = convert(bits);
    expect([...numbers]).toEqual([...convert(bits.slice())]);
    expect([numbers.length, numbers.byteOffset, numbers.buffer.byteLength]).toEqual([3, 0, 12]);
    expect(convert(new Uint16Array(0)).length).toBe(0);
  });
});

test("fromFloat16 takes a Float16Array, whose numbers it keeps", () => {
  // Node 20 has none: an array of that name with the numbers in it.
  class Float16Array extends Float32Array {
    override get [Symbol.toStringTag](): never {
      return "Float16Array" as never;
    }
  }
  const given = Float16Array.of(1, -0, 5.960464477539063e-8, Infinity, NaN);
  new Uint32Array(given.buffer)[4] = 0xffc00001;
  const numbers = fromFloat16(given as never);
  expect(Object.prototype.toString.call(numbers)).toBe("[object Float32Array]");
  expect([...numbers]).toEqual([1, -0, 5.960464477539063e-8, Infinity, NaN]);
  expect(bitsOf(numbers)[4]).toBe(0x7fc00000);
});
