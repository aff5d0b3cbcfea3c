import { describe, expect, it } from "vitest";
import { alibiSlopes, attentionTrace, biases, masks, tensor, toNested } from "../../src/core.js";
import { coverage } from "../../src/masks/index.js";
import type { MaskRule, ScoreShape } from "../../src/masks/index.js";
import { Random } from "../helpers/random.js";

const dense = (rule: MaskRule, ...shape: number[]): unknown => toNested(masks.dense(rule, shape));

describe("what each rule allows", () => {
  it("causal", () => {
    expect(dense(masks.causal(), 3, 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(dense(masks.causal("bottomRight"), 2, 3)).toEqual([
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(dense(masks.causal({ offset: -1 }), 2, 3)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  it("window", () => {
    expect(dense(masks.window({ left: 1, right: 0 }), 3, 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 1, 1],
    ]);
    expect(dense(masks.window({ left: 0, right: Infinity }), 2, 2)).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it("lengths and prefix, for each batch entry", () => {
    const expected = [[[[1, 0, 0]]], [[[1, 1, 0]]]];
    expect(dense(masks.lengths([1, 2]), 2, 1, 1, 3)).toEqual(expected);
    expect(dense(masks.prefix(Int32Array.of(1, 2)), 2, 1, 1, 3)).toEqual(expected);
  });

  it("segments, shared or for each batch entry", () => {
    expect(dense(masks.segments([0, 0, 1]), 3, 3)).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
    expect(
      dense(
        masks.segments(
          [[0], [1]],
          [
            [0, 1],
            [0, 1],
          ],
        ),
        2,
        1,
        1,
        2,
      ),
    ).toEqual([[[[1, 0]]], [[[0, 1]]]]);
  });

  it("where, with the indices of batch entry, head, query and key", () => {
    const rule = masks.where((b, h, i, j) => b === 1 && h === 0 && i === 1 && j === 2);
    const all = masks.dense(rule, [2, 2, 2, 3]);
    expect([...all.data].indexOf(1)).toBe(((1 * 2 + 0) * 2 + 1) * 3 + 2);
    expect([...all.data].filter(Boolean)).toHaveLength(1);
  });

  it("where refuses (i, j), which would be the batch entry and the head", () => {
    const rule = masks.where((i: number, j: number) => j <= i);
    expect(() => masks.dense(rule, [3, 3])).toThrow("(b, h, i, j) => boolean");
  });

  it("and, or, not; without masks: everything, nothing", () => {
    const [a, b] = [masks.prefix(2), masks.causal()];
    expect(dense(masks.and(a, b), 3, 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 0],
    ]);
    expect(dense(masks.or(a, b), 3, 3)).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(dense(masks.not(a), 1, 3)).toEqual([[0, 0, 1]]);
    expect(dense(masks.and(), 1, 2)).toEqual([[1, 1]]);
    expect(dense(masks.or(), 1, 2)).toEqual([[0, 0]]);
    expect(dense(masks.or(a, [[false, false, true]]), 1, 3)).toEqual([[1, 1, 1]]);
  });
});

describe("tiles", () => {
  const random = new Random(7);
  const [queries, keys] = [131, 149];
  const ids = (length: number): number[] => {
    const list: number[] = [];
    for (let id = 0; list.length < length; id++) {
      list.push(...new Array<number>(random.integer(1, 70)).fill(id));
    }
    return list.slice(0, length);
  };
  const noise = tensor(
    Uint8Array.from({ length: queries * keys }, (_, at) =>
      Number(Math.floor(at / keys) < 70 || random.chance(0.01)),
    ),
    { shape: [queries, keys] },
  );
  const squares = tensor(
    Uint8Array.from(
      { length: queries * keys },
      (_, at) => (Math.floor(at / keys / 64) + Math.floor((at % keys) / 64)) % 2,
    ),
    { shape: [queries, keys] },
  );
  const rules: Record<string, MaskRule> = {
    causal: masks.causal("bottomRight"),
    offset: masks.causal({ offset: -40 }),
    window: masks.window({ left: 30, right: 5, align: "topLeft" }),
    lengths: masks.lengths(64),
    prefix: masks.prefix(65),
    segments: masks.segments(ids(queries), ids(keys)),
    tensor: masks.and(noise),
    "tensor of whole tiles": masks.and(squares),
    or: masks.or(masks.prefix(70), masks.causal("topLeft")),
    not: masks.not(masks.window({ left: 90, right: 90, align: "topLeft" })),
  };
  for (const [name, rule] of Object.entries(rules)) {
    it(`${name}: none and all are said only of tiles that are`, () => {
      const bits = masks.dense(rule, [queries, keys]).data;
      const shape: ScoreShape = { scoresShape: [queries, keys], batch: 1, heads: 1, queries, keys };
      const bound = rule.bind(shape, { fn: "test", argument: "mask" });
      const answers = new Set<number>();
      for (let trial = 0; trial < 300; trial++) {
        const [i0, j0] = [random.integer(0, queries - 1), random.integer(0, keys - 1)];
        const [i1, j1] = [
          random.integer(i0 + 1, Math.min(queries, i0 + 64)),
          random.integer(j0 + 1, Math.min(keys, j0 + 64)),
        ];
        const answer = bound.coverage(0, 0, i0, i1, j0, j1);
        answers.add(answer);
        let visible = 0;
        for (let i = i0; i < i1; i++) for (let j = j0; j < j1; j++) visible += bits[i * keys + j];
        if (answer === coverage.none) expect(visible).toBe(0);
        if (answer === coverage.all) expect(visible).toBe((i1 - i0) * (j1 - j0));
      }
      // A rule that always says "some" would pass and skip nothing.
      expect(answers.has(coverage.none) || answers.has(coverage.all)).toBe(true);
    });
  }

  it("sparsity is the share of tiles with nothing to see", () => {
    expect(masks.sparsity(masks.causal(), [256, 256])).toBe(6 / 16);
    expect(
      masks.sparsity(
        masks.segments([...new Array<number>(64).fill(0), ...new Array<number>(64).fill(1)]),
        [128, 128],
      ),
    ).toBe(0.5);
    expect(
      masks.sparsity(
        masks.where(() => false),
        [64, 64],
      ),
    ).toBe(0);
    expect(masks.sparsity(masks.or(), [2, 3, 64, 64])).toBe(1);
    expect(masks.sparsity(masks.causal(), [0, 0])).toBe(0);
  });
});

describe("biases.alibi", () => {
  it("is −slope·|i + offset − j|", () => {
    const x = [[[0]], [[0]]];
    const { biased } = attentionTrace(
      x,
      [
        [[0], [0], [0]],
        [[0], [0], [0]],
      ],
      [
        [[0], [0], [0]],
        [[0], [0], [0]],
      ],
      {
        bias: biases.alibi([1, 0.5], { align: "bottomRight" }),
      },
    );
    expect(toNested(biased)).toEqual([[[-2, -1, 0]], [[-1, -0.5, 0]]]);
  });

  it("takes the published slopes", () => {
    const x = [[[1]], [[1]]];
    expect(attentionTrace(x, x, x, { bias: biases.alibi(alibiSlopes(2)) }).output.shape).toEqual([
      2, 1, 1,
    ]);
  });
});
