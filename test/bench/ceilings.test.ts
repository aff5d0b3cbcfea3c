import { expect, test } from "vitest";
import { ceilings } from "../../bench/ceiling/ceilings.js";
import { unsigned } from "../../bench/ceiling/encodeWasm.js";
import { plainRead } from "../../bench/ceiling/read.js";
import { stepBytes } from "../../bench/ceiling/readModule.js";
import { multiplyAdd32, multiplyAdd64 } from "../../bench/ceiling/scalar.js";
import { simdModule } from "../../bench/ceiling/simdModule.js";
import { multiplyAddThreads } from "../../bench/ceiling/threads.js";

test("LEB128 puts seven bits in a byte, the lowest first", () => {
  expect(unsigned(0)).toEqual([0]);
  expect(unsigned(127)).toEqual([127]);
  expect(unsigned(128)).toEqual([0x80, 1]);
  expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
});

test("the module begins as every WebAssembly module does", () => {
  expect([...simdModule("float32").subarray(0, 8)]).toEqual([0, 97, 115, 109, 1, 0, 0, 0]);
});

test("all ceilings of a precision compute the same chains", () => {
  // Chain v becomes v/4 + 3, exactly; the chains start at 2, 4, … 24.
  expect(multiplyAdd64(2, 0.5, 2)).toBe(75);
  expect(multiplyAdd32(2, 0.5, 2)).toBe(75);
  for (const { kind, run } of ceilings()) {
    const sum = run();
    // SIMD sums the chains of one lane; all of them have come near y / (1 − x) = 1.
    expect(Math.abs(sum - 12), kind).toBeLessThan(1e-2);
  }
});

test("float32 rounds after each operation", () => {
  const [x, y] = [Math.fround(0.7), Math.fround(0.1)];
  expect(multiplyAdd32(3, x, y)).not.toBe(multiplyAdd64(3, x, y));
});

test("a plain read reads every byte, in pieces of any length", () => {
  for (const bytes of [stepBytes, 3 * stepBytes, 2 ** 20 + stepBytes]) {
    let expected = 0;
    // The first lane of each vector, filled with its position.
    for (let i = 0; i < bytes / 4; i += 4) expected ^= i;
    expect(plainRead(bytes)!.run()).toBe(expected);
  }
  expect(() => plainRead(100)).toThrow(RangeError);
});

test("two threads share the multiply-adds of one, and end", async () => {
  const threads = await multiplyAddThreads(0.002);
  expect(threads.flops).toBeGreaterThan(0);
  // Twelve chains near 1 for each turn.
  const one = await threads.run(1);
  expect(await threads.run(2)).toBeCloseTo(one, 6);
  await threads.close();
});
