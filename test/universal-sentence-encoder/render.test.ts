import { describe, expect, it } from "vitest";
import { entropy } from "../../examples/universal-sentence-encoder/entropy.js";
import { bars, solid } from "../../examples/universal-sentence-encoder/render/bars.js";
import { blend } from "../../examples/universal-sentence-encoder/render/blend.js";
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
  const weights = [
    [1, 0],
    [0.5, 0.5],
  ];
  const rows = weights.map((row, i) => ({
    label: "ab"[i],
    weights: row,
    entropy: entropy(row),
    chosen: i === 1,
  }));

  it("has a shade and a number in each cell, and the entropy of each row", () => {
    expect(matrix(["a", "b"], rows, { cell: 7, labelWidth: 1, paint: plain })).toEqual([
      "    a      b        entropy",
      "  a ██100      0    0.00 bit   0 %",
      "▸ b ▒▒ 50  ▒▒ 50    1.00 bit 100 %",
    ]);
  });

  it("of a long sentence is shades, in panels side by side as far as they fit", () => {
    const count = 23;
    const row = Array.from({ length: count }, (_, j) => (j === 7 ? 1 : 0));
    const many = row.map((_, i) => ({
      label: "x",
      weights: row,
      entropy: entropy(row),
      chosen: i === 0,
    }));
    const lines = shadeMatrix(many, { width: 40, labelWidth: 1, paint: plain });
    expect(lines).toHaveLength(2 * (count + 1) + 1);
    expect(lines[0]).toBe("    ····5···10···15···20  entropy");
    expect(lines[1]).toBe("▸ x        █              0.00 bit   0 %");
    expect(lines[count + 2]).toBe("    ···  entropy");
  });
});

describe("the blend", () => {
  it("fills the width with segments as long as the weights", () => {
    const [bar, labels] = blend(
      [
        { label: "river", weight: 0.25, word: 0 },
        { label: "bank", weight: 0.7, word: 1 },
        { label: "the", weight: 0.05, word: 2 },
      ],
      40,
      plain,
    );
    expect(bar).toBe("█".repeat(10) + "▒".repeat(28) + "▓".repeat(2));
    expect(labels).toBe("  river            bank 70 %");
  });

  it("loses no column to rounding", () => {
    const segments = Array.from({ length: 7 }, (_, word) => ({ label: "x", weight: 1 / 7, word }));
    for (const width of [1, 10, 76]) expect(blend(segments, width, plain)[0]).toHaveLength(width);
  });
});

describe("entropy", () => {
  it("is 0 on one word and 1 when even", () => {
    expect(entropy([0, 1, 0])).toEqual({ bits: 0, normalized: 0 });
    expect(entropy([0.25, 0.25, 0.25, 0.25])).toEqual({ bits: 2, normalized: 1 });
    expect(entropy([1])).toEqual({ bits: 0, normalized: 0 });
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
