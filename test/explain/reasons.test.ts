import { describe, expect, test } from "vitest";
import { masks, type Mask, type MaskRule } from "../../src/core.js";
import { explain } from "../../src/explain/index.js";

const x = [[1], [2], [3], [4]];
const tokens = ["the", "bat", "the", "ball"];

describe("every rule says with its numbers what it does not allow", () => {
  const texts = (allow: Mask, i: number, j: number): string[] =>
    explain(x, x, x, { tokens, allow })
      .head(0)
      .why(i, j)
      .reasons.map(({ text }) => text);

  const mine = {
    kind: "mask",
    bind: () => ({
      coverage: () => 2,
      narrow: (_b, _h, i, j0, j1, allowed) => allowed.fill(0, Math.max(0, i + 1 - j0), j1 - j0),
    }),
  } as MaskRule;
  const where = masks.where((_b, _h, i, j) => i !== 1 || j !== 3);
  test.each<[string, Mask, string[]]>([
    ["causal", masks.causal(), ["key 3 comes after query 1 (masks.causal)"]],
    [
      "causal, moved",
      masks.causal({ offset: 1 }),
      ["key 3 comes after query 1, which stands at key 2 (masks.causal)"],
    ],
    [
      "window",
      masks.window({ left: 1, right: 1 }),
      ["key 3 is 2 after query 1, the window has 1 on the right (masks.window)"],
    ],
    ["lengths", masks.lengths([3]), ["key 3 is padding: the sequence has 3 keys (masks.lengths)"]],
    ["prefix", masks.prefix(1), ["key 3 is not in the prefix of 1 key (masks.prefix)"]],
    [
      "segments",
      masks.segments([0, 0, 1, 1]),
      ["query 1 is in segment 0, key 3 in segment 1 (masks.segments)"],
    ],
    [
      "segments of each batch entry",
      masks.segments([[0, 0, 1, 7]]),
      ["query 1 is in segment 0, key 3 in segment 7 (masks.segments)"],
    ],
    ["where", where, ["the function says false for (0, 0, 1, 3) (masks.where)"]],
    ["not", masks.not(masks.not(masks.causal())), ["masks.not is true (masks.not)"]],
    ["not of a tensor", masks.not(true), ["a tensor is true (masks.not)"]],
    [
      "or",
      masks.or(masks.prefix(2), masks.causal()),
      [
        "no part allows it: key 3 is not in the prefix of 2 keys (masks.prefix), key 3 comes after query 1 (masks.causal) (masks.or)",
      ],
    ],
    ["or of nothing", masks.or(), ["no part allows it, for there is none (masks.or)"]],
    [
      "and, parts that say no only",
      masks.and(masks.causal(), masks.prefix(4), [true, true, true, false], masks.and(where)),
      [
        "key 3 comes after query 1 (masks.causal)",
        "a tensor is false",
        "the function says false for (0, 0, 1, 3) (masks.where)",
      ],
    ],
    ["a tensor", [true, true, true, false], ["allow is false"]],
    ["a rule with a bind of its own", mine, ["a rule does not allow it"]],
    [
      "parts with a bind of their own",
      masks.and(mine, masks.or(mine), masks.not(masks.not(mine))),
      [
        "a rule does not allow it",
        "no part allows it: a rule does not allow it (masks.or)",
        "masks.not is true (masks.not)",
      ],
    ],
  ])("%s", (_name, allow, expected) => {
    expect(texts(allow, 1, 3)).toEqual(expected);
  });
});

test("every rule of the table has a reason of its own", () => {
  const rules: Record<string, MaskRule> = {
    causal: masks.causal({ offset: -9 }),
    window: masks.window({ left: 0, right: 0, align: { offset: -9 } }),
    lengths: masks.lengths(0),
    prefix: masks.prefix(0),
    segments: masks.segments([0, 0], [1, 1]),
    where: masks.where(() => false),
    and: masks.and(masks.prefix(0)),
    or: masks.or(),
    not: masks.not(true),
  };
  const looks = ["dense", "sparsity"];
  expect([...Object.keys(rules), ...looks].sort()).toEqual(Object.keys(masks).sort());
  const y = [[1], [2]];
  for (const [name, allow] of Object.entries(rules)) {
    const [{ text }] = explain(y, y, y, { tokens: ["a", "b"], allow })
      .head(0)
      .why(0, 1).reasons;
    expect(text, name).not.toContain("a rule does not allow it");
  }
});

test("rules are bound once for all reasons, and only when one is asked for", () => {
  let bound = 0;
  const causal = masks.causal();
  const counted: MaskRule = {
    ...causal,
    bind(shape, place) {
      bound++;
      return causal.bind(shape, place);
    },
  };
  const view = explain(x, x, x, { tokens, allow: counted }).head(0);
  expect(view.row(3).keys.length + view.matrix().weights.length).toBe(8);
  expect(bound).toBe(1);
  expect(view.tidy().filter(({ reason }) => reason !== "")).toHaveLength(6);
  expect(view.why(0, 1).reasons).toHaveLength(1);
  expect(bound).toBe(2);
});
