import type { Matrix } from "qkv/explain";
import type { Labels } from "./labels.js";
import { percent } from "./percent.js";
import type { Paint } from "./paint.js";
import { center, padEnd } from "./textWidth.js";

export interface MatrixInput {
  readonly matrix: Matrix;
  readonly labels: Labels;
  /** The row of the word that the screen is about. */
  readonly chosen: number;
  /** Columns of a cell. */
  readonly cell: number;
  readonly paint: Paint;
}

/** Columns that a row takes besides its label and its cells. */
export const MATRIX_MARGIN = 19;
/** "█37 ": the narrowest cell that holds a shade and a number. */
export const NARROWEST_CELL = 4;

const SHADES = [" ", "░", "▒", "▓", "█"];

/**
 * A heading and a line for each of the words that are shown: weights in per cent, shaded, and the row's
 * entropy. A weight beyond theirs is that of the rest, without shade, for it is no single word's.
 */
export function matrix(
  input: MatrixInput,
  shown: readonly number[] = input.matrix.queries.map(({ index }) => index),
): string[] {
  const { matrix, labels, cell, paint } = input;
  // A number stands above numbers, a word above its column's left edge.
  const align = (text: string) =>
    paint.inColour
      ? center(text, cell)
      : padEnd(/^\d+$/u.test(text) ? text.padStart(3) : text, cell);
  const rows = shown.map((i) => matrix.weights[i].slice(0, shown.length));
  const strongest = Math.max(...rows.flat());
  const draw = (weight: number) => {
    const strength = weight / strongest;
    if (paint.inColour) return paint.heat(center(percent(weight).padStart(2), cell), strength);
    const shade = shadeOf(strength).repeat(cell < 6 ? 1 : 2);
    return padEnd(shade + percent(weight).padStart(cell < 6 ? 2 : 3), cell);
  };
  const head = shown.map((i) => align(labels.columns[i])).join("");
  const folds = matrix.keys.length > shown.length;
  return [
    `${" ".repeat(labels.width + 3)}${head}${folds ? " rest" : ""}  entropy`,
    ...shown.map((i, n) => {
      const rest = folds ? percent(matrix.weights[i][shown.length]).padStart(5) : "";
      return matrixLine(input, i, rows[n].map(draw).join("") + rest);
    }),
  ];
}

/** The line of row `i`: its label, its cells and its entropy. */
export function matrixLine(
  { matrix, labels, chosen, paint }: Omit<MatrixInput, "cell">,
  i: number,
  cells: string,
) {
  const text = `${i === chosen ? "▸" : " "} ${labels.rows[i]} `;
  const share = percent(matrix.normalizedEntropy[i]).padStart(3);
  const spread = `${matrix.entropy[i].toFixed(2)} bit ${share} %`;
  return `${i === chosen ? paint.bold(text) : text}${cells}  ${spread}`;
}

/** Five steps from a space to a full block, for a strength from 0 to 1. */
export function shadeOf(strength: number): string {
  return SHADES[Math.min(Math.floor(strength * SHADES.length), SHADES.length - 1)];
}
