import { describe, expect, it } from "vitest";
import { explainWeights, type WeightsView } from "qkv/explain";
import { heads } from "qkv/views";
import { cases, plain, rowsOf, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const tokens = ["river", "bank", "flooded"];
const headOf = (row: number[]): WeightsView =>
  explainWeights([[1, 0, 0], row, [0, 0, 1]], { tokens }).head(0);
const layers = [
  [headOf([0.2, 0.5, 0.3]), headOf([0.3, 0.6, 0.1])],
  [headOf([0.02, 0.08, 0.9]), headOf([0.6, 0.3, 0.1])],
];
const many = (count: number, words: number): WeightsView[][] => {
  const names = Array.from({ length: words }, (_, n) => `word ${n}`);
  const view = explainWeights(rowsOf(words, words), { tokens: names }).head(0);
  return Array.from({ length: count }, () => Array.from({ length: count }, () => view));
};
const kinds = ["matrix", "lines"] as const;

describe("heads", () => {
  for (const kind of kinds) {
    for (const [name, view] of Object.entries(cases)) {
      it(`lie within the edges: ${kind}, ${name}`, () => {
        for (const width of widths) {
          const options = { width, kind, query: view.queries.length - 1, layer: 1, head: 0 };
          expect(faultsOf(heads([[view, view, view], [view]], options))).toEqual([]);
        }
      });
    }
    it(`144 heads lie within the edges: ${kind}`, () => {
      for (const width of widths) {
        const picture = heads(many(12, 3), { width, kind });
        expect(picture.width).toBe(width);
        expect(faultsOf(picture)).toEqual([]);
      }
    });
  }

  it("a frame is a button with its layer and head, a cell has its pair too", () => {
    const picture = heads(layers, { query: 1, layer: 1, head: 0 });
    const buttons = allMarks(picture).filter((it) => it.choice);
    expect(buttons.map(({ target, choice }) => [target, choice])).toEqual([
      [{ layer: 0, head: 0 }, "open"],
      [{ layer: 0, head: 1 }, "open"],
      [{ layer: 1, head: 0 }, "chosen"],
      [{ layer: 1, head: 1 }, "open"],
    ]);
    const cell = markOf(picture, "1-0-cell-1-2");
    expect(cell.target).toEqual({ layer: 1, head: 0, query: 1, key: 2 });
    expect(plain(cell.label!)).toBe("bank → flooded: 90 %");
  });

  it("each has its name above and what gets most below", () => {
    const picture = heads(layers, { query: 1, width: 640 });
    expect(markOf(picture, "1-0-name").text).toBe("layer 2 · head 1");
    expect(plain(markOf(picture, "1-0-note").text!)).toBe("flooded 90 %");
    expect(markOf(picture, "1-0-note-key").attributes["fill"]).toBe("word-2");
    const named = heads(layers, { names: [["a", "b"], ["c", "d"]] }); // prettier-ignore
    expect(markOf(named, "1-1-name").text).toBe("d");
    expect(markOf(heads([layers[0]]), "0-1-name").text).toBe("head 2");
  });

  it("where names have no room, layers have headings", () => {
    const picture = heads(many(12, 3), { width: 1100 });
    expect(markOf(picture, "layer-11").text).toBe("layer 12");
    expect(markOf(picture, "11-11-name").text).toBe("head 12");
  });

  it("the percentage of a note is never cut", () => {
    const notes = allMarks(heads(many(12, 3), { width: 320 })).filter((it) =>
      it.id.endsWith("note"),
    );
    expect(notes).toHaveLength(144);
    for (const { text } of notes) expect(text).toMatch(/^(.+ )?\d+\u00a0%$/);
  });

  it("many cells are a few paths that darken with the weight", () => {
    const picture = heads(many(4, 20), {});
    expect(allMarks(picture).some(({ id }) => id.includes("cell-"))).toBe(false);
    const paths = allMarks(picture).filter(({ id }) => id.startsWith("0-0-cells-"));
    expect(paths.length).toBeLessThanOrEqual(8);
    const squares = paths.map(({ attributes }) => String(attributes["d"]).split("M").length - 1);
    const opacities = paths.map(({ attributes }) => attributes["fill-opacity"] as number);
    expect(squares.reduce((a, b) => a + b)).toBeGreaterThan(300);
    expect(opacities).toEqual([...new Set(opacities)].sort((a, b) => a - b));
    const strongest = heads([Array.from({ length: 1000 }, () => cases["all weight on one key"])]);
    const all = allMarks(strongest).filter(({ id }) => id.startsWith("0-999-cells-"));
    expect(all.map(({ attributes }) => attributes["fill-opacity"])).toEqual([1]);
  });

  it("lines of the chosen query are as thick as its weights, in the colours of the keys", () => {
    const picture = heads(layers, { query: 1, kind: "lines" });
    const thick = (key: number) => markOf(picture, `1-0-line-${key}`).attributes["stroke-width"];
    expect((thick(2) as number) / (thick(1) as number)).toBeCloseTo(0.9 / 0.08, 1);
    expect(markOf(picture, "1-0-line-2").attributes["stroke"]).toBe("word-2");
  });

  it("the caption says which head has the strongest weight, what the mean is, and how they vote", () => {
    expect(plain(heads(layers, { query: 1 }).caption)).toBe(
      "The strongest weight of “bank” is in layer 2 · head 1: 90 % to “flooded”. The mean of the 2 heads of its layer gives " +
        "50 % to “flooded”. Of 4 heads, 2 give most to itself, 1 to “flooded” and 1 to “river”.",
    );
    expect(plain(heads([[layers[0][0], layers[0][1]]], { query: 1 }).caption)).toBe(
      "The strongest weight of “bank” is in head 2: 60 % to itself. The mean of the 2 heads gives 55 % to itself. " +
        "All 2 heads give most to itself.",
    );
    const nothing = cases["empty rows"];
    expect(heads([[nothing]]).caption).toBe("“the” attends to nothing in any head.");
  });
});
