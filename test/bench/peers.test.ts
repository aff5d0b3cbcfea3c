import { expect, test } from "vitest";
import { optionsOf, qkvAttention, qkvMatmul } from "../../bench/peers/contestants/qkv.js";
import { takesPart, turnsOf } from "../../bench/peers/measure.js";
import { peersCommandOf, readPeersOptions } from "../../bench/peers/options.js";
import { attentionReference, matmulReference, relativeError } from "../../bench/peers/reference.js";
import { ratioWithin, rowOf } from "../../bench/peers/report.js";
import {
  additiveMask,
  attentionFlops,
  attentionWork,
  exchangeAxes,
  matmulWork,
  visibleKeys,
} from "../../bench/peers/work.js";
import * as library from "../../src/core.js";

const make = async () => library;
const dense = { heads: 3, queries: 7, keys: 11, size: 5, causal: false };
const causal = { heads: 2, queries: 13, keys: 13, size: 5, causal: true };

test.each([
  ["dense", dense],
  ["causal", causal],
  ["windowed", { ...causal, left: 4 }],
])("%s: qkv computes what the float64 loops compute", async (_, shape) => {
  const work = attentionWork(shape);
  const { results } = await qkvAttention(make, work)[0].open();
  expect(relativeError(await results(), attentionReference(work))).toBeLessThan(2 ** -20);
});

test.each(["float32", "float64"] as const)("products in %s", async (dtype) => {
  const work = matmulWork(17, dtype);
  const { results } = await qkvMatmul(make, work)[0].open();
  const error = relativeError(await results(), matmulReference(work));
  expect(error).toBeLessThan(dtype === "float32" ? 2 ** -20 : 2 ** -48);
});

test("what is visible, its operations and its mask agree", () => {
  const windowed = { ...causal, left: 4 };
  expect(visibleKeys(dense, 3)).toEqual([0, 11]);
  expect(visibleKeys(windowed, 2)).toEqual([0, 3]);
  expect(visibleKeys(windowed, 9)).toEqual([5, 10]);
  expect(optionsOf(attentionWork(windowed))).toEqual({ causal: true, window: { left: 4 } });
  expect(additiveMask(dense)).toBeUndefined();
  const pairs = additiveMask(windowed)!.filter((x) => x === 0).length;
  expect(attentionFlops(windowed)).toBe(4 * 5 * 2 * pairs);
  expect(attentionFlops(dense)).toBe(4 * 5 * 3 * 7 * 11);
});

test("an error is relative to the largest number, and NaN stays", () => {
  expect(relativeError([1, 3.5] as unknown as Float64Array, Float64Array.of(1, 4))).toBe(0.125);
  expect(relativeError(Float32Array.of(NaN, 1), Float64Array.of(1, 1))).toBeNaN();
  expect(relativeError(Float32Array.of(1), Float64Array.of(1, 1))).toBeNaN();
});

test("sequence first and head first exchange", () => {
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  const exchanged = exchangeAxes(data, 2, 3, 2);
  expect([...exchanged]).toEqual([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
  expect(exchangeAxes(exchanged, 3, 2, 2)).toEqual(data);
});

test("slow contestants sit out rounds, evenly, but never take fewer than three", () => {
  const pace = { rounds: 15, warmUp: 0, sample: 0, budget: 6 };
  expect([0.001, 1, 100].map((seconds) => turnsOf(seconds, pace))).toEqual([15, 6, 3]);
  const turns = Array.from({ length: 15 }, (_, round) => takesPart(round, 3, 15));
  expect(turns.flatMap((yes, round) => (yes ? [round] : []))).toEqual([4, 9, 14]);
  expect(Array.from({ length: 2 }, (_, round) => takesPart(round, 2, 2))).toEqual([true, true]);
});

test("ratios are taken within the rounds in which both took part", () => {
  expect(ratioWithin([2, null, 8, 30], [1, 100, 2, 10])).toBe(3);
  expect(ratioWithin([null, 1], [1, null])).toBeUndefined();
  const sampled = { by: "peer", calls: 1, flops: 4e9 };
  const row = rowOf(
    { ...sampled, samples: [2, null, 4], ceiling: [0.1e-9, null, 0.4e-9] },
    [1, 5, 1],
  );
  expect(row.seconds).toMatchObject({ median: 3, count: 2 });
  expect(row.gflops).toBeCloseTo(4 / 3, 12);
  // 0.2 and 0.4 of the ceiling in their rounds.
  expect(row.ofCeiling).toBeCloseTo(0.3, 12);
  expect(row.timesQkv).toBe(3);
});

test("options are read, and typos refused", () => {
  const options = readPeersOptions(["--quick", "--from", "a", "--from", "b", "--rounds", "2"]);
  expect(options).toMatchObject({ quick: true, from: ["a", "b"], rounds: 2, readme: false });
  expect(peersCommandOf(options)).toBe("npm run bench:peers -- --quick --rounds 2");
  for (const args of [["--fast"], ["--rounds", "0"], ["word"]]) {
    expect(() => readPeersOptions(args)).toThrow();
  }
});
