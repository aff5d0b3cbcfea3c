import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain, explainWeights, type WeightsView } from "../../src/explain/index.js";
import { dtypes } from "../attention-hard/make.js";
import { sizesOf } from "../helpers/problem.js";
import { describeProblem, problemOf, recipes } from "../laws/problems.js";
import { explainProblem } from "./explainProblem.js";

/** Words of one, two and three pieces in turn. */
function wordsOf(count: number) {
  const words = [];
  for (let from = 0, n = 0; from < count; from += 1 + (n++ % 3)) {
    const pieces = Array.from({ length: Math.min(1 + (n % 3), count - from) }, (_, k) => from + k);
    words.push({ text: `word ${n}`, pieces });
  }
  return words;
}

const each = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ text: `token ${at}`, pieces: [at] }));

const scoresOf = (view: WeightsView, i = 0) => view.keys.map((_, j) => view.why(i, j).score);

describe.each(dtypes)("%s", (dtype) => {
  test("the softmax of the word scores is the weights of the words, a sink aside", () => {
    const property = fc.property(recipes(dtype, false), (recipe) => {
      const problem = problemOf(recipe, 20_000);
      const { B, H, L, S } = sizesOf(problem);
      if (B === 0 || S === 0) return;
      for (let h = 0; h < H; h++) {
        const view = explainProblem(problem, 0).head(h).words(each(L), wordsOf(S));
        for (const { index } of view.queries) {
          const { keys, empty, rest } = view.row(index);
          if (empty || keys.some(({ weight }) => Number.isNaN(weight))) continue;
          const open = keys.filter(({ blocked, score }) => !blocked && score !== -Infinity);
          const most = Math.max(...open.map(({ score }) => score!));
          if (most === Infinity) continue;
          const sum = open.reduce((total, { score }) => total + Math.exp(score! - most), 0);
          for (const { score, weight } of open) {
            const expected = ((1 - rest) * Math.exp(score! - most)) / sum;
            if (!(Math.abs(weight - expected) <= 2e-5)) {
              throw new Error(`${describeProblem(problem)}, head ${h}: ${weight} for ${expected}`);
            }
          }
        }
      }
    });
    fc.assert(property, { numRuns: 40, seed: 23, endOnFailure: true });
  });
});

describe("the score of a word", () => {
  const key = [[1], [2], [3], [4]];
  const names = { tokens: ["q"], keyTokens: ["a", "b", "c", "d"], scale: 1 };
  const query = [{ text: "q", pieces: [0] }];
  const keyWords = [
    { text: "a", pieces: [0] },
    { text: "bd", pieces: [1, 3] },
    { text: "c", pieces: [2] },
  ];
  const lse = (...scores: number[]) => Math.log(scores.reduce((sum, x) => sum + Math.exp(x), 0));

  test("is that of its piece, or the log-sum-exp of those of its pieces", () => {
    const [a, bd, c] = scoresOf(
      explain([[1]], key, key, names)
        .head(0)
        .words(query, keyWords),
    );
    expect([a, c]).toEqual([1, 3]);
    expect(bd).toBeCloseTo(lse(2, 4), 14);
  });

  test("is over the allowed pieces, over all where all are blocked", () => {
    const scores = (block: boolean[]) =>
      scoresOf(explain([[1]], key, key, { ...names, block: [block] }).head(0).words(query, keyWords)); // prettier-ignore
    expect(scores([true, true, false, false])).toEqual([1, 4, 3]);
    const [, all] = scores([false, true, false, true]);
    expect(all).toBeCloseTo(lse(2, 4), 14);
  });

  test("does not overflow, and keeps −Infinity and NaN", () => {
    const large = explain([[1000]], key, key, names)
      .head(0)
      .words(query, keyWords);
    expect(scoresOf(large)[1]).toBe(4000);
    const bias = [[0, -Infinity, 0, -Infinity]];
    const none = explain([[1]], key, key, { ...names, bias })
      .head(0)
      .words(query, keyWords);
    expect(none.why(0, 1)).toMatchObject({ score: -Infinity, blocked: true });
    const bad = explain([[1]], [[1], [NaN], [3], [4]], key, names).head(0);
    expect(scoresOf(bad.words(query, keyWords))).toEqual([1, NaN, 3]);
  });

  test("is unknown for a query word of several pieces, and where only weights are known", () => {
    const x = [[1], [2], [3]];
    const words = [{ text: "ab", pieces: [0, 1] }, { text: "c", pieces: [2] }]; // prettier-ignore
    const view = explain(x, x, x, { tokens: ["a", "b", "c"], scale: 1 })
      .head(0)
      .words(words);
    expect(scoresOf(view, 0)).toEqual([null, null]);
    expect(scoresOf(view, 1)).toEqual([expect.closeTo(lse(3, 6), 14), 9]);
    expect(view.tidy().map(({ score }) => score === null)).toEqual([true, true, false, false]);
    expect(view.row(0).keys.map(({ score }) => score)).toEqual([null, null]);
    const given = explainWeights([[0.5, 0.5]], { tokens: ["q"], keyTokens: ["a", "b"] }).head(0);
    expect(scoresOf(given.words(query, [{ text: "ab", pieces: [0, 1] }]))).toEqual([null]);
  });

  test("of words of words is that of the words of all pieces", () => {
    const view = explain([[1]], key, key, { ...names, block: [[false, false, true, false]] }).head(0); // prettier-ignore
    const twice = view.words(query, keyWords).words(query, [{ text: "all", pieces: [0, 1, 2] }]);
    expect(scoresOf(twice)).toEqual([expect.closeTo(lse(1, 2, 4), 14)]);
  });

  test("of a mean of heads is the mean of the heads' word scores", () => {
    const two = explain([[[1]], [[2]]], [key, key], [key, key], {
      ...names,
      block: [[[true, false, false, false]], [[false, false, false, true]]],
    });
    const heads = [0, 1].map((h) => scoresOf(two.head(h).words(query, keyWords)));
    const expected = heads[0].map((score, j) => (score! + heads[1][j]!) / 2);
    const mean = two.mean().words(query, keyWords);
    expect(scoresOf(mean)).toEqual(expected);
    expect(expected[1]).toBeCloseTo((lse(2, 4) + 4) / 2, 14);
    const words = [{ text: "abd", pieces: [0, 1] }, { text: "c", pieces: [2] }]; // prettier-ignore
    const [abd] = scoresOf(mean.words(query, words));
    expect(abd).toBeCloseTo((lse(2, 4) + lse(2, 4)) / 2, 14);
  });
});

describe("the pairs behind a pair", () => {
  const x = [[1], [2], [3]];
  const tokens = ["▁a", "b", "▁c"];
  const words = [{ text: "ab", pieces: [0, 1] }, { text: "c", pieces: [2] }]; // prettier-ignore
  const pieces = explain(x, x, x, { tokens, causal: true, scale: 1 }).head(0);

  test("of words are those of their pieces, query by query", () => {
    const { query, key, blocked, pairs } = pieces.words(words).why(1, 0);
    expect([query.text, key.text, blocked]).toEqual(["c", "ab", false]);
    expect(pairs.map((pair) => `${pair.query.text} ${pair.key.text} ${pair.score}`)).toEqual([
      "▁c ▁a 3",
      "▁c b 6",
    ]);
    const weights = pieces.row(2).weights;
    expect(pairs.map(({ weight }) => weight)).toEqual([weights[0], weights[1]]);
    const above = pieces.words(words).why(0, 1);
    expect(above.pairs).toEqual([0, 1].map((i) => pieces.why(i, 2).pairs[0]));
    expect(above.pairs.map(({ reasons }) => reasons.map(({ text }) => text))).toEqual([
      ["key 2 comes after query 0"],
      ["key 2 comes after query 1"],
    ]);
    expect(pieces.words(words).why(0, 0).pairs.map(({ blocked }) => blocked)).toEqual([false, true, false, false]); // prettier-ignore
  });

  test("of tokens are the pair itself, of words of words the pieces", () => {
    const { pairs, ...own } = pieces.why(2, 1);
    expect(pairs).toEqual([own]);
    expect(own).toMatchObject({ query: { index: 2 }, key: { index: 1 }, score: 6, blocked: false });
    const all = pieces.words(words).words([{ text: "abc", pieces: [1, 0] }]);
    expect(all.why(0, 0).pairs.map(({ query, key }) => [query.index, key.index])).toEqual(
      [2, 0, 1].flatMap((i) => [2, 0, 1].map((j) => [i, j])),
    );
  });
});
