import { expect, test } from "vitest";
import { expectedAttention, expectedMatmul, relativeError } from "../../bench/reference.js";
import { exchangeAxes, randomTensor, slice, transposed } from "../../bench/tensors.js";
import {
  additiveMask,
  attentionFlops,
  attentionWork,
  matmulWork,
  visibleKeys,
  type AttentionShape,
} from "../../bench/work.js";
import * as core from "../../src/core.js";
import { Random } from "../../src/testing/random.js";

const dense = { heads: 3, queries: 7, keys: 11, size: 5 };
const causal = { heads: 2, queries: 13, size: 5, causal: true };
const windowed = { ...causal, left: 4 };

// More queries than the reference takes at a time.
const long = { heads: 2, queries: 300, size: 3 };

const shapes: [string, AttentionShape][] = [
  ["dense", dense],
  ["without heads", { queries: 7, size: 5 }],
  ["causal", { ...long, causal: true }],
  ["windowed", { ...long, causal: true, left: 4 }],
  ["masked", { ...long, mask: true }],
  ["grouped", { ...dense, heads: 4, kvHeads: 2 }],
  ["sequence first", { ...long, layout: "BLHD" }],
  ["capped", { ...dense, softcap: 2, dtype: "float64" }],
];

test.each(shapes)("%s: qkv computes what the reference says", (_, shape) => {
  const work = attentionWork(shape);
  const got = core.attentionWithWeights(work.q, work.k, work.v, work.options);
  expect(relativeError([got.output.data], expectedAttention(work))).toBeLessThan(2 ** -20);
  const both = [got.output.data, got.weights.data];
  expect(relativeError(both, expectedAttention(work, true))).toBeLessThan(2 ** -20);
});

test.each([
  ["float32", { m: 7, k: 11, n: 5 }],
  ["float64", { m: 7, k: 11, n: 5, transpose: "ab" }],
  ["float32", { m: 7, k: 11, n: 5, transpose: "b", byOption: true }],
] as const)("products in %s: %o", (dtype, shape) => {
  const work = matmulWork({ ...shape, dtype });
  const { data } = core.matmul(...work.given);
  const bound = dtype === "float32" ? 2 ** -20 : 2 ** -48;
  expect(relativeError([data], expectedMatmul(work))).toBeLessThan(bound);
});

test("inputs are the same ones in every run", () => {
  expect(attentionWork(windowed)).toEqual(attentionWork(windowed));
  expect(attentionWork({ ...dense, mask: true }).options).toEqual(
    attentionWork({ ...dense, mask: true }).options,
  );
});

test("options are those of the shape, and the common call has none", () => {
  expect(attentionWork(dense).options).toBeUndefined();
  expect(attentionWork(windowed).options).toEqual({ causal: true, window: { left: 4 } });
  const grouped: AttentionShape = { ...dense, kvHeads: 1, layout: "BLHD", softcap: 2 };
  expect(attentionWork(grouped).options).toEqual({ grouped: true, layout: "BLHD", softcap: 2 });
});

test("what is visible, its operations and its mask agree", () => {
  expect(visibleKeys(dense, 3)).toEqual([0, 11]);
  expect(visibleKeys(windowed, 2)).toEqual([0, 3]);
  expect(visibleKeys(windowed, 9)).toEqual([5, 10]);
  expect(additiveMask(dense)).toBeUndefined();
  const pairs = additiveMask(windowed)!.data.filter((x) => x === 0).length;
  expect(attentionFlops(windowed)).toBe(4 * 5 * 2 * pairs);
  expect(attentionFlops(dense)).toBe(4 * 5 * 3 * 7 * 11);
  const masked: AttentionShape = { ...dense, mask: true };
  const allow = attentionWork(masked).options!.allow as core.Tensor<Uint8Array>;
  expect(attentionFlops(masked)).toBe(4 * 5 * 3 * allow.data.filter((x) => x === 1).length);
});

test("an error is relative to the largest number, that of the worst result, and NaN stays", () => {
  const error = (got: number[], expected: number[]) =>
    relativeError([Float64Array.from(got)], [Float64Array.from(expected)]);
  expect(error([1, 3.5], [1, 4])).toBe(0.125);
  expect(error([NaN, 1], [1, 1])).toBeNaN();
  expect(error([1], [1, 1])).toBeNaN();
  const [one, two] = [Float64Array.of(1), Float64Array.of(2)];
  expect(relativeError([one, one], [one, two])).toBe(0.5);
  expect(relativeError([one], [one, two])).toBeNaN();
});

test("a transposed view and a slice are the same memory", () => {
  const matrix = randomTensor([2, 3, 5], "float32", new Random(1));
  expect(transposed(matrix)).toEqual({ ...matrix, shape: [2, 5, 3], stride: [15, 1, 5] });
  expect(slice(matrix, 1, 1, 3)).toEqual({ ...matrix, shape: [2, 2, 5], offset: 5 });
});

test("sequence first and head first exchange, in every entry of a batch", () => {
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const exchanged = exchangeAxes(data, [2, 2, 3, 2]);
  expect(exchanged.shape).toEqual([2, 3, 2, 2]);
  expect([...exchanged.data.subarray(0, 12)]).toEqual([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
  expect([...exchanged.data.subarray(12, 16)]).toEqual([12, 13, 18, 19]);
  expect(exchangeAxes(exchanged.data, exchanged.shape).data).toEqual(data);
});
