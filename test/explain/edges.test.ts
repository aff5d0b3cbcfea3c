import { describe, expect, test } from "vitest";
import { attention, masks, type Tensor } from "../../src/core.js";
import {
  duplicateTokenScore,
  explain,
  explainWeights,
  inductionScore,
  localScore,
  previousTokenScore,
  rollout,
  sinkScore,
  wordGroups,
  type WeightsView,
} from "../../src/explain/index.js";
import { letters } from "./explainProblem.js";

/** A view on one row of given weights. */
const rowOf = (...weights: number[]): WeightsView =>
  explainWeights([weights], { tokens: ["query"], keyTokens: letters(weights.length) }).head(0);

/** A square of weights as a view of every second element of its columns, from the last row up. */
function flipped(rows: readonly (readonly number[])[]): Tensor<Float64Array> {
  const [length, width] = [rows.length, 2 * rows[0].length];
  const data = new Float64Array(length * width).fill(NaN);
  rows.forEach((row, i) =>
    row.forEach((it, j) => (data[(length - 1 - i) * width + 2 * j + 1] = it)),
  );
  const offset = (length - 1) * width + 1;
  return { data, shape: [length, rows[0].length], stride: [-width, 2], offset, dtype: "float64" };
}

describe("rows and blends", () => {
  test("a blend leaves out keys without weight", () => {
    expect(rowOf(0.5, 0, 0.5, 0).blend(0)).toEqual([
      { kind: "key", token: "a", keyId: "a", keyIndex: 0, weight: 0.5, from: 0, to: 0.5 },
      { kind: "key", token: "c", keyId: "c", keyIndex: 2, weight: 0.5, from: 0.5, to: 1 },
    ]);
  });

  test("a blend fills the bar where the weights sum to a little less than 1", () => {
    const [first, second] = rowOf(0.495, 0.5).blend(0);
    expect(first.to).toBeCloseTo(0.495 / 0.995, 14);
    expect([second.from, second.to]).toEqual([first.to, 1]);
  });

  test("a segment that is no key has no name", () => {
    const [, , sink] = rowOf(0.25, 0.25).blend(0);
    expect(sink).toMatchObject({ kind: "rest", token: "", keyId: "", keyIndex: -1, weight: 0.5 });
    expect(rowOf(0, 0).blend(0)).toEqual([
      { kind: "nothing", token: "", keyId: "", keyIndex: -1, weight: 0, from: 0, to: 1 },
    ]);
  });

  test("a sum that is 0.01 short of 1 is rounding, one that is shorter leaves a rest to a sink", () => {
    expect(rowOf(0.5, 0.4921875).row(0).rest).toBe(0);
    expect(rowOf(0.5, 0.484375).row(0).rest).toBe(0.015625);
    expect(rowOf(0.5, 0.5078125).row(0).rest).toBe(0);
  });

  test("shares are of the weights alone, and 0 in a row of zeros", () => {
    const shares = (view: WeightsView) => view.row(0).keys.map(({ share }) => share);
    expect(shares(rowOf(0.25, 0.125, 0.125))).toEqual([0.5, 0.25, 0.25]);
    expect(shares(rowOf(0, 0))).toEqual([0, 0]);
  });

  test("equal weights stay in the order of the keys, and NaN after them too", () => {
    const order = (view: WeightsView) => view.row(0).keys.map(({ key }) => key);
    expect(order(rowOf(0.25, 0.5, 0.25))).toEqual(["b", "a", "c"]);
    expect(order(rowOf(NaN, 0.5, NaN, 0.25))).toEqual(["b", "d", "a", "c"]);
  });

  test("topK gives no more keys than there are, and none for 0", () => {
    expect(rowOf(0.25, 0.75).topK(0, 0)).toEqual([]);
    expect(
      rowOf(0.25, 0.75)
        .topK(0, 9)
        .map(({ key }) => key),
    ).toEqual(["b", "a"]);
  });

  test("the first query has no previous one: its mass there is 0", () => {
    const weights = [
      [0.25, 0.75],
      [0.5, 0.5],
    ];
    const given = explainWeights(weights, { tokens: letters(2) }).head(0);
    expect(given.mass(0)).toEqual({ self: 0.25, previous: 0, first: 0.25 });
    expect(given.mass(1)).toEqual({ self: 0.5, previous: 0.5, first: 0.5 });
    const x = [[0], [1], [2]];
    const view = explain(x, x, x, { tokens: letters(3) }).head(0);
    const [first, second] = view.matrix().weights;
    expect(view.mass(0)).toEqual({ self: first[0], previous: 0, first: first[0] });
    expect(view.mass(1)).toEqual({ self: second[1], previous: second[0], first: second[0] });
  });

  test("scores and blocked keys of a row are those of its pairs", () => {
    const x = [[1], [2], [3]];
    const view = explain(x, x, x, { tokens: letters(3), causal: true, scale: 1 }).head(0);
    for (const { keyIndex, score, blocked, reason } of view.row(1).keys) {
      expect([score, blocked]).toEqual([2 * (keyIndex + 1), keyIndex > 1]);
      expect(view.why(1, keyIndex)).toMatchObject({ score, blocked });
      expect(reason).toBe(blocked ? "causal: key 2 comes after query 1" : "");
    }
    for (const { score, blocked } of rowOf(0.5, 0.5).row(0).keys) {
      expect([score, blocked]).toEqual([null, null]);
    }
    expect(rowOf(0.5, 0.5).tidy()[0]).toMatchObject({ score: null, blocked: null, reason: "" });
  });

  test('emptyRow: "throw" names batch entry, head and query', () => {
    const x = [[1], [2], [3]];
    const two = [[x, x], [x, x]]; // prettier-ignore
    const allow = masks.where((b, h, i) => b + h + i < 4);
    const options = { tokens: letters(3), batch: 1, allow, emptyRow: "throw" } as const;
    const view = explain(two, two, two, options).head(1);
    expect(view.row(1).empty).toBe(false);
    expect(() => view.row(2)).toThrow("none for query 2 of head 1 in batch entry 1");
  });

  test("all stages of float64 are float64", () => {
    const third = { data: Float64Array.of(1 / 3), shape: [1, 1], stride: [1, 1], offset: 0 };
    const view = explain(third, third, third, { tokens: ["a"] }).head(0);
    expect(view.row(0).raw).toEqual(Float64Array.of(1 / 9));
    expect(view.stage("output")).toEqual(attention(third, third, third));
  });
});

describe("weights that were given", () => {
  const rows = [
    [0.5, 0.25, 0.25],
    [0, 1, 0],
    [0.125, 0.125, 0.75],
  ];

  test("are read through their strides", () => {
    const view = explainWeights(flipped(rows), { tokens: letters(3) }).head(0);
    expect(view.matrix().weights).toEqual(rows);
  });

  test("have heads and batch entries where their shape has, leading axes flattened", () => {
    const data = Float64Array.from({ length: 24 }, (_, n) => (n + 1) / 64);
    const shape = [2, 3, 2, 1, 2];
    const whole = { data, shape, stride: [12, 4, 2, 2, 1], offset: 0 };
    const names = { tokens: ["query"], keyTokens: letters(2), batch: 4 };
    const explanation = explainWeights(whole, names);
    expect(explanation.heads).toBe(2);
    expect(explanation.head(1).matrix().weights).toEqual([[19 / 64, 20 / 64]]);
    const { batch: _, ...one } = names;
    const heads = { ...whole, shape: [2, 1, 2], stride: [2, 2, 1], offset: 20 };
    expect(explainWeights(heads, one).head(1).matrix().weights).toEqual([[23 / 64, 24 / 64]]);
  });

  test("may sum to 1.01, for they may have been rounded", () => {
    expect(() => rowOf(0.5, 0.509)).not.toThrow();
    expect(() => rowOf(0.5, 0.511)).toThrow("rows that sum to 1");
    const wrong = [[0.5, 0.5], [0.5, -0.5]]; // prettier-ignore
    const names = { tokens: letters(2) };
    expect(() => explainWeights([[[0, 1], [1, 0]], wrong], names)).toThrow("-0.5 at [1, 1, 1]"); // prettier-ignore
    expect(() => explainWeights(flipped([[0, 1], [1, 1]]), names)).toThrow("2 in row 1 of head 0"); // prettier-ignore
  });

  test("without some keys keep their proportions, and the sink its part", () => {
    const { after } = rowOf(0.25, 0.125, 0.125).withoutKeys([0]);
    expect(after.row(0)).toMatchObject({ rest: 2 / 3, empty: false });
    expect(Array.from(after.row(0).weights)).toEqual([0, 1 / 6, 1 / 6]);
  });
});

describe("a mean of heads", () => {
  const heads = [[[0.5, 0.5]], [[0.25, 0.25]]];
  const names = { tokens: ["query"], keyTokens: letters(2) };

  test("has the mean of the shares that go to sinks", () => {
    expect(explainWeights(heads, names).mean().row(0).rest).toBe(0.25);
  });

  test("is empty where every head is, and knows no scores where one has none", () => {
    const some = explainWeights([[[0, 0]], [[0, 1]]], names).mean();
    expect(some.row(0)).toMatchObject({ empty: false });
    expect(
      explainWeights([[[0, 0]], [[0, 0]]], names)
        .mean()
        .row(0).empty,
    ).toBe(true);
    expect(some.why(0, 0)).toMatchObject({ score: null, blocked: null });
  });

  test("of one head has its numbers", () => {
    const explanation = explainWeights(heads, names);
    expect(explanation.mean([1]).name).toBe("mean of head 1");
    expect(explanation.mean([1]).matrix()).toEqual(explanation.head(1).matrix());
  });
});

describe("words", () => {
  const weights = [
    [0.5, 0.25, 0.25],
    [0.25, 0.25, 0],
  ];
  const names = { tokens: ["que", "ry"], keyTokens: letters(3) };
  const query = [{ text: "query", pieces: [0, 1] }];
  const keys = [
    { text: "ca", pieces: [2, 0] },
    { text: "b", pieces: [1] },
  ];

  test("of keys of another sequence are groups of their own, in any order", () => {
    const view = explainWeights(weights, names).head(0).words(query, keys);
    expect(view.keys.map(({ text }) => text)).toEqual(["ca", "b"]);
    expect(view.matrix().weights).toEqual([[0.5, 0.25]]);
    expect(() => view.mass(0)).toThrow("keys of another sequence");
    const { after } = view.withoutKeys([0]);
    expect(after.matrix().weights[0][0]).toBe(0);
  });

  test("have the mean of what their pieces give to a sink", () => {
    const view = explainWeights(weights, names).head(0).words(query, keys);
    expect(view.row(0)).toMatchObject({ rest: 0.25, empty: false });
    expect(view.why(0, 1)).toMatchObject({ blocked: null, reasons: [], weight: 0.25, score: null });
  });

  test("whose keys are grouped otherwise than the queries do not stand among the keys", () => {
    const square = [[0.5, 0.5], [0.25, 0.75]]; // prettier-ignore
    const view = explainWeights(square, { tokens: ["a", "b"] }).head(0);
    const each = ["a", "b"].map((text, at) => ({ text, pieces: [at] }));
    expect(view.words(each).mass(1).self).toBe(0.75);
    const folded = view.words(each, [{ text: "ab", pieces: [0, 1] }]);
    expect(folded.matrix().weights).toEqual([[1], [1]]);
    expect(() => folded.mass(0)).toThrow("keys of another sequence");
  });

  test("of queries that stand elsewhere among the keys have no place there", () => {
    const x = [[1], [2], [3]];
    const names = { tokens: ["now"], keyTokens: letters(3), causal: "bottomRight" } as const;
    const view = explain([[1]], x, x, names).head(0);
    expect(view.mass(0).self).toBe(view.row(0).weights[2]);
    const words = view.words(
      [{ text: "now", pieces: [0] }],
      letters(3).map((text, at) => ({ text, pieces: [at] })),
    );
    expect(() => words.mass(0)).toThrow("keys of another sequence");
  });

  test("a group begins with the first piece, marked or not", () => {
    expect(wordGroups(["ed", "▁bank"], { marker: "▁" })).toEqual([
      { text: "ed", pieces: [0] },
      { text: "bank", pieces: [1] },
    ]);
    expect(wordGroups(["##ed", "##s"], { marker: "##" })).toEqual([
      { text: "eds", pieces: [0, 1] },
    ]);
    expect(wordGroups(["▁", "漢"], { marker: "▁" })).toEqual([{ text: "漢", pieces: [0, 1] }]);
  });
});

describe("head scores", () => {
  const weights = [
    [1, 0, 0, 0],
    [0.5, 0.5, 0, 0],
    [0.125, 0.25, 0.625, 0],
    [0.0625, 0.125, 0.3125, 0.5],
  ];

  test("are means over the queries that have what they ask for", () => {
    expect(previousTokenScore(weights)).toBe((0.5 + 0.25 + 0.3125) / 3);
    expect(sinkScore(weights)).toBe((1 + 0.5 + 0.125 + 0.0625) / 4);
    expect(duplicateTokenScore(weights, ["a", "b", "a", "a"])).toBe((0.125 + 0.0625 + 0.3125) / 2);
    expect(inductionScore(weights, ["a", "b", "a", "a"])).toBe((0.25 + 0.125) / 2);
  });

  test("tell ids apart by value: numbers as well as texts", () => {
    expect(duplicateTokenScore(weights, [7, 8, 9, 8])).toBe(0.125);
    expect(inductionScore(weights, [7, 8, 9, 8])).toBe(0.3125);
  });

  test("of a neighbourhood stop at both ends, and all of it is the whole row", () => {
    const even = weights.map((row) => row.map(() => 0.25));
    expect(localScore(even, 0)).toBe(0.25);
    expect(localScore(even, 1)).toBe((0.5 + 0.75 + 0.75 + 0.5) / 4);
    expect(localScore(even, 3)).toBe(1);
    expect(localScore(even, 9)).toBe(1);
    expect(localScore(weights, 1)).toBe((1 + 1 + 0.875 + 0.8125) / 4);
  });

  test("read weights through their strides", () => {
    expect(previousTokenScore(flipped(weights))).toBe(previousTokenScore(weights));
    expect(sinkScore(flipped(weights))).toBe(sinkScore(weights));
  });

  test("are NaN where no query has what they ask for", () => {
    const none = { data: new Float64Array(0), shape: [0, 0], stride: [0, 1], offset: 0 };
    expect([sinkScore(none), localScore(none, 1), previousTokenScore(none)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
    expect(previousTokenScore([[1]])).toBeNaN();
    expect(sinkScore([[1]])).toBe(1);
  });
});

describe("rollout", () => {
  test("of one layer is half attention, half what passes by", () => {
    expect(Array.from(rollout([[[0.25, 0.75], [1, 0]]]).data)).toEqual([0.625, 0.375, 0.5, 0.5]); // prettier-ignore
  });

  test("takes any share of the residual, 0 and 1 too", () => {
    const layer = [[0, 1], [1, 0]]; // prettier-ignore
    const through = (residual: number) => Array.from(rollout([layer], { residual }).data);
    expect(through(0)).toEqual([0, 1, 1, 0]);
    expect(through(0.25)).toEqual([0.25, 0.75, 0.75, 0.25]);
    expect(through(1)).toEqual([1, 0, 0, 1]);
  });

  test("leaves a row at 0 where nothing is attended and nothing passes by", () => {
    const layer = [[0, 0], [0.25, 0.25]]; // prettier-ignore
    expect(Array.from(rollout([layer], { residual: 0 }).data)).toEqual([0, 0, 0.5, 0.5]);
  });

  test("reads layers through their strides", () => {
    const layers = [[[0.5, 0.5], [0, 1]], [[0.25, 0.75], [1, 0]]]; // prettier-ignore
    expect(rollout(layers.map(flipped))).toEqual(rollout(layers));
  });
});
