import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attentionWithWeights, masks, type FloatArray } from "../../src/core.js";
import type { View } from "../../src/explain/index.js";
import { explain, explainWeights } from "../../src/explain/index.js";
import { dtypes } from "../attention-hard/make.js";
import { visibility } from "../helpers/oracle.js";
import { sizesOf, toCall, type Problem } from "../helpers/problem.js";
import { denseOf } from "../helpers/tensors.js";
import { largestValues } from "../laws/bounds.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";
import { withoutStyle } from "../laws/rewrite.js";
import { explainProblem, letters } from "./explainProblem.js";

/** Asks every head of batch entry 0 of random problems. */
function holds(
  dtype: "float32" | "float64",
  check: (view: View<FloatArray>, problem: Problem, h: number) => void,
): void {
  const property = fc.property(recipes(dtype, false), (recipe) => {
    const problem = withoutStyle(problemOf(recipe, 60_000));
    const { B, H } = sizesOf(problem);
    if (B === 0) return;
    for (let h = 0; h < H; h++) {
      try {
        check(explainProblem(problem, 0).head(h), problem, h);
      } catch (error) {
        const where = `${describeProblem(problem)}, head ${h}`;
        throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
      }
    }
  });
  fc.assert(property, { numRuns: 25, seed: 11, endOnFailure: true });
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

describe.each(dtypes)("%s", (dtype) => {
  test("contributions add up to the output: ≤ (min(S, 64) + 18⌈S/64⌉ + 4·ln S + 42)·u·max|v|", () => {
    holds(dtype, (view, problem, h) => {
      const { S, E, L } = sizesOf(problem);
      const u = dtype === "float32" ? 2 ** -24 : 2 ** -53;
      const tiny = dtype === "float32" ? 2 ** -149 : 2 ** -1074;
      const factor = Math.min(S, 64) + 18 * Math.ceil(S / 64) + 4 * Math.log(Math.max(S, 1)) + 42;
      const largest = largestValues(sizesOf(problem), visibility(problem), problem.value.data);
      const contributions = view.stage("contributions").data;
      view.stage("output").data.forEach((output, at) => {
        const [i, e] = [Math.floor(at / E), at % E];
        let total = 0;
        for (let j = 0; j < S; j++) total += contributions[(i * S + j) * E + e];
        if (Number.isNaN(output)) return;
        const bound = factor * u * largest[(h * L + i) * E + e] + 3 * S * tiny;
        if (!(Math.abs(total - output) <= bound)) throw new Error(`${total} for ${output}`);
      });
    });
  });

  test("the segments of a blend tile [0, 1] in the order of the keys, as long as the weights", () => {
    holds(dtype, (view) => {
      for (const { index } of view.queries) {
        const segments = view.blend(index);
        expect([segments[0].from, segments.at(-1)!.to]).toEqual([0, 1]);
        segments.forEach(({ from, to, weight, kind }, n) => {
          expect(to).toBeGreaterThanOrEqual(from);
          if (n > 0) {
            expect(from).toBe(segments[n - 1].to);
            expect(segments[n].kind !== "key" || segments[n - 1].keyIndex < segments[n].keyIndex).toBe(true); // prettier-ignore
          }
          if (kind !== "nothing") expect(Math.abs(to - from - weight)).toBeLessThan(1e-4);
        });
      }
    });
  });

  test("weights and the rest sum to 1, entropy lies between one key and all", () => {
    holds(dtype, (view, { emptyRow }) => {
      for (const { index } of view.queries) {
        const { keys, rest, empty } = view.row(index);
        if (empty || emptyRow === "nan") continue;
        expect(sum(keys.map(({ weight }) => weight)) + rest).toBeCloseTo(1, 4);
        expect(sum(keys.map(({ share }) => share))).toBeCloseTo(1, 10);
        const open = keys.filter(({ blocked }) => !blocked).length;
        expect(view.entropy(index)).toBeGreaterThanOrEqual(0);
        expect(view.entropy(index)).toBeLessThanOrEqual(Math.log2(open) + 1e-12);
        expect(view.normalizedEntropy(index)).toBeLessThanOrEqual(1 + 1e-12);
        expect(view.effectiveKeys(index)).toBeCloseTo(2 ** view.entropy(index), 10);
      }
    });
  });

  test("without keys = attention with those keys blocked, bit for bit", () => {
    holds(dtype, (view, problem, h) => {
      const { L, S } = sizesOf(problem);
      const left = [0, 3, 64].filter((j) => j < S);
      const { before, after } = view.withoutKeys(left);
      expect(before).toBe(view);
      const [query, key, value, options] = toCall(problem);
      const gone = masks.where((_b, _h, _i, j) => left.includes(j));
      const block = options.block === undefined ? gone : masks.or(options.block, gone);
      const { weights } = attentionWithWeights(query, key, value, { ...options, block });
      const expected = denseOf(weights).data.slice(h * L * S, (h + 1) * L * S);
      expect(after.stage("weights").data).toEqual(expected);
    });
  });
});

test("a blocked value is not read: its contribution is 0 whatever it holds", () => {
  const key = [[1], [2], [NaN]]; // prettier-ignore
  const value = [[1, 10], [2, 20], [NaN, Infinity]]; // prettier-ignore
  const names = { tokens: ["q"], keyTokens: ["a", "b", "c"] };
  const view = explain([[0]], key, value, { ...names, keyLengths: 2 }).head(0);
  const { contributions, output } = view.row(0);
  expect(Array.from(contributions.data)).toEqual([0.5, 5, 1, 10, 0, 0]);
  expect(Array.from(output)).toEqual([1.5, 15]);
});

test("a mean of heads blocks a pair where every head does", () => {
  const x = [[[1], [2]], [[1], [2]]]; // prettier-ignore
  const block = masks.where((_b, h, i, j) => j > i || (h === 0 && j < i));
  const mean = explain(x, x, x, { tokens: ["a", "b"], block }).mean();
  expect(mean.why(0, 1)).toMatchObject({ blocked: true, weight: 0 });
  expect(mean.why(0, 1).reasons).toHaveLength(1);
  expect(mean.why(1, 0)).toMatchObject({ blocked: false, reasons: [] });
});

test("the mean of heads is the mean of every stage, in any choice of heads", () => {
  const x = (n: number, shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length: size }, (_, i) => Math.fround(Math.sin(i * n)));
    return { data, shape, stride: [15, 3, 1], offset: 0 };
  };
  const [query, key, value] = [x(1, [3, 5, 3]), x(2, [3, 5, 3]), x(3, [3, 5, 3])];
  const all = explain(query, key, value, { tokens: letters(5), causal: true });
  const mean = all.mean([0, "head 2"]);
  for (const stage of [
    "raw",
    "scores",
    "masked",
    "weights",
    "contributions",
    "output",
    "lse",
  ] as const) {
    const [a, b] = [all.head(0).stage(stage).data, all.head("head 2").stage(stage).data];
    expect(mean.stage(stage).data).toEqual(a.map((it, at) => (it + b[at]) / 2));
  }
  expect(mean.name).toBe("mean of head 0, head 2");
  expect(all.mean().name).toBe("mean of 3 heads");
  const row = mean.row(4);
  expect(Array.from(row.weights)).toEqual(mean.matrix().weights[4]);
});

describe("words", () => {
  const weights = [
    [0.5, 0.25, 0.25],
    [0.25, 0.25, 0.5],
    [0.5, 0.25, 0.25],
  ];
  const groups = [
    { text: "river", pieces: [0] },
    { text: "flooded", pieces: [1, 2] },
  ];

  test("are summed over keys and averaged over queries; rows keep their sum", () => {
    const view = explainWeights(weights, { tokens: ["▁river", "▁flood", "ed"] }).head(0);
    const words = view.words(groups);
    expect(words.matrix().weights).toEqual([
      [0.5, 0.5],
      [0.375, 0.625],
    ]);
    expect(words.queries.map(({ text }) => text)).toEqual(["river", "flooded"]);
    expect(words.mass(1)).toEqual({ self: 0.625, previous: 0.375, first: 0.375 });
  });

  test("without a word: its pieces are left out", () => {
    const view = explainWeights(weights, { tokens: ["▁river", "▁flood", "ed"] }).head(0);
    const { after } = view.words(groups).withoutKeys([1]);
    expect(after.matrix().weights).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test("a pair of words is blocked where all its pieces are", () => {
    const x = [[1], [2], [3]];
    const view = explain(x, x, x, { tokens: ["a", "b", "c"], causal: true }).head(0);
    const words = view.words([
      { text: "ab", pieces: [0, 1] },
      { text: "c", pieces: [2] },
    ]);
    expect(words.why(0, 1)).toMatchObject({ blocked: true, weight: 0, score: null });
    expect(words.why(0, 1).reasons.map(({ text }) => text)).toEqual([
      "key 2 comes after query 0",
      "key 2 comes after query 1",
    ]);
    expect(words.why(0, 0).blocked).toBe(false);
  });
});
