import { describe, expect, it } from "vitest";
import { masks } from "../../src/core.js";
import { coverage, type MaskRule, type ScoreShape } from "../../src/masks/index.js";

// Any answer but a wrong `none` or `all` gives the right numbers; the exact one skips tiles and checks.

const [batch, queries, keys] = [2, 19, 23];
const shape: ScoreShape = {
  scoresShape: [batch, 1, queries, keys],
  batch,
  heads: 1,
  queries,
  keys,
};

const exact: Record<string, MaskRule> = {
  causal: masks.causal("bottomRight"),
  "causal, an offset for each batch entry": masks.causal({ offset: [-5, 7] }),
  window: masks.window({ left: 6, right: 2, align: "topLeft" }),
  "a window without end on the left": masks.window({
    left: Infinity,
    right: 0,
    align: "bottomRight",
  }),
  lengths: masks.lengths([23, 11]),
  prefix: masks.prefix([0, 13]),
};

describe("a rule knows exactly which blocks it blocks or allows as a whole", () => {
  it.each(Object.entries(exact))("%s", (_name, rule) => {
    const bound = rule.bind(shape, { fn: "test", argument: "rule" });
    const { data } = masks.dense(rule, shape.scoresShape);
    const seen = new Set<number>();
    for (let b = 0; b < batch; b++) {
      for (let i0 = 0; i0 < queries; i0++) {
        for (const i1 of [i0 + 1, Math.min(queries, i0 + 4)]) {
          for (let j0 = 0; j0 < keys; j0++) {
            for (const j1 of [j0 + 1, Math.min(keys, j0 + 3)]) {
              let visible = 0;
              for (let i = i0; i < i1; i++) {
                for (let j = j0; j < j1; j++) visible += data[(b * queries + i) * keys + j];
              }
              const all = visible === (i1 - i0) * (j1 - j0);
              const right = visible === 0 ? coverage.none : all ? coverage.all : coverage.some;
              const answer = bound.coverage(b, 0, i0, i1, j0, j1);
              if (answer !== right) expect(answer, `${b}: ${i0}–${i1}, ${j0}–${j1}`).toBe(right);
              seen.add(answer);
            }
          }
        }
      }
    }
    expect(seen.has(coverage.none) && seen.has(coverage.all)).toBe(true);
  });
});

it("what is ambiguous names the rule that asks", () => {
  expect(() => masks.dense(masks.causal(), [2, 3])).toThrow("masks.causal()");
  expect(() => masks.dense(masks.window({ left: 1, right: 0 }), [2, 3])).toThrow(
    "a window without",
  );
});
