import { describe, expect, test } from "vitest";
import { biases, masks, type AttentionOptions } from "../../src/core.js";
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
} from "../../src/explain/index.js";

const x = [[1], [2], [3], [4]];
const tokens = ["the", "bat", "the", "ball"];

describe("why", () => {
  const texts = (options: AttentionOptions<Float32Array>, i: number, j: number): string[] =>
    explain(x, x, x, { tokens, ...options })
      .head(0)
      .why(i, j)
      .reasons.map(({ rule, text }) => `${rule} | ${text}`);

  test.each<[AttentionOptions<Float32Array>, number, number, string[]]>([
    [{}, 0, 3, []],
    [{ causal: true }, 1, 3, ["causal | key 3 comes after query 1"]],
    [
      { causal: { offset: 1 } },
      1,
      3,
      ["causal | key 3 comes after query 1, which stands at key 2"],
    ],
    [
      { window: { left: 1, right: 0 } },
      3,
      1,
      ["window | key 1 is 2 before query 3, the window has 1 on the left"],
    ],
    [
      { window: { left: 1, right: 0 } },
      0,
      1,
      ["window | key 1 is 1 after query 0, the window has 0 on the right"],
    ],
    [
      { causal: true, window: { left: 0, right: 0 } },
      1,
      2,
      [
        "causal | key 2 comes after query 1",
        "window | key 2 is 1 after query 1, the window has 0 on the right",
      ],
    ],
    [{ allow: [true, false, true, true] }, 0, 1, ["allow | allow is false"]],
    [{ block: [false, true, false, false] }, 0, 1, ["block | block is true"]],
    [
      { allow: masks.segments([0, 0, 1, 1]) },
      0,
      2,
      ["allow | query 0 is in segment 0, key 2 in segment 1 (masks.segments)"],
    ],
    [
      { allow: masks.and(masks.causal(), [true, true, true, false], masks.segments([0, 0, 1, 1])) },
      1,
      3,
      [
        "allow | key 3 comes after query 1 (masks.causal)",
        "allow | a tensor is false",
        "allow | query 1 is in segment 0, key 3 in segment 1 (masks.segments)",
      ],
    ],
    [
      { causal: true, window: { left: 0, right: undefined } },
      2,
      1,
      ["window | key 1 is 1 before query 2, the window has 0 on the left"],
    ],
    [
      { window: { left: 0, right: 9, align: { offset: 1 } } },
      2,
      1,
      ["window | key 1 is 2 before query 2, which stands at key 3, the window has 0 on the left"],
    ],
    [{ block: masks.causal() }, 2, 1, ["block | masks.causal is true"]],
    [{ allow: masks.or() }, 0, 0, ["allow | no part allows it, for there is none (masks.or)"]],
    [{ bias: [0, -Infinity, 0, 0] }, 2, 1, ["bias | the bias is −Infinity"]],
    [{ keyLengths: 3 }, 0, 3, ["keyLengths | key 3 is padding: the sequence has 3 keys"]],
    [{ queryLengths: 1 }, 1, 0, ["queryLengths | query 1 is padding: the sequence has 1 query"]],
  ])("%o: query %i, key %i", (options, i, j, expected) => {
    expect(texts(options, i, j)).toEqual(expected);
  });

  test("a key that is left out", () => {
    const { after } = explain(x, x, x, { tokens }).head(0).withoutKeys([2]);
    expect(after.why(0, 2).reasons).toEqual([{ rule: "withoutKeys", text: "key 2 is left out" }]);
    expect(after.withoutKeys([0]).after.topK(0, 1)[0].keyIndex).toBe(3);
  });

  test("an ALiBi bias blocks nothing", () => {
    expect(texts({ bias: biases.alibi([0.5]) }, 0, 3)).toEqual([]);
  });
});

describe("names", () => {
  test("repeated tokens have ids of their own, also beside tokens of that very name", () => {
    const ids = (names: string[]): string[] =>
      explainWeights([names.map((_, i) => Number(i === 0))], {
        tokens: ["q"],
        keyTokens: names,
      }).keyTokens.map(({ id }) => id);
    expect(ids(["the", "bat", "the", "the"])).toEqual(["the", "bat", "the (2)", "the (3)"]);
    expect(ids(["a", "a (2)", "a"])).toEqual(["a", "a (2)", "a (3)"]);
  });

  test("heads are found by number and name", () => {
    const weights = [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]; // prettier-ignore
    const all = explainWeights(weights, { tokens: ["a", "b"], headNames: ["copy", "swap"] });
    expect(all.head("swap").topK(0, 1)[0].key).toBe("b");
    expect(all.head(0).name).toBe("copy");
    expect(all.mean().matrix().weights).toEqual([[0.5, 0.5], [0.5, 0.5]]); // prettier-ignore
    expect(all.toJSON().heads.map(({ name }) => name)).toEqual(["copy", "swap"]);
  });

  test("a batch entry is chosen", () => {
    const batched = [[[[1, 0]]], [[[0, 1]]]];
    const names = { tokens: ["q"], keyTokens: ["a", "b"] };
    expect(
      explainWeights(batched, { ...names, batch: 1 })
        .head(0)
        .topK(0, 1)[0].key,
    ).toBe("b");
  });
});

describe("rows", () => {
  test("sinks and empty rows: the rest goes to no key", () => {
    const options = { tokens, sinks: [0], scale: 1, allow: [[true], [true], [true], [false]] };
    const view = explain([[0], [0], [0], [0]], x, x, options).head(0);
    expect(view.row(0).rest).toBeCloseTo(0.2, 7);
    expect(view.blend(0).map(({ kind, from }) => `${kind} ${from.toFixed(1)}`)).toEqual([
      "key 0.0",
      "key 0.2",
      "key 0.4",
      "key 0.6",
      "rest 0.8",
    ]);
    expect(view.row(3)).toMatchObject({ empty: true, rest: 1 });
    expect(view.blend(3)).toMatchObject([{ kind: "rest", from: 0, to: 1 }]);
    const bare = explain(x, x, x, { tokens, block: true }).head(0);
    expect(bare.blend(0)).toMatchObject([{ kind: "nothing", weight: 0, from: 0, to: 1 }]);
    expect([bare.entropy(0), bare.effectiveKeys(0), bare.normalizedEntropy(0)]).toEqual([0, 0, 0]);
  });

  test("a row has its weights in the order of the keys, and its entropy", () => {
    const names = { tokens: ["q"], keyTokens: ["a", "b", "c"] };
    const row = explainWeights([[0.25, 0.5, 0.25]], names)
      .head(0)
      .row(0);
    expect(row.keys.map(({ key }) => key)).toEqual(["b", "a", "c"]);
    expect([...row.weights, row.entropy]).toEqual([0.25, 0.5, 0.25, 1.5]);
    const { weights, entropy } = explain(x, x, x, { tokens, causal: true }).mean().row(1);
    expect([weights.length, weights[2], entropy > 0]).toEqual([4, 0, true]);
  });

  test("a row is empty where nothing may be attended, whatever emptyRow makes of it", () => {
    const allow = [[true], [false], [true], [true]];
    for (const emptyRow of ["zero", "nan"] as const) {
      const view = explain(x, x, x, { tokens, allow, emptyRow, queryLengths: 3 }).mean();
      expect(tokens.map((_, i) => view.row(i).empty)).toEqual([false, true, false, true]);
      expect(view.blend(1)).toMatchObject([{ kind: "nothing", from: 0, to: 1 }]);
    }
    const words = explainWeights([[0, 0], [0, 1]], { tokens: ["a", "b"] }) // prettier-ignore
      .head(0)
      .words([{ text: "ab", pieces: [0, 1] }]);
    expect(words.row(0).empty).toBe(false);
  });

  test("one stage of many rows does not compute the contributions", () => {
    const [length, size] = [512, 64];
    const shape = [length, size];
    const many = { data: new Float32Array(length * size), shape, stride: [size, 1], offset: 0 };
    const names = { tokens: Array.from({ length }, (_, i) => `token ${i}`) };
    const before = process.memoryUsage().arrayBuffers;
    expect(explain(many, many, many, names).head(0).stage("weights").shape).toEqual([512, 512]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  test("the share of a sink is exact where scores are large", () => {
    for (const score of [1e3, 1e5, 1e6]) {
      const call = [[[1]], [[score], [score]], [[1], [2]]] as const;
      const names = { tokens: ["q"], keyTokens: ["a", "b"], sinks: [score], scale: 1 };
      const { rest, keys } = explain(...call, names)
        .head(0)
        .row(0);
      expect(rest).toBeCloseTo(1 / 3, 12);
      expect(rest + keys[0].weight + keys[1].weight).toBeCloseTo(1, 6);
    }
  });

  test("NaN among weights that were given comes last", () => {
    const names = { tokens: ["q"], keyTokens: ["a", "b", "c", "d"] };
    const { keys } = explainWeights([[0.1, NaN, 0.2, 0.7]], names)
      .head(0)
      .row(0);
    expect(keys.map(({ key }) => key)).toEqual(["d", "c", "a", "b"]);
  });

  test('emptyRow: "throw" names the row of the whole call', () => {
    const allow = [[true], [true], [false], [true]];
    const view = explain(x, x, x, { tokens, allow, emptyRow: "throw" }).head(0);
    expect(view.row(1).empty).toBe(false);
    expect(() => view.row(2)).toThrow("none for query 2 of head 0 in batch entry 0");
  });

  test("tidy rows are flat and named", () => {
    const rows = explain(x, x, x, { tokens, causal: true }).head(0).tidy();
    expect(rows).toHaveLength(16);
    expect(rows[2]).toEqual({
      layer: null,
      head: "head 0",
      query: "the",
      queryId: "the",
      queryIndex: 0,
      key: "the",
      keyId: "the (2)",
      keyIndex: 2,
      score: 3,
      weight: 0,
      blocked: true,
      reason: "causal: key 2 comes after query 0",
    });
  });

  test("mass needs queries that stand among the keys", () => {
    const weights = [[0.1, 0.2, 0.7]];
    const given = explainWeights(weights, { tokens: ["q"], keyTokens: ["a", "b", "c"] }).head(0);
    expect(() => given.mass(0)).toThrow("keys of another sequence");
    const decode = explain([[1]], x, x, {
      tokens: ["now"],
      keyTokens: tokens,
      causal: "bottomRight",
    });
    const { self, previous, first } = decode.head(0).mass(0);
    const { weights: row } = decode.head(0).row(0);
    expect([self, previous, first]).toEqual([row[3], row[2], row[0]]);
    const offset = [0, 2];
    const two = explain([[[[1]]], [[[1]]]], [[x], [x]], [[x], [x]], {
      tokens: ["now"],
      keyTokens: tokens,
      causal: { offset },
      batch: 1,
    }).head(0);
    expect(two.mass(0).self).toBe(two.row(0).weights[2]);
    expect(two.mass(0).self).toBeGreaterThan(two.mass(0).previous);
  });

  test("entropy is over the shares of the keys: a sink changes nothing", () => {
    const names = { tokens: ["q"], keyTokens: ["a", "b"] };
    const view = explainWeights([[0.25, 0.25]], names).head(0);
    expect([view.row(0).rest, view.entropy(0), view.row(0).keys[1].share]).toEqual([0.5, 1, 0.5]);
  });

  test("weights alone: no score, no reason, a rest where a sink took it", () => {
    const view = explainWeights([[0.5, 0.25]], { tokens: ["q"], keyTokens: ["a", "b"] }).head(0);
    expect(view.row(0).rest).toBe(0.25);
    const pair = {
      query: view.queries[0],
      key: view.keys[1],
      blocked: null,
      reasons: [],
      weight: 0.25,
      score: null,
    };
    expect(view.why(0, 1)).toEqual({ ...pair, pairs: [pair] });
    const { after } = view.withoutKeys([0]);
    expect(after.row(0)).toMatchObject({ rest: 0.5, keys: [{ weight: 0.5 }, { weight: 0 }] });
    expect(view.withoutKeys([0, 1]).after.row(0)).toMatchObject({ rest: 1, empty: true });
    expect(JSON.parse(JSON.stringify(view))).toEqual(view.toJSON());
  });

  test("a NaN row stays NaN and breaks nothing", () => {
    const view = explain([[NaN]], x, x, { tokens: ["q"], keyTokens: tokens }).head(0);
    expect(view.blend(0)).toMatchObject([{ kind: "nothing", from: 0, to: 1 }]);
    expect(view.entropy(0)).toBeNaN();
    expect(view.row(0).keys.map(({ keyIndex }) => keyIndex)).toEqual([0, 1, 2, 3]);
  });
});

describe("without keys", () => {
  test("an explanation leaves them out in every head, as its views do", () => {
    const heads = [x, x.map(([it]) => [-it])];
    const all = explain(heads, heads, heads, { tokens, causal: true });
    const without = all.withoutKeys([0]);
    for (const h of [0, 1]) {
      const { after } = all.head(h).withoutKeys([0]);
      expect(without.head(h).matrix()).toEqual(after.matrix());
      expect(without.head(h).stage("output")).toEqual(after.stage("output"));
    }
    expect(without.mean().matrix()).toEqual(all.mean().withoutKeys([0]).after.matrix());
    const given = explainWeights(all.mean().matrix().weights, { tokens });
    expect(given.withoutKeys([0]).head(0).row(1).weights[1]).toBe(1);
    // The first query had nothing else.
    expect(given.withoutKeys([0]).head(0).row(0).empty).toBe(true);
  });
});

describe("word groups", () => {
  test("each convention, and a mark by itself", () => {
    const texts = (pieces: string[], marker: "▁" | "Ġ" | "##"): string[] =>
      wordGroups(pieces, { marker }).map(({ text, pieces }) => `${text} ${pieces.join("+")}`);
    expect(texts(["▁the", "▁flood", "ed"], "▁")).toEqual(["the 0", "flooded 1+2"]);
    expect(texts(["The", "Ġflood", "ed"], "Ġ")).toEqual(["The 0", "flooded 1+2"]);
    expect(texts(["flood", "##ed", "bank"], "##")).toEqual(["flooded 0+1", "bank 2"]);
    expect(texts(["▁", "▁a"], "▁")).toEqual(["▁ 0", "a 1"]);
    expect(texts([], "▁")).toEqual([]);
  });

  test("words can be joined again", () => {
    const view = explainWeights([[1, 0], [0.5, 0.5]], { tokens: ["a", "b"] }) // prettier-ignore
      .head(0)
      .words(["a", "b"].map((text, at) => ({ text, pieces: [at] })));
    expect(view.words([{ text: "ab", pieces: [0, 1] }]).matrix().weights).toEqual([[1]]);
  });
});

describe("head scores", () => {
  const uniform = [1, 2, 3, 4].map((n) => [1, 2, 3, 4].map((m) => (m <= n ? 1 / n : 0)));
  const ids = ["a", "b", "a", "b"];
  const shifted = (target: (i: number) => number) =>
    ids.map((_, i) => ids.map((_, j) => Number(j === target(i))));

  test("a perfect head of each kind scores 1, another one less", () => {
    expect(previousTokenScore(shifted((i) => Math.max(0, i - 1)))).toBe(1);
    expect(
      duplicateTokenScore(
        shifted((i) => (i < 2 ? i : i - 2)),
        ids,
      ),
    ).toBe(1);
    expect(
      inductionScore(
        shifted((i) => (i < 2 ? i : i - 1)),
        ids,
      ),
    ).toBe(1);
    expect(sinkScore(shifted(() => 0))).toBe(1);
    expect(
      localScore(
        shifted((i) => i),
        0,
      ),
    ).toBe(1);
    for (const score of [
      previousTokenScore(uniform),
      duplicateTokenScore(uniform, ids),
      inductionScore(uniform, ids),
      sinkScore(uniform),
      localScore(uniform, 0),
    ]) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
    }
  });

  test("a token that follows itself is no induction, and nothing repeated is NaN", () => {
    expect(inductionScore([[1, 0], [0, 1]], ["a", "a"])).toBeNaN(); // prettier-ignore
    expect(duplicateTokenScore([[1, 0], [0, 1]], ["a", "b"])).toBeNaN(); // prettier-ignore
  });
});

describe("rollout", () => {
  test("the last layer reads from the one before it", () => {
    const first = [[1, 0], [1, 0]]; // prettier-ignore
    const last = [[0, 1], [0, 1]]; // prettier-ignore
    expect(Array.from(rollout([first, last], { residual: 0 }).data)).toEqual([1, 0, 1, 0]);
  });

  test("rows sum to 1, with sinks too; residual 1 is the identity", () => {
    const layers = [[[0.5, 0.25], [0.25, 0.25]], [[1, 0], [0.5, 0.5]]]; // prettier-ignore
    const { data } = rollout(layers);
    expect(data[0] + data[1]).toBeCloseTo(1, 14);
    expect(data[2] + data[3]).toBeCloseTo(1, 14);
    expect(Array.from(rollout(layers, { residual: 1 }).data)).toEqual([1, 0, 0, 1]);
    expect(Array.from(rollout([layers[1], layers[1]], { residual: 0 }).data)).toEqual([
      1, 0, 0.75, 0.25,
    ]);
  });
});
