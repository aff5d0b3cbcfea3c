import { describe, expect, it } from "vitest";
import { explain, explainWeights, type WeightsView } from "qkv/explain";
import { compare } from "qkv/views";
import { cases, plain, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const viewOf = (sentence: string, row: number[], at: number): WeightsView => {
  const tokens = sentence.split(" ");
  const rows = tokens.map((_, i) => (i === at ? row : tokens.map((_, j) => Number(i === j))));
  return explainWeights(rows, { tokens }).head(0);
};
const river = viewOf("river bank flooded", [0.24, 0.36, 0.4], 1);
const money = viewOf("money in the bank", [0.5, 0.1, 0.2, 0.2], 3);
const two = { queryA: 1, queryB: 3 };
const ids = (picture: ReturnType<typeof compare>): string[] =>
  picture.marks.map(({ id }) => id).filter((id) => id.startsWith("row-"));

describe("compare", () => {
  for (const [name, view] of Object.entries(cases)) {
    it(`lies within its edges: ${name}`, () => {
      for (const width of widths) {
        const last = view.queries.length - 1;
        const picture = compare(river, view, { width, queryA: 1, queryB: last });
        expect(picture.width).toBe(width);
        expect(faultsOf(picture)).toEqual([]);
        expect(faultsOf(compare(view, money, { width, queryA: last, queryB: 3 }))).toEqual([]);
        const { before, after } = view.withoutKeys([0]);
        expect(faultsOf(compare(before, after, { width, queryA: last }))).toEqual([]);
      }
    });
  }

  it("words that both have are first, on one line and in one colour, then those of the first", () => {
    const picture = compare(river, money, two);
    expect(ids(picture)).toEqual(
      ["bank", "river", "flooded", "money", "in", "the"].map((id) => `row-${id}`),
    );
    const fill = (id: string) => markOf(picture, id).attributes["fill"];
    expect([fill("bar-a-bank"), fill("bar-b-bank")]).toEqual(["word-1", "word-1"]);
    const colours = ids(picture).map((id) => fill(id.replace("row-", "bar-a-")));
    expect(new Set(colours).size).toBe(6);
  });

  it("bars are on one absolute scale, in both halves and at every width", () => {
    for (const width of widths) {
      const picture = compare(river, money, { ...two, width });
      const long = (id: string) => markOf(picture, id).attributes["width"] as number;
      expect(long("bar-b-money") / long("room-b-money")).toBeCloseTo(0.5, 2);
      expect(long("bar-a-river") / long("room-a-river")).toBeCloseTo(0.24, 2);
      expect(long("room-a-river")).toBe(long("room-b-money"));
    }
  });

  it("those of the first go to the left, where there is room for two", () => {
    const x = (width: number, id: string) =>
      markOf(compare(river, money, { ...two, width }), id).attributes["x"] as number;
    const end = markOf(compare(river, money, two), "room-a-bank").attributes;
    const right = (end["x"] as number) + (end["width"] as number);
    expect(x(640, "bar-a-bank")).toBeGreaterThan(x(640, "room-a-bank"));
    expect(x(640, "bar-b-bank")).toBeGreaterThan(right);
    expect(x(320, "bar-a-bank")).toBe(x(320, "bar-b-bank"));
    expect(markOf(compare(river, money, { ...two, width: 320 }), "b-head").text).toMatch(
      /^lower bar: /,
    );
  });

  it("the difference is in points, where both have the word", () => {
    const picture = compare(river, money, two);
    const shown = (id: string) => plain(markOf(picture, `difference-${id}`).text!);
    expect(shown("bank")).toBe("−16 points");
    expect(shown("money")).toBe("");
    expect(markOf(picture, "number-b-river").text).toBe("–");
  });

  it("a key that was left out is an empty slot", () => {
    const explained = explain([[1, 0], [0, 1]], [[1, 0], [0, 1]], [[1], [2]], { tokens: ["a", "b"] }); // prettier-ignore
    for (const view of [river, explained.head(0), explained.mean()]) {
      const { before, after } = view.withoutKeys([0]);
      const picture = compare(before, after, { queryA: 1 });
      const slot = markOf(picture, `room-b-${view.keys[0].id}`);
      expect(slot.attributes["stroke-dasharray"]).toBeDefined();
      expect(markOf(picture, `number-b-${view.keys[0].id}`).text).toBe("not there");
      expect(ids(picture)).toEqual(view.keys.map(({ id }) => `row-${id}`));
    }
  });

  it("says who gains when a key is left out", () => {
    const { before, after } = river.withoutKeys([0]);
    const picture = compare(before, after, { queryA: 1 });
    expect(picture.title).toBe("“bank” without “river”");
    expect(plain(picture.caption)).toBe(
      "“bank” gives “river” 24 %. Without it “flooded” gains most: 40 % → 53 %.",
    );
    const all = river.withoutKeys([0, 1, 2]);
    expect(plain(compare(all.before, all.after, { queryA: 1 }).caption)).toBe(
      "“bank” gives “river”, “bank” and “flooded” 100 %. Without them no other word gets more.",
    );
  });

  it("says where each looks, what differs, and the cosines that it is given", () => {
    const caption = plain(
      compare(river, money, { ...two, cosine: { blend: 0.834, output: -0.5 } }).caption,
    );
    expect(caption).toBe(
      "In “river bank flooded”, “bank” attends most to “flooded” (40 %); in “money in the bank”, “bank” attends most to " +
        "“money” (50 %). Of the words in both, “bank” differs most: 36 % → 20 %. " +
        "The cosine of the two blends is 0.83, of the two outputs −0.50; 1 is the same direction, 0 has nothing in common.",
    );
    const only = plain(compare(river, money, { ...two, cosine: { output: 0.5 } }).caption);
    expect(only).toContain(
      "The cosine of the two outputs is 0.50; 1 is the same direction, 0 has nothing in common.",
    );
    expect(compare(river, river, { queryA: 1 }).caption).toContain(
      "Words in both have the same weights.",
    );
    const cat = viewOf("cat", [1], 0);
    expect(compare(river, cat, { queryA: 1, queryB: 0 }).caption).toContain("No word is in both.");
  });

  it("a word of the second only has no position of the first", () => {
    const picture = compare(river, money, two);
    expect(markOf(picture, "row-bank").target).toEqual({ query: 1, key: 1 });
    expect(markOf(picture, "row-money").target).toBeUndefined();
    expect(plain(markOf(picture, "row-money").label!)).toBe(
      "money, river bank flooded: not there; money in the bank: 50 %",
    );
    expect(allMarks(picture).some(({ choice }) => choice)).toBe(false);
  });
});
