import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FloatArray } from "../../src/core.js";
import { explain, type Explanation } from "../../src/explain/index.js";
import { dtypes } from "../attention-hard/make.js";
import { sizesOf } from "../helpers/problem.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";
import { explainProblem } from "./explainProblem.js";

/** The formula as it is written, with all outputs and contributions at once. */
function sharesOf(explanation: Explanation<FloatArray>, queries: number[], heads: number[]) {
  const rows = heads.map((h) => queries.map((i) => explanation.head(h).row(i)));
  const mean = (of: (row: (typeof rows)[0][0]) => ArrayLike<number>): number[] =>
    rows.flatMap((head) => {
      const all = head.map(of);
      return Array.from(all[0], (_, e) => all.reduce((sum, it) => sum + it[e], 0) / all.length);
    });
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, e) => sum + x * b[e], 0);
  const output = mean((row) => row.output);
  return explanation.keyTokens.map((_, j) => {
    const contribution = mean(({ contributions: { data, shape } }) =>
      data.subarray(j * shape[1], (j + 1) * shape[1]),
    );
    return dot(contribution, output) / dot(output, output);
  });
}

const names = { tokens: ["q"], keyTokens: ["a", "b"] };

describe("by hand", () => {
  test("two tokens: what a value is along the output", () => {
    // Half of [3, 0], half of [1, 2]: the output is [2, 1], its square 5.
    const explanation = explain([[0]], [[1], [1]], [[3, 0], [1, 2]], names); // prettier-ignore
    expect(Array.from(explanation.outputShares(0))).toEqual([
      expect.closeTo(3 / 5, 15),
      expect.closeTo(2 / 5, 15),
    ]);
  });

  test("a value that pulls the other way has a negative share", () => {
    const explanation = explain([[0]], [[1], [1]], [[3], [-1]], names);
    expect(Array.from(explanation.outputShares(0))).toEqual([1.5, -0.5]);
  });

  test("two heads are one longer output, and each alone is its own", () => {
    // Outputs 2 and 4: (1.5·2 + 3·4) / 20 and (0.5·2 + 1·4) / 20.
    const heads = explain([[[0]], [[0]]], [[[1], [1]], [[1], [1]]], [[[3], [1]], [[2], [6]]], names); // prettier-ignore
    const shares = heads.outputShares(0);
    expect(Array.from(shares)).toEqual([expect.closeTo(7 / 20, 15), expect.closeTo(13 / 20, 15)]);
    expect(Array.from(heads.outputShares(0, { heads: [0] }))).toEqual([0.75, 0.25]);
    expect(Array.from(heads.outputShares(0, { heads: ["head 1"] }))).toEqual([0.25, 0.75]);
    expect(heads.outputShares(0, { heads: undefined })).toEqual(shares);
  });

  test("heads that share keys and values in groups", () => {
    const query = [[[0]], [[0]], [[0]], [[0]]];
    const value = [[[3], [1]], [[1], [1]]]; // prettier-ignore
    const grouped = explain(query, [[[1], [1]], [[1], [1]]], value, { ...names, grouped: true }); // prettier-ignore
    const at = (heads: number[]) => Array.from(grouped.outputShares(0, { heads }));
    expect([at([1]), at([2])]).toEqual([[0.75, 0.25], [0.5, 0.5]]); // prettier-ignore
    // Outputs 2, 2, 1, 1.
    expect(at([0, 1, 2, 3])).toEqual([expect.closeTo(0.7, 15), expect.closeTo(0.3, 15)]);
  });

  test("several queries are a word: the share of their mean output", () => {
    const x = [[1, 0], [0, 1], [1, 1]]; // prettier-ignore
    const explanation = explain(x, x, x, { tokens: ["a", "b", "c"], causal: true });
    const shares = explanation.outputShares([1, 2]);
    sharesOf(explanation, [1, 2], [0]).forEach((share, j) => {
      expect(shares[j]).toBeCloseTo(share, 6);
    });
    expect(explanation.outputShares([2])).toEqual(explanation.outputShares(2));
  });

  test("without keys: their share is 0", () => {
    const after = explain([[0]], [[1], [1]], [[3], [1]], names).withoutKeys([0]);
    expect(Array.from(after.outputShares(0))).toEqual([0, 1]);
  });
});

describe("what has no direction", () => {
  const x = [[1], [2]];
  const shares = (options: object, value: number[][] = x) =>
    Array.from(explain(x, x, value, { tokens: ["a", "b"], ...options }).outputShares(0));

  test("an empty row, padding and values of 0 have shares of 0", () => {
    expect(shares({ block: true })).toEqual([0, 0]);
    expect(shares({ queryLengths: 0 })).toEqual([0, 0]);
    expect(shares({}, [[0], [0]])).toEqual([0, 0]);
  });

  test("NaN and Infinity have shares of NaN, unless they are blocked", () => {
    expect(shares({ block: true, emptyRow: "nan" })).toEqual([NaN, NaN]);
    expect(shares({}, [[1], [NaN]])).toEqual([NaN, NaN]);
    expect(shares({}, [[1], [Infinity]])).toEqual([NaN, NaN]);
    expect(shares({ causal: true }, [[1], [NaN]])).toEqual([1, 0]);
  });

  test('emptyRow: "throw" throws', () => {
    expect(() => shares({ block: true, emptyRow: "throw" })).toThrow("none for query 0 of head 0");
  });

  test("numbers whose squares leave the range of float64 have the same shares", () => {
    for (const size of [2 ** -1000, 2 ** 1000]) {
      const [query, key, value] = [[0], [1, 1], [3 * size, size]].map((list) => ({
        data: Float64Array.from(list),
        shape: [list.length, 1],
      }));
      expect(Array.from(explain(query, key, value, names).outputShares(0))).toEqual([0.75, 0.25]);
    }
  });
});

test.each(dtypes)("shares are those of the formula and sum to 1, %s", (dtype) => {
  const property = fc.property(recipes(dtype, false), (recipe) => {
    const problem = problemOf(recipe, 20_000);
    const { B, H, L, E } = sizesOf(problem);
    if (B * H * L * E === 0) return;
    const explanation = explainProblem(problem, 0);
    const all = Array.from({ length: H }, (_, h) => h);
    for (const heads of [all, [H - 1]]) {
      for (const queries of [[0], [L - 1], L > 2 ? [2, 0] : [0]]) {
        const shares = Array.from(explanation.outputShares(queries, { heads }));
        const expected = sharesOf(explanation, queries, heads);
        if (expected.some(Number.isNaN) || shares.every((share) => share === 0)) continue;
        const size = shares.reduce((sum, x) => sum + Math.abs(x), 1);
        const sum = shares.reduce((total, x) => total + x, 0);
        const off = Math.max(...shares.map((x, j) => Math.abs(x - expected[j])));
        const tolerance = dtype === "float32" ? 1e-5 : 1e-13;
        if (!(Math.abs(sum - 1) <= 1e-13 * size) || !(off <= tolerance * size * size)) {
          throw new Error(`${describeProblem(problem)}: sum ${sum}, off by ${off}`);
        }
      }
    }
  });
  fc.assert(property, { numRuns: 40, seed: 5, endOnFailure: true });
});

test("what is no position, no head, or no option is refused", () => {
  const x = [[1], [2]];
  const explanation = explain(x, x, x, { tokens: ["a", "b"] });
  const shares = explanation.outputShares as (...args: unknown[]) => unknown;
  const cases: [unknown[], Error][] = [
    [[2], new RangeError("outputShares(): queries: expected an integer from 0 to 1; got 2.")],
    [[[0, 2]], new RangeError("outputShares(): queries[1]: expected an integer from 0 to 1; got 2.")], // prettier-ignore
    [[[1, 1]], new RangeError("outputShares(): queries: expected different positions; got [1, 1].")], // prettier-ignore
    [[[]], new TypeError("outputShares(): queries: expected a position or an array of at least one; got [].")], // prettier-ignore
    [["a"], new TypeError('outputShares(): queries: expected a position or an array of at least one; got "a".')], // prettier-ignore
    [[0, { heads: [1] }], new RangeError("outputShares(): options.heads[0]: expected a head from 0 to 0, or one of head 0; got 1.")], // prettier-ignore
    [[0, { heads: [] }], new TypeError("outputShares(): options.heads: expected an array of at least one head; got [].")], // prettier-ignore
    [[0, { head: 0 }], new TypeError('outputShares(): options.head: expected a known name; got "head". Fix: write `heads`.')], // prettier-ignore
    [[0, {}, 0], new TypeError("outputShares(): arguments: expected at most 2 (queries, options); got 3.")], // prettier-ignore
  ];
  for (const [args, error] of cases) expect(() => shares(...args)).toThrow(error);
});
