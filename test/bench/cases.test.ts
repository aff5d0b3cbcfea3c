import { describe, expect, test } from "vitest";
import { attentionCases } from "../../bench/cases/attention.js";
import { matmulCases } from "../../bench/cases/matmul.js";
import type { Library } from "../../bench/library.js";
import { relativeError } from "../../bench/reference.js";
import { titleOf, type CaseSpec } from "../../bench/types.js";
import * as library from "../../src/core.js";

const casesOf = (of: Library): CaseSpec[] => {
  const make = async () => of;
  return [...matmulCases(make), ...attentionCases(make)];
};
const cases = casesOf(library);

/** Each contestant of a case, the error of its results in units of the bound, and what its `run` gives. */
async function outcomesOf(title: string, of: Library) {
  const { prepare, bound } = casesOf(of).find((spec) => titleOf(spec) === title)!;
  const { expected, entrants } = await prepare();
  const outcomes: { by: string; error: number; number: number }[] = [];
  for (const { by, ways } of entrants) {
    const { run, results } = await ways[0].open();
    const error = relativeError(await results(), expected!) / bound;
    outcomes.push({ by, error, number: await run() });
  }
  return outcomes;
}

const baselines = ["matmul 64³ float32", "matmul 64³ float64", "attention 5×64 (tiny) float32"];
const small = [...baselines, "attention 5×64 with weights float32"];

test("titles are unique, and --quick has cases of both groups", () => {
  expect(new Set(cases.map(titleOf)).size).toBe(cases.length);
  expect(new Set(cases.filter(({ quick }) => quick).map(({ group }) => group)).size).toBe(2);
});

test.each(small)("%s: every contestant is within the bound of the reference", async (title) => {
  const outcomes = await outcomesOf(title, library);
  expect(outcomes[0].by).toBe("qkv");
  expect(outcomes.length > 1).toBe(baselines.includes(title));
  for (const { by, error, number } of outcomes) {
    expect(error, by).toBeLessThanOrEqual(1);
    expect(Number.isFinite(number), by).toBe(true);
  }
});

describe("a wrong result is found", () => {
  type Floats = Float32Array | Float64Array;
  const faults: [string, (x: number) => number][] = [
    ["NaN", () => NaN],
    ["a shift of 0.005", (x) => x + 0.005],
  ];
  // The first element as well: what comes after a NaN must not hide it.
  const places: [string, (data: Floats) => number][] = [
    ["first", () => 0],
    ["last", ({ length }) => length - 1],
  ];
  const everywhere = faults.flatMap((fault) =>
    places.map((place) => [...fault, ...place] as const),
  );
  /** The same function with one element of its last result changed. */
  const spoil = <F extends (...args: never[]) => { data: Floats } | object>(
    fn: F,
    change: (data: Floats) => void,
  ): F =>
    ((...args: never[]) => {
      const out = fn(...args);
      change("data" in out ? out.data : (Object.values(out).at(-1) as { data: Floats }).data);
      return out;
    }) as F;
  for (const title of small) {
    test.each(everywhere)(`${title}: %s %s in the %s element`, async (_, wrong, _place, at) => {
      const change = (data: Floats) => {
        data[at(data)] = wrong(data[at(data)]);
      };
      const { matmul, attention, attentionWithWeights } = library;
      const spoilt: Library = {
        ...library,
        matmul: spoil(matmul, change),
        attention: spoil(attention, change),
        attentionWithWeights: spoil(attentionWithWeights, change),
      };
      const [{ by, error }] = await outcomesOf(title, spoilt);
      expect(by).toBe("qkv");
      expect(error <= 1).toBe(false);
    });
  }
});
