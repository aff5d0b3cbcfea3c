import { describe, expect, it } from "vitest";
import { bars, solid } from "../../examples/universal-sentence-encoder/render/bars.js";
import { blend } from "../../examples/universal-sentence-encoder/render/blend.js";
import { entropyUnit } from "../../examples/universal-sentence-encoder/render/entropyUnit.js";
import { labelWords } from "../../examples/universal-sentence-encoder/render/labels.js";
import { matrix } from "../../examples/universal-sentence-encoder/render/matrix.js";
import {
  colours,
  plain,
  wantsColour,
} from "../../examples/universal-sentence-encoder/render/paint.js";
import { shadeMatrix } from "../../examples/universal-sentence-encoder/render/shadeMatrix.js";
import {
  padEnd,
  textWidth,
  truncate,
} from "../../examples/universal-sentence-encoder/render/textWidth.js";
import { explainWeights } from "../../src/explain/index.js";

describe("bars", () => {
  it("are as long as their weights, to an eighth of a column", () => {
    expect(solid(3)).toBe("███");
    expect(solid(2.5)).toBe("██▌");
    expect(solid(0.06)).toBe("");
    const list = [
      { label: "bank", weight: 0.5, word: 0 },
      { label: "river", weight: 0.25, word: 1 },
    ];
    expect(bars(list, { width: 25, labelWidth: 5, full: 0.5, paint: plain })).toEqual([
      "bank   50.0 %  ██████████",
      "river  25.0 %  █████",
    ]);
  });
});

describe("the matrix", () => {
  const drawing = (weights: number[][], words: string[], chosen: number) => ({
    matrix: explainWeights(weights, { tokens: words }).head(0).matrix(),
    labels: labelWords(words, 7, 12),
    chosen,
    cell: 7,
    paint: plain,
  });

  it("has a shade and a number in each cell, and the entropy of each row", () => {
    const weights = [
      [1, 0],
      [0.5, 0.5],
    ];
    expect(matrix(drawing(weights, ["a", "b"], 1))).toEqual([
      "    a      b        entropy",
      "  a ██100      0    0.00 bit   0 %",
      "▸ b ▒▒ 50  ▒▒ 50    1.00 bit 100 %",
    ]);
  });

  it("of a long sentence is shades, in panels side by side as far as they fit", () => {
    const words = Array.from({ length: 23 }, (_, i) => String.fromCharCode(97 + i));
    const row = words.map((_, j) => (j === 7 ? 1 : 0));
    const many = words.map(() => row);
    const lines = shadeMatrix(drawing(many, words, 0), 40);
    expect(lines).toHaveLength(2 * (words.length + 1) + 1);
    expect(lines[0]).toBe("    ····5···10···15···20  entropy");
    expect(lines[1]).toBe("▸ a        █              0.00 bit   0 %");
    expect(lines[words.length + 2]).toBe("    ···  entropy");
  });

  it("says what its entropy means, also of a single word", () => {
    expect(entropyUnit(4)).toBe("entropy: 0 % = all on one word, 100 % = even on all 4 (2.00 bit)");
    expect(entropyUnit(1)).toBe("entropy: a single word leaves no choice");
  });
});

describe("the blend", () => {
  const partsOf = (weights: number[], labels: string[]) =>
    explainWeights([weights], { tokens: ["query"], keyTokens: labels })
      .head(0)
      .blend(0)
      .map((segment) => ({ ...segment, label: segment.token, word: segment.keyIndex }));

  it("fills the width with segments as long as the weights", () => {
    const parts = partsOf([0.25, 0.7, 0.05], ["river", "bank", "the"]);
    const [bar, labels] = blend(parts, 40, plain);
    expect(bar).toBe("█".repeat(10) + "▒".repeat(28) + "▓".repeat(2));
    expect(labels).toBe("  river            bank 70 %");
  });

  it("loses no column to rounding", () => {
    const parts = partsOf(Array<number>(7).fill(1 / 7), Array<string>(7).fill("x"));
    for (const width of [1, 10, 76]) expect(blend(parts, width, plain)[0]).toHaveLength(width);
  });
});

describe("text", () => {
  it("is measured in columns", () => {
    expect(textWidth("bank")).toBe(4);
    expect(textWidth("▁漢字")).toBe(5);
    expect(textWidth("e\u0301")).toBe(1);
    expect(textWidth("🙂")).toBe(2);
    expect(textWidth("👩‍👩‍👧")).toBe(2);
    expect(padEnd("漢", 4)).toBe("漢  ");
    expect(truncate("flooded", 5)).toBe("floo…");
    expect(truncate("漢字漢字", 4)).toBe("漢…");
  });
});

describe("colour", () => {
  it("is for terminals, unless the environment decides", () => {
    expect(wantsColour(true, { TERM: "xterm" })).toBe(true);
    expect(wantsColour(false, { TERM: "xterm" })).toBe(false);
    expect(wantsColour(true, { TERM: "dumb" })).toBe(false);
    expect(wantsColour(true, { NO_COLOR: "1" })).toBe(false);
    expect(wantsColour(true, { NO_COLOR: "" })).toBe(true);
    expect(wantsColour(false, { FORCE_COLOR: "1" })).toBe(true);
    expect(wantsColour(true, { FORCE_COLOR: "0" })).toBe(false);
  });

  it("of a cell leaves its number legible", () => {
    expect(colours.heat("9", 0)).toContain("38;5;255;48;5;17");
    expect(colours.heat("9", 1)).toContain("38;5;16;48;5;227");
  });
});
