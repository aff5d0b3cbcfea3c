import { describe, expect, test } from "vitest";
import type { Pace } from "../../bench/measure.js";
import type * as laws from "../../bench/peers/laws/index.js";
import type * as peers from "../../bench/peers/index.js";
import type * as plots from "../../bench/plots/index.js";
import { isRight } from "../../bench/report.js";
import { oneLine, runCases, type Top } from "../../bench/runCases.js";
import type { CaseSpec, Entrant, Way } from "../../bench/types.js";

// Everything that is run is type-checked, also where the peers are not installed.
export type Checked = typeof laws | typeof peers | typeof plots;

const pace: Pace = { clock: "wall", rounds: 4, warmUp: 0, sample: 0, budget: 1 };
const expected = [Float64Array.of(1, 2, 4)];

/** Keeps the core busy for some milliseconds. */
function busy(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return 1;
}

function way(result: number[], milliseconds = 0, variant?: string): Way {
  const results = () => [Float32Array.from(result)];
  return { variant, open: () => ({ run: () => busy(milliseconds), results }) };
}

async function run(entrants: Entrant[], rest: Partial<CaseSpec> = {}, tops: Top[] = []) {
  const spec: CaseSpec = {
    group: "dense",
    name: "a case",
    dtype: "float32",
    flops: 1000,
    bound: 1e-3,
    prepare: async () => ({ expected, entrants }),
    ...rest,
  };
  const [result] = await runCases([spec], tops, pace, () => {});
  return result;
}

const right = [1, 2, 4];

test("of several ways the fastest stands for a library", async () => {
  const { rows, failures } = await run([
    { by: "qkv", ways: [way(right)] },
    { by: "peer", ways: [way(right, 60, "slow"), way(right, 3, "fast"), way(right, 60, "slower")] },
  ]);
  expect(failures).toEqual([]);
  expect(rows.map(({ by, variant }) => [by, variant])).toEqual([
    ["qkv", undefined],
    ["peer", "fast"],
  ]);
  expect(rows[1].timesQkv).toBeGreaterThan(1);
  expect(rows[0].timesQkv).toBe(1);
  expect(rows[0].samples).toHaveLength(4);
});

describe("a wrong result is not timed", () => {
  const wrong: [string, number[]][] = [
    ["an element is off", [1, 2.01, 4]],
    ["NaN", [1, NaN, 4]],
    ["one too few", [1, 2]],
  ];
  test.each(wrong)("%s", async (_, result) => {
    const one = await run([
      { by: "qkv", ways: [way(right)] },
      { by: "peer", ways: [way(result)] },
    ]);
    const { rows, failures } = one;
    expect(rows.map(({ by }) => by)).toEqual(["qkv"]);
    expect(failures[0]).toMatchObject({ by: "peer" });
    expect(failures[0].message).toMatch(/^wrong result/);
    expect(isRight(one)).toBe(false);
  });

  test.each(wrong)("%s, by qkv: nothing is timed, and the case is not right", async (_, result) => {
    const one = await run([
      { by: "qkv", ways: [way(result)] },
      { by: "peer", ways: [way(right)] },
    ]);
    expect(one.rows).toEqual([]);
    expect(one.failures.map(({ by }) => by)).toEqual(["qkv"]);
    expect(isRight(one)).toBe(false);
  });
});

test("a peer that throws is reported, and the case goes on", async () => {
  const thrown = { open: () => Promise.reject(new Error("Integer\n overflow")) };
  const one = await run([
    { by: "qkv", ways: [way(right)] },
    { by: "broken", ways: [thrown] },
    { by: "half", ways: [{ ...thrown, variant: "bad" }, way(right, 0, "good")] },
  ]);
  const { rows, failures } = one;
  expect(isRight(one)).toBe(true);
  expect(rows.map(({ by }) => by)).toEqual(["qkv", "half"]);
  expect(failures).toEqual([
    { by: "broken", variant: undefined, message: "Integer overflow" },
    { by: "half", variant: "bad", message: "Integer overflow" },
  ]);
});

test("what is not the work of the case has its own operations and nothing to compare", async () => {
  const { rows, ratios } = await run(
    [
      { by: "qkv", ways: [way(right, 1)] },
      { by: "other", ways: [way([], 4)], flops: 4000, expected: null },
    ],
    { ratiosOf: (rowBy) => ({ other: rowBy("other")!.timesQkv }) },
  );
  expect(rows[1].error).toBeUndefined();
  expect(rows[1].gflops).toBeLessThan(4000 / 4e-3 / 1e9);
  expect(ratios!.other).toBe(rows[1].timesQkv);
});

test("the ceilings of its precision are measured before each sample", async () => {
  const top = (kind: Top["kind"], dtype: Top["dtype"]): Top => ({
    ...{ kind, dtype, note: "", flops: 100, run: () => busy(1), calls: 1, samples: [] },
  });
  const tops = [top("portable", "float32"), top("machine", "float32"), top("machine", "float64")];
  const { rows } = await run([{ by: "qkv", ways: [way(right, 1)] }], {}, tops);
  expect(tops.map(({ samples }) => samples.length)).toEqual([4, 4, 0]);
  expect(Object.keys(rows[0].ofCeiling)).toEqual(["portable", "machine"]);
});

test("several cases take turns in each round", async () => {
  const order: string[] = [];
  const spec = (name: string): CaseSpec => {
    const run = () => order.push(name);
    const ways = [{ open: () => ({ run, results: () => expected }) }];
    const prepare = async () => ({ expected, entrants: [{ by: "qkv", ways }] });
    return { group: "dense", name, dtype: "float32", flops: 1, bound: 1, prepare };
  };
  await runCases([spec("a"), spec("b")], [], { ...pace, rounds: 2 }, () => order.push("-"));
  const rounds = order.join("").split("-").slice(-2);
  expect(rounds.map((round) => [...new Set(round)].join(""))).toEqual(["ab", "ba"]);
});

test("a message is one line without the paths of whoever built the library", () => {
  expect(oneLine(new Error("ERROR: /mnt/build/onnx/safeint.h:17 f()\n overflow"))).toBe(
    "ERROR: safeint.h:17 f() overflow",
  );
  expect(oneLine("x".repeat(500))).toHaveLength(200);
});
