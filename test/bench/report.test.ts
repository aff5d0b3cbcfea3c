import { expect, test } from "vitest";
import { benchBlock, fillBetween } from "../../bench/readme.js";
import { ceilingRowOf, parseReport, rowOf, type Report } from "../../bench/report.js";
import { showReport } from "../../bench/show.js";

const known = {
  group: "attention",
  name: "5×64 (tiny)",
  dtype: "float32",
  contestant: "qkv",
  headline: true,
  flops: 6400,
  error: 0.027,
  bound: "2⁻¹⁸·max|v|",
  calls: 100,
} as const;

const seconds = [8e-6, 2e-5, 9e-6];
const row = rowOf(known, {
  seconds,
  first: seconds,
  // A ceiling of 3, 1.2 and 3 GFLOP/s: it was slow in the same round.
  ceilings: { portable: [1 / 3e9, 1 / 1.2e9, 1 / 3e9] },
});
const ceiling = { kind: "portable", dtype: "float32", note: "JavaScript", flops: 240_000 } as const;

const report: Report = {
  format: 1,
  date: "2026-01-02T03:04:05.000Z",
  command: "npm run bench",
  measured: "dist/core.js",
  revision: { commit: "0123456789", modified: false },
  machine: {
    cpu: "Some processor",
    cores: 2,
    memoryGiB: 24,
    os: "Linux 6",
    arch: "x64",
    load: 0.1,
    node: "v20.1.0",
    v8: "11.3",
  },
  rounds: 3,
  clock: "wall",
  ceilings: [ceilingRowOf(ceiling, [8e-5, 9e-5, 2e-4])],
  rows: [row, { ...row, contestant: "plain loops", headline: true }],
  sink: 1,
};

test("a row holds the median, the spread and the share of the ceiling in the same rounds", () => {
  expect(row.seconds.median).toBe(9e-6);
  expect(row.gflops).toBeCloseTo(6400 / 9e-6 / 1e9, 12);
  expect(row.ofPortable).toBeCloseTo(6400 / 2e-5 / 1.2e9, 12);
  expect(row.ofMachine).toBeUndefined();
  expect(row.timesFirst).toBe(1);
  expect(report.ceilings[0].gflops).toBeCloseTo(3, 12);
});

test("a report survives JSON", () => {
  expect(parseReport(JSON.stringify(report))).toEqual(report);
  for (const text of ["null", "{}", '{"format":2,"rows":[],"ceilings":[]}']) {
    expect(() => parseReport(text)).toThrow(TypeError);
  }
});

test("the table names machine, engine, commit, ceilings and each contestant", () => {
  const text = showReport(report);
  for (const part of ["Some processor", "v20.1.0", "0123456789", "3.00 GFLOP/s", "plain loops"]) {
    expect(text).toContain(part);
  }
  expect(text).toContain("no WebAssembly SIMD");
  expect(text).not.toContain("undefined");
});

test("the block of a page names machine, Node version and command, and only qkv", () => {
  const block = benchBlock(report);
  for (const part of [
    "Some processor",
    "Node v20.1.0",
    "`npm run bench`",
    "9.00 µs",
    "0123456789",
    "in plain JavaScript",
  ]) {
    expect(block).toContain(part);
  }
  expect(block).not.toContain("plain loops");
  expect(() => benchBlock({ ...report, rows: [] })).toThrow(RangeError);
});

test("filling a page touches nothing outside of the marks, however often", () => {
  const before = "# qkv\n\n<!-- bench:start -->\nold\n<!-- bench:end -->\n\n## After\n";
  const once = fillBetween(before, "bench", "new");
  expect(once).toBe("# qkv\n\n<!-- bench:start -->\n\nnew\n\n<!-- bench:end -->\n\n## After\n");
  expect(fillBetween(once, "bench", "new")).toBe(once);
  expect(() => fillBetween(before, "other", "new")).toThrow(RangeError);
  expect(() => fillBetween(before + before, "bench", "new")).toThrow(RangeError);
});
