import { expect, test } from "vitest";
import { plotsCommandOf, readPlotsOptions } from "../../bench/plots/options.js";
import { scalingBlock } from "../../bench/plots/page.js";
import { parseScaling, slope, type Scaling } from "../../bench/plots/scaling.js";

const scaling: Scaling = {
  kind: "qkv scaling",
  format: 1,
  date: "2026-01-02T03:04:05.000Z",
  command: "npm run bench:plots",
  revision: { commit: "0123456789", modified: true },
  machine: {
    ...{ cpu: "Some processor", cores: 2, memoryGiB: 24, os: "Linux 6", arch: "x64" },
    ...{ load: 0.1, node: "v26.1.0", v8: "14" },
  },
  rounds: 7,
  time: [256, 512, 1024].flatMap((length) => [
    { series: "dense" as const, length, seconds: 1e-9 * length * length },
    { series: "window 256" as const, length, seconds: 1e-6 * length },
  ]),
  queries: 256,
  memory: [{ keys: 1024, resident: 3 * 2 ** 20, buffers: 2 ** 20 }],
};

test("a power law is a slope", () => {
  expect(slope([2, 3], [8, 48])).toBeCloseTo(2, 12);
  expect(slope([2, 5], [8, 5])).toBe(0);
});

test("the block has the numbers of both plots and how time grows", () => {
  const block = scalingBlock(scaling);
  expect(block).toMatch(/\|\s+512 \|\s+262 µs \|\s+\|\s+512 µs \|/);
  expect(block).toContain("dense like L^2.00 (512 to 1024), window 256 like L^1.00 (512 to 1024)");
  expect(block).toMatch(/\|\s+1024 \|\s+3.00 MiB \|\s+1.00 MiB \|\s+1.00 MiB \|/);
  expect(block).toContain("commit 0123456789 with changes");
  expect(block).not.toMatch(/undefined|NaN/);
});

test("a result survives JSON, and no other file is taken for one", () => {
  expect(parseScaling(JSON.stringify(scaling))).toEqual(scaling);
  for (const text of ["null", "{}"]) expect(() => parseScaling(text)).toThrow(TypeError);
});

test("options are read, and typos refused", () => {
  expect(readPlotsOptions(["--from", "a.json"])).toMatchObject({ quick: false, from: "a.json" });
  expect(plotsCommandOf(readPlotsOptions(["--quick", "--rounds", "3", "--json", "a"]))).toBe(
    "npm run bench:plots -- --quick --rounds 3",
  );
  for (const args of [["--fast"], ["--rounds", "0"]]) {
    expect(() => readPlotsOptions(args)).toThrow();
  }
});
