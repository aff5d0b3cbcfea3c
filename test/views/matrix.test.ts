import { describe, expect, it } from "vitest";
import { explain, explainWeights } from "qkv/explain";
import { dark, light, matrix } from "qkv/views";
import { plateOf, shadeOf } from "../../src/views/shade.js";
import { cases, plain, widths } from "./cases.js";
import { allMarks, faultsOf, markOf } from "./insideOf.js";

const tokens = ["river", "bank", "flooded"];
const rows = [
  [0.5, 0.25, 0.25],
  [0.33, 0.33, 0.34],
  [0, 0.04, 0.96],
];
const view = explainWeights(rows, { tokens }).head(0);
const causal = explain([[1, 0], [0, 1], [1, 1]], [[2, 0], [0, 1], [1, 1]], [[1], [2], [3]], {
  tokens,
  causal: true,
}).head(0); // prettier-ignore

describe("matrix", () => {
  for (const [name, view] of Object.entries(cases)) {
    for (const width of widths) {
      it(`lies within its edges: ${name}, ${width} pixels`, () => {
        const last = { query: view.queries.length - 1, key: view.keys.length - 1 };
        expect(faultsOf(matrix(view, { width }))).toEqual([]);
        expect(faultsOf(matrix(view, { width, ...last }))).toEqual([]);
      });
    }
  }

  it("is as wide as asked, or wider where cells would be too small", () => {
    const wide = (name: string, width: number): number => matrix(cases[name], { width }).width;
    expect(wide("40 words", 320)).toBeGreaterThan(800);
    for (const name of ["3 words", "9 words", "long words"])
      expect(wide(name, 640)).toBeLessThanOrEqual(640);
  });

  it("cells are square, from 20 to 64 pixels, a gap of 2 in between", () => {
    for (const view of Object.values(cases)) {
      for (const width of widths) {
        const { width: wide, height } = markOf(matrix(view, { width }), "cell-0-0").attributes;
        expect(wide).toBe(height);
        expect(wide).toBeGreaterThanOrEqual(18);
        expect(wide).toBeLessThanOrEqual(62);
      }
    }
  });

  it("shades are absolute: nothing is 0, everything is 1, more is more", () => {
    const shade = (weight: number): number =>
      markOf(
        matrix(explainWeights([[weight, 0.1]], { tokens: ["a"], keyTokens: ["b", "c"] }).head(0)),
        "cell-0-0",
      ).attributes["fill-opacity"] as number;
    const shades = [0, 0.01, 0.05, 0.3, 0.6, 0.9].map(shade);
    expect(shades[0]).toBe(0);
    expect(shades).toEqual([...shades].sort((a, b) => a - b));
    expect(shades[2]).toBeGreaterThan(0.2);
    expect(markOf(matrix(causal), "cell-0-0").attributes["fill-opacity"]).toBe(1);
  });

  it("a cell says its pair in words, and why it is blocked", () => {
    const label = (of: typeof view, id: string): string => plain(markOf(matrix(of), id).label!);
    expect(label(view, "cell-1-2")).toBe("bank → flooded: 34 %");
    expect(label(causal, "cell-1-2")).toBe(
      "bank → flooded: blocked, causal: key 2 comes after query 1",
    );
    expect(markOf(matrix(view), "cell-1-2").target).toEqual({ query: 1, key: 2 });
  });

  it("blocked pairs have a dot and the legend names it, others have a number", () => {
    const picture = matrix(causal);
    expect(markOf(picture, "blocked").attributes["d"]).toMatch(/^(M[\d.]+ [\d.]+h0){3}$/);
    expect(markOf(picture, "legend-name-blocked").text).toBe("blocked");
    const ids = allMarks(picture).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith("number-"))).toHaveLength(6);
    expect(allMarks(matrix(view)).some(({ id }) => id.includes("blocked"))).toBe(false);
  });

  it("ink on a strong shade has a lighter plate, the lighter the stronger", () => {
    const picture = matrix(view);
    const ids = allMarks(picture).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith("plate-"))).toEqual(
      ["0-0", "1-0", "1-1", "1-2", "2-2"].map((pair) => `plate-${pair}`),
    );
    const plate = (id: string) => markOf(picture, id).attributes["fill-opacity"] as number;
    expect(plate("plate-2-2")).toBeGreaterThan(plate("plate-0-0"));
  });

  it("numbers have a contrast of 4.5 on every shade, in light and in dark", () => {
    for (const theme of [light, dark]) {
      const [ground, paint, ink] = [theme.ground, theme.weight, theme.ink].map(channels);
      for (let weight = 0; weight <= 1; weight += 0.005) {
        const cell = mixed(ground, paint, shadeOf(weight));
        const [a, b] = [mixed(cell, ground, plateOf(weight)), ink].map(luminance);
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        expect(contrast).toBeGreaterThan(4.5);
      }
    }
  });

  it("only rows are buttons: one for each query, the chosen one pressed", () => {
    const buttons = allMarks(matrix(cases["40 words"], { query: 3 })).filter((it) => it.choice);
    expect(buttons.map(({ target }) => target)).toEqual(
      Array.from({ length: 40 }, (_, query) => ({ query })),
    );
    expect(buttons.filter(({ choice }) => choice === "chosen")).toHaveLength(1);
  });

  it("names are groups with a ground, over the cells, which a page can find and move", () => {
    const picture = matrix(cases["40 words"], { width: 320 });
    const ids = picture.marks.map(({ id }) => id);
    for (const id of ["names", "columns"]) {
      expect(markOf(picture, id).attributes["class"]).toBe(id);
      expect(ids.indexOf(id)).toBeGreaterThan(ids.indexOf("cells"));
    }
    const { width, height } = markOf(picture, "columns-ground").attributes;
    const { transform } = markOf(picture, "cells").attributes;
    expect(width).toBe(picture.width);
    expect(height).toBe(Number(/,(\d+)/.exec(String(transform))![1]) - 1);
    const grounds = allMarks(picture).filter(({ id }) => /^query-\d+-ground$|^corner$/.test(id));
    expect(grounds).toHaveLength(41);
  });

  it("the chosen row and the chosen cell have a frame around them", () => {
    const picture = matrix(view, { query: 1, key: 2 });
    const at = (id: string, name: string) => markOf(picture, id).attributes[name] as number;
    expect(at("cell-outline", "x")).toBeGreaterThan(at("row-outline", "x"));
    expect(at("row-outline", "width")).toBeGreaterThan(2 * at("cell-outline", "width"));
    expect(allMarks(matrix(view)).some(({ id }) => id.endsWith("outline"))).toBe(false);
  });

  it("captions say what is in the rows", () => {
    expect(plain(matrix(view, { query: 0 }).caption)).toBe(
      "The strongest weight is 96 %: “flooded” → itself. The most selective row is that of “flooded” (spread 15 %), " +
        "the widest that of “bank” (spread 100 %): 0 % is all for one key, 100 % the same for each. “river” attends most to itself (50 %).",
    );
    const even = explainWeights([[0.5, 0.5], [0.5, 0.5]], { tokens: ["a", "b"] }).head(0); // prettier-ignore
    expect(plain(matrix(even).caption)).toContain("All rows spread alike, 100 %");
  });

  it("a row without a choice is not called selective, nor its weight strong", () => {
    expect(plain(matrix(causal).caption)).toMatch(/^Where there is a choice, the strongest weight/);
    expect(matrix(cases["one word"]).caption).toBe("No query has a choice between keys.");
    expect(matrix(cases["empty rows"]).caption).toBe("Every key is blocked for every query.");
  });

  it("a key of another sequence is not “itself”", () => {
    const keyTokens = ["le", "fleuve"];
    const diagonal = [
      [0.9, 0.1],
      [0.2, 0.8],
    ];
    const cross = explainWeights(diagonal, { tokens: ["the", "river"], keyTokens }).head(0);
    const { caption } = matrix(cross, { query: 1 });
    expect(plain(caption)).toMatch(/90 %: “the” → “le”\..* most to “fleuve” \(80 %\)/);
  });

  it("the table has the numbers of all cells", () => {
    const { columns, rows } = matrix(causal).table();
    expect(columns).toEqual(["Query", ...tokens, "Spread"]);
    expect(rows[0].map(plain)).toEqual(["river", "100 %", "blocked", "blocked", "–"]);
  });
});

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function mixed(under: readonly number[], over: readonly number[], opacity: number): number[] {
  return under.map((channel, n) => channel + (over[n] - channel) * opacity);
}

/** As WCAG 2 defines it. */
function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((channel) => {
    const x = channel / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
