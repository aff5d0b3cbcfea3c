import { describe, expect, it } from "vitest";
import { explain, explainWeights } from "qkv/explain";
import { blend, withWeight, type BlendOptions } from "qkv/views";
import { cases, plain, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const tokens = ["river", "bank", "flooded"];
const view = explainWeights(
  [
    [0.2, 0.5, 0.3],
    [0.24, 0.37, 0.39],
    [0, 1, 0],
  ],
  { tokens },
).head(0);
const shares = Float64Array.of(-0.1, 0.5, 0.6);
const next = { residual: 0.7, attention: 0.352, bias: -0.052 };

const number = (picture: ReturnType<typeof blend>, id: string, name: string): number =>
  Number(markOf(picture, id).attributes[name]);
const caption = (options: BlendOptions): string => plain(blend(view, options).caption);

describe("blend", () => {
  for (const [name, view] of Object.entries(cases)) {
    for (const width of widths) {
      it(`lies within its edges: ${name}, ${width} pixels`, () => {
        const query = view.queries.length - 1;
        const shares = Array.from(view.keys, (_, j) => (j === 0 ? -0.2 : 1.2 / view.keys.length));
        const all = { key: view.keys.length - 1, shares, next, draggable: true };
        for (const options of [{}, { pour: 0 }, { pour: 0.5 }, all])
          expect(faultsOf(blend(view, { width, query, ...options }))).toEqual([]);
      });
    }
  }

  it("segments are as wide as their weights, and fill the bar", () => {
    const picture = blend(view, { query: 1 });
    const room = number(picture, "blend-room", "width");
    [0.24, 0.37, 0.39].forEach((weight, j) => {
      expect(number(picture, `segment-${j}`, "width")).toBeCloseTo(weight * room - 2, 1);
    });
  });

  it("a band is as wide as its segment where it arrives", () => {
    const [, left, right] = /([\d.]+),[\d.]+ L([\d.]+),/.exec(
      String(markOf(blend(view, { query: 1 }), "band-0").attributes["d"]),
    )!;
    expect(Number(right) - Number(left)).toBeCloseTo(0.24 * 640, 1);
  });

  it("pours: nothing is wide before, and paths keep their commands", () => {
    const [before, after] = [0, 1].map((pour) => blend(view, { query: 1, pour }));
    for (const j of [0, 1, 2]) {
      expect(number(before, `segment-${j}`, "width")).toBe(0);
      const [from, to] = [before, after].map((it) =>
        String(markOf(it, `band-${j}`).attributes["d"]),
      );
      expect(from.replace(/[\d.]+/g, "0")).toBe(to.replace(/[\d.]+/g, "0"));
      const xs = [...from.matchAll(/([\d.]+),/g)].map(([, x]) => x);
      expect(new Set(xs).size).toBe(1);
    }
    const ids = (picture: typeof before): string[] => allMarks(picture).map(({ id }) => id);
    expect(ids(after)).toEqual(ids(before));
    const { attributes, text } = markOf(before, "segment-name-0");
    expect([attributes["x"], attributes["opacity"], text]).toEqual([0, 0, ""]);
  });

  it("more than 12 words have a bar and a list only", () => {
    const ids = allMarks(blend(cases["40 words"])).map(({ id }) => id);
    expect(ids.filter((id) => /^(chip|band|word)/.test(id))).toEqual([]);
    expect(ids.filter((id) => /^entry-\d+$/.test(id))).toHaveLength(40);
  });

  it("says what it is mostly made of", () => {
    expect(caption({ query: 0 })).toBe(
      "What attention gives “river” is a blend of values, at least half of it from “bank” (50 %).",
    );
    expect(caption({ query: 1 })).toBe(
      "What attention gives “bank” is a blend of values, at least half of it from “flooded” (39 %) and itself (37 %).",
    );
    expect(caption({ query: 2 })).toBe(
      "What attention gives “flooded” is the value of “bank” (100 %) alone.",
    );
    expect(plain(blend(cases["40 words"]).caption)).toContain(
      "of the values of 40 words; no three of them make up half.",
    );
    expect(blend(cases["empty rows"]).caption).toBe(
      "Attention gives “the” nothing: every key is blocked.",
    );
  });

  it("says where the output differs from the weights", () => {
    expect(caption({ query: 1, shares })).toContain(
      "The weight of “river” is 24 %, but it makes up −10 % of the output: its value points away from the output.",
    );
    expect(caption({ query: 1, shares: [0.24, 0.36, 0.4] })).toContain(
      "What each word makes up of the output is close to its weight.",
    );
  });

  it("says how much of the next state is attention", () => {
    expect(caption({ query: 1, next })).toContain(
      "Of the sum, 35.2 % comes from attention, 70.0 % from what it was, and −5.2 % from the bias.",
    );
  });

  it("bars of the output are on a scale that stays, to the left where negative", () => {
    const picture = blend(view, { query: 1, shares });
    const [x0, x1, x2] = [0, 1, 2].map((j) => number(picture, `entry-bar-${j}`, "x"));
    expect(x1).toBe(x2);
    expect(x0).toBeLessThan(x1);
    const long = (j: number): number => number(picture, `entry-bar-${j}`, "width");
    expect(long(0) / long(1)).toBeCloseTo(0.2, 2);
    const other = blend(view, { query: 1, shares: [0.3, 0.2, 0.5] });
    expect(number(other, "entry-bar-2", "width")).toBe(long(1));
  });

  it("shows weights that someone set, by handles", () => {
    const picture = blend(view, { query: 1, weights: [0.1, 0.9, 0], draggable: true });
    expect(plain(picture.caption)).toContain("from itself (90 %)");
    const { draggable, target, label } = markOf(picture, "handle-0");
    expect([draggable, target, plain(label!)]).toEqual([
      true,
      { query: 1, key: 0 },
      "weight of river: 10 %",
    ]);
  });

  it("what a sink takes is no key's, and the rest of the bar", () => {
    const ones = [[1], [1]];
    const sunk = explain(ones, ones, ones, { tokens: ["a", "b"], sinks: [1] }).head(0);
    const rest = sunk.row(0).rest;
    for (const width of widths) {
      const picture = blend(sunk, { width });
      expect(faultsOf(picture)).toEqual([]);
      expect(number(picture, "segment-rest", "width")).toBeCloseTo(rest * width - 2, 1);
    }
    expect(plain(blend(sunk).caption)).toContain("33 % goes to no key.");
    expect(blend(sunk).table().rows.at(-1)!.map(plain)).toEqual(["no key", "33 %"]);
  });

  it("its table has the numbers", () => {
    const { columns, rows } = blend(view, { query: 1, shares }).table();
    expect(columns).toEqual(["Word", "Weight", "Of the output"]);
    expect(rows[0].map(plain)).toEqual(["river", "24 %", "−10 %"]);
  });
});

describe("withWeight", () => {
  const sum = (row: readonly number[]): number => row.reduce((a, b) => a + b, 0);

  it("sets one weight, and scales the others to what is left", () => {
    const row = withWeight([0.2, 0.3, 0.5], 2, 0.75);
    [0.1, 0.15, 0.75].forEach((weight, j) => expect(row[j]).toBeCloseTo(weight, 12));
  });

  it("keeps to 0 and 1", () => {
    expect(withWeight([0.5, 0.5], 0, 3)).toEqual([1, 0]);
    expect(withWeight([0.5, 0.5], 0, -1)).toEqual([0, 1]);
  });

  it("gives what is left to the others evenly where they have nothing", () => {
    expect(withWeight([1, 0, 0], 0, 0.5)).toEqual([0.5, 0.25, 0.25]);
    expect(withWeight([1, 0, 0], 0, 0.5, (key) => key < 2)).toEqual([0.5, 0.5, 0]);
    expect(withWeight([1, 0], 0, 0.5, () => false)).toEqual([1, 0]);
  });

  it("sums to 1", () => {
    for (const value of [0, 0.1, 0.5, 1])
      for (const key of [0, 1, 2])
        expect(sum(withWeight([0.2, 0.3, 0.5], key, value))).toBeCloseTo(1, 12);
  });
});
