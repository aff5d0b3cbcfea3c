import { expect, test } from "vitest";
import {
  checkShape,
  contiguousStride,
  extentOf,
  offsetsOf,
  sameShape,
  sizeOf,
} from "../../src/tensor/index.js";

test("the size of a shape is the product of its axes, 1 without axes", () => {
  expect(sizeOf([])).toBe(1);
  expect(sizeOf([3, 5, 7])).toBe(105);
  expect(sizeOf([3, 0, 7])).toBe(0);
});

test("row-major strides end in 1", () => {
  expect(contiguousStride([])).toEqual([]);
  expect(contiguousStride([3, 5, 7])).toEqual([35, 7, 1]);
});

test("shapes are the same axis by axis", () => {
  expect(sameShape([], [])).toBe(true);
  expect(sameShape([3, 5], [3, 5])).toBe(true);
  expect(sameShape([3, 5], [3, 7])).toBe(false);
  expect(sameShape([3, 5], [3, 5, 1])).toBe(false);
});

test("the extent of a view follows negative, zero and mixed strides", () => {
  expect(extentOf({ shape: [], stride: [], offset: 4 })).toEqual({ first: 4, last: 4 });
  expect(extentOf({ shape: [3, 5], stride: [5, 1], offset: 2 })).toEqual({ first: 2, last: 16 });
  expect(extentOf({ shape: [3, 5], stride: [-5, 1], offset: 10 })).toEqual({ first: 0, last: 14 });
  expect(extentOf({ shape: [3, 5], stride: [0, 2], offset: 0 })).toEqual({ first: 0, last: 8 });
  expect(extentOf({ shape: [3, 0], stride: [9, 9], offset: 0 })).toBeUndefined();
});

test("offsets come in row-major order and do not wrap at 32 bits", () => {
  expect([...offsetsOf([], [], 7)]).toEqual([7]);
  expect([...offsetsOf([2, 3], [10, -1], 5)]).toEqual([5, 4, 3, 15, 14, 13]);
  expect([...offsetsOf([2, 0], [10, 1], 5)]).toEqual([]);
  expect([...offsetsOf([2], [5_000_000_000], 1)]).toEqual([1, 5_000_000_001]);
});

test("a shape is an array of non-negative integers", () => {
  expect(() => checkShape("f", "shape", [2, 0])).not.toThrow();
  for (const [shape, got] of [
    [[2, -1], "[2, -1]"],
    [[1.5], "[1.5]"],
    [["2"], '["2"]'],
    [[Symbol("2")], "[a symbol]"],
    [[[2]], "an array of length 1"],
    [6, "6"],
    [undefined, "undefined"],
  ] as const) {
    expect(() => checkShape("f", "shape", shape)).toThrow(
      new TypeError(`f(): shape: expected an array of non-negative integers; got ${got}.`),
    );
  }
});
