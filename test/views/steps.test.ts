import { describe, expect, it } from "vitest";
import { explain } from "qkv/explain";
import { dimensions, steps } from "qkv/views";
import { plain, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const words = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, n) => ["the", "river", "bank", "Donaudampfschifffahrt", "it"][n % 5],
  );
/** Vectors that differ, with both signs. */
const vectors = (count: number, size: number, step: number): number[][] =>
  Array.from({ length: count }, (_, n) =>
    Array.from({ length: size }, (_, d) => (((n * 7 + d * 5 + step) % 11) - 5) / 4),
  );

const stepsOf = (count: number, size: number, options: object = {}, more: object = {}) => {
  const [q, k, v] = [1, 2, 3].map((step) => vectors(count, size, step));
  const view = explain(q, k, v, { tokens: words(count), ...options }).head(0);
  const [query, key] = [Math.min(1, count - 1), count - 1];
  return steps(view, {
    query,
    key,
    vectors: { query: q[query], key: k[key], value: v[key] },
    scale: 1 / Math.sqrt(size),
    ...more,
  });
};
const textOf = (picture: ReturnType<typeof steps>, start: string): string =>
  allMarks(picture)
    .filter(({ id, kind }) => kind === "text" && id.startsWith(start))
    .map(({ text }) => text)
    .join(" ")
    .replaceAll("\u00a0", " ");

// q·k = 2·3 + (−1)·2 + 0.5·(−4) + 1·1 = 6 − 2 − 2 + 1 = 3
const query = [2, -1, 0.5, 1];
const key = [3, 2, -4, 1];

describe("dimensions", () => {
  for (const width of widths) {
    it.each([1, 2, 4, 64])(`lies within its edges: ${width} pixels, %i dimensions`, (size) => {
      const [q] = vectors(1, size, 1);
      const [k] = vectors(1, size, 2);
      expect(faultsOf(dimensions(q, k, { width }))).toEqual([]);
      const large = q.map((x) => x * 123456);
      expect(faultsOf(dimensions(large, k, { width, top: 40 }))).toEqual([]);
    });
  }

  it("sorts products by size, and sums up the others", () => {
    const picture = dimensions(query, key, { top: 2 });
    const rows = allMarks(picture).filter(({ id }) => /^product-\d+$/.test(id));
    expect(rows.map(({ target }) => target?.dimension)).toEqual([0, 1]);
    expect(textOf(picture, "product-total")).toBe(
      "the other 2 together −1.00 q · k, the sum of all 3.00",
    );
    expect(textOf(picture, "score")).toBe("score = 3.00 × 0.50, the scale = 1.50");
    expect(plain(picture.caption)).toBe(
      "The strongest of 4 products is that of dimension 0 (6.00): query and key are both positive there. " +
        "Dimension 1 pulls most against the sum (−2.00). The 2 strongest sum to 4.00, the other 2 to −1.00.",
    );
  });

  it("bars of products go to the left of 0 where they are negative", () => {
    const picture = dimensions(query, key);
    const zero = Number(markOf(picture, "product-zero-2").attributes["x1"]);
    const [up, down] = ["product-bar-2-0", "product-bar-2-1"].map(
      (id) => markOf(picture, id).attributes,
    );
    expect([up["x"], up["fill"]]).toEqual([zero, "positive"]);
    expect(Number(down["x"]) + Number(down["width"])).toBeCloseTo(zero, 1);
    expect(down["fill"]).toBe("negative");
    expect(Number(up["width"]) / Number(down["width"])).toBeCloseTo(3, 1);
  });

  it("has all dimensions in its table", () => {
    expect(dimensions(query, key, { top: 1 }).table().rows).toEqual([
      ["0", "2.00", "3.00", "6.00"],
      ["1", "−1.00", "2.00", "−2.00"],
      ["2", "0.50", "−4.00", "−2.00"],
      ["3", "1.00", "1.00", "1.00"],
    ]);
  });

  it("refuses vectors of different lengths", () => {
    expect(() => dimensions([1, 2], [1])).toThrow(
      new RangeError("dimensions(): key: expected as many numbers as the query, 2; got 1."),
    );
  });
});

describe("steps", () => {
  for (const width of widths) {
    for (const count of [1, 3, 9, 40]) {
      it.each([
        ["plain", {}],
        ["causal", { causal: true }],
        ["softcapped", { softcap: 2 }],
      ])(`lies within its edges: ${count} words, ${width} pixels, %s`, (_, options) => {
        expect(faultsOf(stepsOf(count, 64, options, { width }))).toEqual([]);
      });
    }
  }

  const tokens = ["bank", "river"];
  const value = [[1, -2], [3, 0]]; // prettier-ignore
  const view = explain([query, query], [key, [0, 0, 0, 0]], value, { tokens }).head(0);
  const picture = steps(view, {
    query: 0,
    key: 0,
    vectors: { query, key, value: value[0] },
    scale: 0.5,
  });

  it("writes each step with its numbers", () => {
    expect(textOf(picture, "equation-2")).toBe("q · k × scale = 3.00 × 0.50 = 1.50, the score");
    // exp(1.5) / (exp(1.5) + 1) = 0.8176; log(exp(1.5) + 1) = 1.7014
    expect(textOf(picture, "equation-3")).toBe(
      "weight = exp(1.50) / (exp(1.50) + exp(0.00)) = exp(1.50 − 1.70) = 0.82",
    );
    expect(textOf(picture, "equation-5")).toBe("output = 0.82 · value(bank) + 0.18 · value(river)");
    // 0.8176·(1, −2) + 0.1824·(3, 0) = (1.365, −1.635)
    expect(textOf(picture, "output-number-2")).toBe("−1.64 1.36");
    expect(textOf(picture, "value-number-1")).toBe("−1.64 0.82");
    expect(plain(picture.title)).toBe("How “bank” attends to “bank”: 82 %");
    expect(plain(picture.caption)).toContain(
      "“bank” gives “bank” 82 %: the score 1.50 is the largest of 2.",
    );
  });

  it("says what blocks a pair", () => {
    const blocked = stepsOf(3, 4, { causal: true });
    expect(textOf(blocked, "equation-3")).toMatch(
      /^Blocked: .*The score counts as −∞, the weight is 0\.$/,
    );
    expect(textOf(blocked, "equation-4")).toBe("The weight is 0: nothing of the value is taken.");
    expect(blocked.title).toMatch(/: blocked$/);
    expect(blocked.caption).toContain("gives “bank” nothing: the pair is blocked,");
  });

  it("writes what the softcap and a bias do", () => {
    const text = textOf(stepsOf(3, 4, { softcap: 2, bias: [[1, 1, 1]] }), "equation-2");
    expect(text).toMatch(/; softcapped: .*; with the bias: .*, the score$/);
  });
});
