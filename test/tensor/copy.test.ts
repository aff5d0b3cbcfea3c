import { expect, test } from "vitest";
import { canonicalizeNaN, copyContiguous, copyInto } from "../../src/tensor/index.js";
import { viewsOf } from "./views.js";

test.each([Float32Array, Float64Array, Uint8Array])("a copy is row-major: %s", (Kind) => {
  const data = new Kind(Array.from({ length: 105 }, (_, i) => i));
  for (const view of Object.values(viewsOf(data, [3, 5, 7]))) {
    const copy = copyContiguous(view);
    expect(copy.data).toEqual(data);
    expect(copy.data).not.toBe(view.data);
    expect(copy).toMatchObject({ shape: [3, 5, 7], stride: [35, 7, 1], offset: 0 });
  }
});

test("a copy may go into the middle of an array, at any stride", () => {
  const view = { data: Float32Array.of(1, 2, 3), shape: [2], stride: [-1], offset: 2 };
  const target = new Float32Array(5);
  copyInto(view, target, { stride: [2], offset: 1 });
  expect([...target]).toEqual([0, 3, 0, 2, 0]);
  copyInto(view, target, { stride: [-1], offset: 4 });
  expect([...target]).toEqual([0, 3, 0, 2, 3]);
  copyInto({ ...view, shape: [], stride: [] }, target, { stride: [], offset: 0 });
  expect([...target]).toEqual([3, 3, 0, 2, 3]);
  const empty = { data: new Float32Array(0), shape: [0, 3], stride: [3, 1], offset: 0 };
  expect(copyContiguous(empty).data.length).toBe(0);
});

test("every NaN gets the one pattern, and nothing else changes", () => {
  const words = Uint32Array.of(0x7fc00001, 0xffc00000, 0x7f800001, 0x7f800000, 0x80000000);
  canonicalizeNaN(new Float32Array(words.buffer));
  expect([...words]).toEqual([0x7fc00000, 0x7fc00000, 0x7fc00000, 0x7f800000, 0x80000000]);
  const long = BigUint64Array.of(0xfff8000000000000n, 0x7ff0000000000001n, 0x7ff0000000000000n);
  canonicalizeNaN(new Float64Array(long.buffer));
  expect([...long]).toEqual([0x7ff8000000000000n, 0x7ff8000000000000n, 0x7ff0000000000000n]);
});

test("only the elements asked for are touched", () => {
  const words = new Uint32Array(6).fill(0xffc00000);
  canonicalizeNaN(new Float32Array(words.buffer, 4, 5), 1, 2, 2);
  expect([...words].map((word) => word === 0x7fc00000)).toEqual([
    false,
    false,
    true,
    false,
    true,
    false,
  ]);
});

test("a NaN of another pattern is the canonical one in the copy", () => {
  const odd = new Float64Array(new BigUint64Array([0xfff8dead00000001n, 0n]).buffer);
  const copy = copyContiguous({ data: odd, shape: [2, 1], stride: [1, 1], offset: 0 });
  expect(new BigUint64Array(copy.data.buffer)).toEqual(
    new BigUint64Array([0x7ff8000000000000n, 0n]),
  );
});
