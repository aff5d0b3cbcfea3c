import { expect, test } from "vitest";
import { describe, rangeError, showShape, typeError } from "../../src/tensor/index.js";

test("a message names function, argument, expected, got and the fix", () => {
  expect(typeError("f", "x", "a", "b")).toEqual(new TypeError("f(): x: expected a; got b."));
  expect(rangeError("f", "x", "a", "b", "write c")).toEqual(
    new RangeError("f(): x: expected a; got b. Fix: write c."),
  );
});

test("any value can be described", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  for (const [value, text] of [
    [undefined, "undefined"],
    [null, "null"],
    [-0, "-0"],
    [0.5, "0.5"],
    [NaN, "NaN"],
    [true, "true"],
    [12n, "12n"],
    ["topleft", '"topleft"'],
    ["x".repeat(60), `"${"x".repeat(37)}..."`],
    [Symbol("s"), "a symbol"],
    [() => 1, "a function"],
    [[1, 2], "[1, 2]"],
    [[[1], [2]], "an array of length 2"],
    [cycle, "an array of length 1"],
    [new Float32Array(3), "a bare Float32Array"],
    [new Int8Array(3), "a bare Int8Array"],
    [new Map(), "an object (Map)"],
    [Object.create(null), "an object (Object)"],
    [{ data: new Float32Array(6), shape: [2, 3] }, "Float32Array [2, 3]"],
    [{ shape: [Symbol("s"), Object.create(null)] }, "Undefined [a symbol, an object (Object)]"],
  ] as const) {
    expect(describe(value)).toBe(text);
  }
});

test("a shape is shown with whatever stands in it", () => {
  expect(showShape([])).toBe("[]");
  expect(showShape([2, 3])).toBe("[2, 3]");
  expect(showShape([-0, NaN, null as never])).toBe("[-0, NaN, null]");
});
