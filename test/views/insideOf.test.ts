import { describe, expect, it } from "vitest";
import type { Mark, Picture } from "qkv/views";
import { circle, group, line, path, rect, text } from "../../src/views/marks.js";
import { faultsOf } from "./insideOf.js";

const pictureOf = (...marks: Mark[]): Picture => ({
  width: 100,
  height: 100,
  title: "",
  subtitle: "",
  badges: [],
  caption: "",
  marks,
  table: () => ({ columns: [], rows: [] }),
});
const turned = (mark: Mark, x: number, y: number, angle: number): Mark => ({
  ...group(`${mark.id}-turned`, x, y, [mark]),
  attributes: { transform: `translate(${x},${y}) rotate(${angle})` },
});
const wide = { x: 0, y: 0, width: 100, height: 100 };

describe("faultsOf sees a planted", () => {
  const planted: Record<string, Mark[]> = {
    "mark beyond the right edge": [group("g", 60, 0, [rect("a", { ...wide, width: 50 }, "ink")])],
    "circle beyond the top": [circle("a", [50, 4], 6, "ink")],
    "line beyond the left edge by its pen": [
      line("a", [0, 0], [0, 50], "ink", { "stroke-width": 4 }),
    ],
    "curve beyond the bottom": [path("a", "M0,0 c10,0 20,120 30,120", { fill: "none" })],
    "text that is cut": [text("a", 60, 50, "a long word")],
    "slanted text that is cut": [turned(text("a", 0, 0, "a long word"), 80, 50, 45)],
    "id that is there twice": [text("a", 0, 20, "one"), group("g", 0, 0, [text("a", 0, 80, "x")])],
    "text on a text": [text("a", 0, 50, "one"), text("b", 20, 55, "two")],
    "slanted text on a slanted text": [
      turned(text("a", 0, 0, "one"), 20, 90, -45),
      turned(text("b", 0, 0, "two"), 25, 90, -45),
    ],
    "number that is none": [rect("a", { ...wide, x: NaN }, "ink")],
    "word that is none": [text("a", 0, 50, "undefined")],
  };
  for (const [name, marks] of Object.entries(planted)) {
    it(name, () => expect(faultsOf(pictureOf(...marks))).not.toEqual([]));
  }
});

it("what lies side by side has no fault", () => {
  const marks = [
    rect("a", wide, "ink"),
    text("b", 0, 50, "one"),
    text("c", 40, 50, "two"),
    text("d", 100, 70, "three", { anchor: "end" }),
    turned(text("e", 0, 0, "four"), 20, 90, -45),
    turned(text("f", 0, 0, "five"), 50, 90, -45),
    path("g", "M10 10h20v20h-20zm40,0l5,5", { fill: "ink" }),
  ];
  expect(faultsOf(pictureOf(...marks))).toEqual([]);
});
