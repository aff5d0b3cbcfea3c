import { textWidth } from "./textWidth.js";

/** Where the parts of the matrix lie, in CSS pixels. */
export interface Layout {
  /** Where the cells begin. */
  readonly left: number;
  readonly top: number;
  /** The size of a cell. */
  readonly cell: number;
  readonly high: number;
  /** The size of the picture: wider than its place if there are many words. */
  readonly whole: number;
  readonly height: number;
  /** Whether the names of columns are slanted. */
  readonly slanted: boolean;
  /** Whether there is room for numbers in the cells. */
  readonly numbers: boolean;
}

const [smallest, largest] = [16, 132];

/** Lays out the matrix of some words in a width. */
export function layOut(words: readonly string[], width: number): Layout {
  const count = words.length;
  const longest = Math.max(...words.map((text) => textWidth(text, 14, 700)));
  const left = Math.min(width * 0.3, longest + 16);
  const right = Math.min(240, Math.max(92, width * 0.22));
  const cell = Math.max(smallest, Math.min(largest, (width - left - right) / count));
  const high = Math.min(52, Math.max(cell, Math.min(28, 12 + cell)));
  const slanted = longest > cell - 6;
  const top = slanted ? Math.min(longest, 120) * 0.82 + 24 : 32;
  return {
    left,
    top,
    cell,
    high,
    whole: Math.max(width, left + cell * count + right),
    height: top + high * count + 6,
    slanted,
    numbers: cell >= 24,
  };
}
