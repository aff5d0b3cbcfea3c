import { describe, expect, test } from "vitest";
import { attentionCases } from "../../bench/cases/attention.js";
import { matmulCases } from "../../bench/cases/matmul.js";
import type { CaseSpec } from "../../bench/cases/types.js";
import type { Library } from "../../bench/library.js";
import { randomTensor, transposed } from "../../bench/tensors.js";
import { Random } from "../../src/testing/random.js";
import * as library from "../../src/core.js";

const cases = [...matmulCases, ...attentionCases];
const titleOf = ({ group, name, dtype }: CaseSpec) => `${group} ${name} ${dtype}`;
const find = (title: string) => cases.find((spec) => titleOf(spec) === title)!;
const small = ["matmul 64³ float32", "matmul 64³ float64", "attention 5×64 (tiny) float32"];

test("titles are unique, and --quick has cases of both groups", () => {
  expect(new Set(cases.map(titleOf)).size).toBe(cases.length);
  expect(new Set(cases.filter(({ quick }) => quick).map(({ group }) => group)).size).toBe(2);
});

describe.each([...small, "attention 5×64 with weights float32"])("%s", (title) => {
  test("every contestant is within the bound of the reference", () => {
    const { contestants, error } = find(title).prepare(library);
    expect(contestants[0].name).toBe("qkv");
    for (const { name, run, results } of contestants) {
      expect(error(results()), name).toBeLessThanOrEqual(1);
      expect(Number.isFinite(run()), name).toBe(true);
    }
  });
});

describe("a wrong result is found", () => {
  // The first element as well: what comes after a NaN must not hide it.
  const places = { first: () => 0, last: (length: number) => length - 1 };
  let at = places.last;
  const spoil = (data: Float32Array | Float64Array, wrong: (x: number) => number) => {
    data[at(data.length)] = wrong(data[at(data.length)]);
  };
  const spoiled = (wrong: (x: number) => number): Library => ({
    ...library,
    matmul: ((...args: Parameters<typeof library.matmul>) => {
      const out = library.matmul(...args);
      spoil(out.data, wrong);
      return out;
    }) as typeof library.matmul,
    attention: ((...args: Parameters<typeof library.attention>) => {
      const out = library.attention(...args);
      spoil(out.data, wrong);
      return out;
    }) as typeof library.attention,
  });
  const faults: [string, (x: number) => number][] = [
    ["NaN", () => NaN],
    ["a shift of 0.001", (x) => x + 0.001],
  ];
  const everywhere = faults.flatMap(([name, wrong]) =>
    (["first", "last"] as const).map((place) => [name, place, wrong] as const),
  );
  for (const title of small) {
    test.each(everywhere)(`${title}: %s in the %s element`, (_, place, wrong) => {
      at = places[place];
      const { contestants, error } = find(title).prepare(spoiled(wrong));
      expect(error(contestants[0].results()) <= 1).toBe(false);
    });
  }
});

test("a transposed view is the same memory", () => {
  const matrix = randomTensor([2, 3, 5], "float32", new Random(1));
  expect(transposed(matrix)).toEqual({ ...matrix, shape: [2, 5, 3], stride: [15, 1, 5] });
});
