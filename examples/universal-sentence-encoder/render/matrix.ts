import type { Entropy } from "../entropy.js";
import { percent } from "./numbers.js";
import type { Paint } from "./paint.js";
import { center, padEnd } from "./textWidth.js";

export interface MatrixRow {
  readonly label: string;
  readonly weights: readonly number[];
  readonly entropy: Entropy;
  /** The row of the word that the rest of the screen is about. */
  readonly chosen: boolean;
}

/** Columns that a row takes besides its label and its cells. */
export const MATRIX_MARGIN = 19;
/** "█37 ": the narrowest cell that holds a shade and a number. */
export const NARROWEST_CELL = 4;

const SHADES = [" ", "░", "▒", "▓", "█"];

/** A heading and a line for each row: weights in per cent, shaded, and the row's entropy. */
export function matrix(
  headings: readonly string[],
  rows: readonly MatrixRow[],
  { cell, labelWidth, paint }: { cell: number; labelWidth: number; paint: Paint },
): string[] {
  const strongest = Math.max(...rows.flatMap(({ weights }) => weights));
  // A number stands above numbers, a word above its column's left edge.
  const align = (text: string) =>
    paint.inColour
      ? center(text, cell)
      : padEnd(/^\d+$/u.test(text) ? text.padStart(3) : text, cell);
  const draw = (weight: number) => {
    const strength = weight / strongest;
    if (paint.inColour) return paint.heat(center(percent(weight).padStart(2), cell), strength);
    const shade = shadeOf(strength).repeat(cell < 6 ? 1 : 2);
    return padEnd(shade + percent(weight).padStart(cell < 6 ? 2 : 3), cell);
  };
  return [
    `${" ".repeat(labelWidth + 3)}${headings.map((text) => align(text)).join("")}  entropy`,
    ...rows.map(({ label, weights, entropy, chosen }) => {
      const text = `${chosen ? "▸" : " "} ${padEnd(label, labelWidth)} `;
      const spread = `${entropy.bits.toFixed(2)} bit ${percent(entropy.normalized).padStart(3)} %`;
      return `${chosen ? paint.bold(text) : text}${weights.map(draw).join("")}  ${spread}`;
    }),
  ];
}

/** Five steps from a space to a full block, for a strength from 0 to 1. */
export function shadeOf(strength: number): string {
  return SHADES[Math.min(Math.floor(strength * SHADES.length), SHADES.length - 1)];
}
