import { expect, test } from "vitest";
import { memoryCalls, slope, timeCases, timesOf } from "../../bench/plots/curves.js";
import { scalingBlock } from "../../bench/plots/page.js";
import { isWanted } from "../../bench/options.js";
import { titleOf } from "../../bench/types.js";
import * as library from "../../src/core.js";
import { caseOf, reportOf } from "./reportOf.js";

const report = reportOf("v26.1.0", {
  command: "npm run bench:plots",
  revision: { commit: "0123456789", modified: true },
  cases: [256, 512, 1024].flatMap((length) => [
    caseOf("dense", String(length), { qkv: 1e-6 * length * length }),
    caseOf("window 256", String(length), { qkv: 1e-3 * length }),
  ]),
  memory: [
    { queries: 256, keys: 1024, size: 64, resident: 3 * 2 ** 20, buffers: 2 ** 20, seconds: 1 },
  ],
});

test("each curve is a case for each length, doubled", () => {
  const cases = timeCases(async () => library);
  const dense = cases.filter((spec) => isWanted(titleOf(spec), ["dense"]));
  expect(dense.map(({ name }) => name).join()).toBe("256,512,1024,2048,4096,8192,16384");
  expect(dense.filter(({ quick }) => quick)).toHaveLength(4);
  expect(new Set(cases.map(({ group }) => group))).toEqual(
    new Set(["dense", "causal", "window 256"]),
  );
  expect(memoryCalls(true).map(({ keys }) => keys)).toEqual([1024, 2048, 4096, 8192, 16384]);
});

test("the points are the medians", () => {
  expect(timesOf(report)[1]).toEqual({ series: "window 256", length: 256, seconds: 2.56e-4 });
});

test("a power law is a slope", () => {
  expect(slope([2, 3], [8, 48])).toBeCloseTo(2, 12);
  expect(slope([2, 5], [8, 5])).toBe(0);
});

test("the block has the numbers of both plots and how time grows", () => {
  const block = scalingBlock(report);
  expect(block).toMatch(/\|\s+512 \|\s+262 µs \|\s+\|\s+512 µs \|/);
  expect(block).toContain("dense like L^2.00 (512 to 1024), window 256 like L^1.00 (512 to 1024)");
  expect(block).toMatch(/\|\s+1024 \|\s+3.00 MiB \|\s+1.00 MiB \|\s+1.00 MiB \|/);
  expect(block).toContain("commit 0123456789 with changes");
  expect(block).not.toMatch(/undefined|NaN/);
});
