import { describe, expect, it } from "vitest";
import { explainWeights } from "qkv/explain";
import { lines } from "qkv/views";
import { cases, plain, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const tokens = ["river", "bank", "flooded"];
const rows = [
  [0.5, 0.25, 0.25],
  [0.25, 0.35, 0.4],
  [0, 0, 1],
];
const view = explainWeights(rows, { tokens }).head(0);

describe("lines", () => {
  for (const [name, view] of Object.entries(cases)) {
    it(`lie within the edges: ${name}`, () => {
      for (const width of widths) {
        const picture = lines(view, { width, query: view.queries.length - 1, key: 0 });
        expect(picture.width).toBeLessThanOrEqual(width);
        expect(faultsOf(picture)).toEqual([]);
      }
    });
  }

  it("thickness is absolute: all of a row is as thick as a word is high", () => {
    const thick = (query: number, key: number): number =>
      markOf(lines(view, { query }), `line-${key}`).attributes["stroke-width"] as number;
    expect(thick(0, 0)).toBeCloseTo(thick(2, 2) / 2, 2);
    expect(thick(1, 0)).toBeCloseTo(thick(2, 2) / 4, 2);
    const chip = markOf(lines(view), "key-0-chip").attributes["height"] as number;
    expect(thick(2, 2)).toBeCloseTo(chip + 2, 1);
  });

  it("lines have the colour of their key, those without weight are not there", () => {
    const picture = lines(view, { query: 2 });
    expect(allMarks(picture).filter(({ id }) => id.startsWith("line-"))).toHaveLength(1);
    expect(markOf(picture, "line-2")).toMatchObject({
      attributes: { stroke: "word-2" },
      target: { query: 2, key: 2 },
    });
  });

  it("queries are buttons; those of another sequence have no colour of a key", () => {
    const buttons = allMarks(lines(view, { query: 1 })).filter((it) => it.choice);
    expect(buttons.map(({ target, choice }) => [target, choice])).toEqual([
      [{ query: 0 }, "open"],
      [{ query: 1 }, "chosen"],
      [{ query: 2 }, "open"],
    ]);
    expect(markOf(lines(view), "query-1-chip").attributes["fill"]).toBe("word-1");
    const cross = lines(cases["more keys than queries"]);
    expect(markOf(cross, "query-1-chip").attributes["fill"]).toBe("line");
  });

  it("what is blocked is said", () => {
    const picture = lines(cases["causal"], { query: 1 });
    expect(markOf(picture, "number-3").text).toBe("blocked");
    expect(markOf(picture, "key-3").label).toContain("causal: key 3 comes after query 1");
  });

  it("the caption has the strongest weights, and who else looks there", () => {
    const say = (query: number, of = view) => plain(lines(of, { query }).caption);
    expect(say(1)).toBe(
      "“bank” gives 40 % to “flooded”, 35 % to itself and 25 % to “river”. 1 of the 2 other words gives most to “flooded” too.",
    );
    expect(say(2)).toBe(
      "“flooded” gives 100 % to itself. 1 of the 2 other words gives most to “flooded” too.",
    );
    expect(say(0)).toContain("No other word gives most to “river”.");
    expect(say(0, cases["empty rows"])).toBe("“the” attends to nothing: every key is blocked.");
    expect(say(0, cases["one word"])).toBe("“bank” gives 100 % to itself.");
    expect(say(0, cases["9 words"])).toMatch(/% to 6 others\./);
  });
});
