import type { Entropy } from "../entropy.js";
import { percent } from "./percent.js";
import type { Paint } from "./paint.js";
import { center, padEnd } from "./textWidth.js";

export interface MatrixRow {
  readonly label: string;
  readonly weights: readonly number[];
  /** The weight on words that have no column; drawn without shade, for it is no single word's. */
  readonly rest?: number;
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
  // A number stands above numbers, a word above its column's left edge.
  const align = (text: string) =>
    paint.inColour
      ? center(text, cell)
      : padEnd(/^\d+$/u.test(text) ? text.padStart(3) : text, cell);
  const strongest = Math.max(...rows.flatMap(({ weights }) => weights));
  const draw = (weight: number) => {
    const strength = weight / strongest;
    if (paint.inColour) return paint.heat(center(percent(weight).padStart(2), cell), strength);
    const shade = shadeOf(strength).repeat(cell < 6 ? 1 : 2);
    return padEnd(shade + percent(weight).padStart(cell < 6 ? 2 : 3), cell);
  };
  const foldsWords = rows.some(({ rest }) => rest !== undefined);
  const head = headings.map(align).join("") + (foldsWords ? " rest" : "");
  return [
    `${" ".repeat(labelWidth + 3)}${head}  entropy`,
    ...rows.map(({ label, weights, rest, entropy, chosen }) => {
      const text = `${chosen ? "▸" : " "} ${padEnd(label, labelWidth)} `;
      const spread = `${entropy.bits.toFixed(2)} bit ${percent(entropy.normalized).padStart(3)} %`;
      const others = rest === undefined ? "" : percent(rest).padStart(5);
      const cells = weights.map(draw).join("") + others;
      return `${chosen ? paint.bold(text) : text}${cells}  ${spread}`;
    }),
  ];
}

/** Five steps from a space to a full block, for a strength from 0 to 1. */
export function shadeOf(strength: number): string {
  return SHADES[Math.min(Math.floor(strength * SHADES.length), SHADES.length - 1)];
}
