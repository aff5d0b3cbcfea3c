import { expect, test } from "vitest";
import { benchBlock, fillBetween } from "../../bench/page.js";
import { parseReport, rowOf } from "../../bench/report.js";
import { ceilingRows } from "../../bench/runCases.js";
import { showReport } from "../../bench/show.js";
import { caseOf, reportOf } from "./reportOf.js";

const headline = { headline: true };
const report = reportOf("v20.1.0", {
  versions: { "onnxruntime-web": "1.2.3" },
  skipped: ["jax-js: needs Node 22"],
  cases: [
    caseOf("attention", "1024×64", { qkv: 25, "plain loops": 75 }, headline),
    caseOf("attention", "1024×64", { qkv: 50 }, { ...headline, dtype: "float64" }),
    caseOf("matmul", "64³", { qkv: 1 }, { ratios: { "some share": 4.02 } }),
  ],
  memory: [{ queries: 2, keys: 3, size: 5, resident: 2 ** 21, buffers: 2 ** 20, seconds: 1 }],
});
report.cases[0].failures.push({ by: "peer", variant: "a way", message: "a<b> overflow" });

test("a row holds the median, the spread and the share of the ceilings in the same rounds", () => {
  const row = rowOf(
    {
      ...{ by: "peer", calls: 1, flops: 4e9, samples: [2, null, 4] },
      ceilings: { portable: [0.2e-9, null, 0.8e-9], machine: [0.1e-9, null, 0.4e-9] },
    },
    [1, 5, 1],
  );
  expect(row.seconds).toMatchObject({ median: 3, count: 2 });
  expect(row.gflops).toBeCloseTo(4 / 3, 12);
  // 0.2 and 0.4 of the ceiling in their rounds.
  expect(row.ofCeiling.machine).toBeCloseTo(0.3, 12);
  expect(row.ofCeiling.portable).toBeCloseTo(0.6, 12);
  expect(row.timesQkv).toBe(3);
});

test("a ceiling is that of its best sample, and absent if nothing was measured", () => {
  const top = { kind: "portable", dtype: "float32", note: "JavaScript", flops: 240_000 } as const;
  const tops = [[8e-5, 9e-5, 2e-4], []].map((samples) => ({
    ...{ ...top, samples, calls: 1, run: () => 0 },
  }));
  const rows = ceilingRows(tops);
  expect(rows).toHaveLength(1);
  expect(rows[0].gflops).toBeCloseTo(3, 12);
  expect(rows[0].seconds.median).toBe(9e-5);
});

test("a report survives JSON, and no other file is taken for one", () => {
  expect(parseReport(JSON.stringify(report))).toEqual(report);
  for (const text of ["null", "{}", '{"kind":"qkv bench","format":1,"cases":[]}']) {
    expect(() => parseReport(text)).toThrow(TypeError);
  }
});

test("the terminal shows everything", () => {
  const text = showReport(report);
  for (const part of [
    ...["Some processor", "v20.1.0", "0123456789", "onnxruntime-web 1.2.3", "50.0 GFLOP/s"],
    ...["attention 1024×64 float64", "plain loops", "×3.00", "80 %", "0.001"],
    ...["some share 4.02", "resident 2.00 MiB", "peer (a way) fails: a<b>", "skipped jax-js"],
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain("no WebAssembly SIMD");
  expect(text).not.toMatch(/undefined|NaN/);
  expect(showReport({ ...report, ceilings: [] })).toContain("no WebAssembly SIMD");
});

test("the block of a page names machine, Node version and command, and only qkv", () => {
  const block = benchBlock(report);
  for (const part of ["Some processor", "Node v20.1.0", "`npm run bench`", "25.0 ms", "80 %"]) {
    expect(block).toContain(part);
  }
  expect(block).toContain("SIMD in the same run, 50.0 GFLOP/s in float32.");
  expect(block).not.toContain("plain loops");
  expect(block).not.toContain("64³");
  expect(benchBlock({ ...report, ceilings: [] })).toContain("in plain JavaScript");
  expect(() => benchBlock({ ...report, cases: [] })).toThrow(RangeError);
});

test("filling a page touches nothing outside of the marks, however often", () => {
  const before = "# qkv\n\n<!-- bench:start -->\nold\n<!-- bench:end -->\n\n## After\n";
  const once = fillBetween(before, "bench", "new");
  expect(once).toBe("# qkv\n\n<!-- bench:start -->\n\nnew\n\n<!-- bench:end -->\n\n## After\n");
  expect(fillBetween(once, "bench", "new")).toBe(once);
  expect(() => fillBetween(before, "other", "new")).toThrow(RangeError);
  expect(() => fillBetween(before + before, "bench", "new")).toThrow(RangeError);
});
