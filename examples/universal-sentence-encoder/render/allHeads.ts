import { entropy, entropyUnit } from "../entropy.js";
import { labelWords } from "./labels.js";
import { matrix, MATRIX_MARGIN, NARROWEST_CELL } from "./matrix.js";
import { percent } from "./percent.js";
import type { Paint } from "./paint.js";
import { section } from "./section.js";
import { shadeMatrix } from "./shadeMatrix.js";
import { printable, truncate } from "./textWidth.js";

export interface AllHeadsInput {
  readonly sentence: string;
  readonly words: readonly string[];
  readonly chosen: number;
  /** One matrix for each: its title and `weights[query][key]`. */
  readonly matrices: readonly { title: string; weights: readonly (readonly number[])[] }[];
  readonly notes: readonly string[];
  readonly width: number;
  readonly paint: Paint;
}

/** The matrix of every layer and head, one below the other, no word left out. */
export function allHeads(input: AllHeadsInput): string[] {
  const { words, chosen, matrices, notes, width, paint } = input;
  const space = width - 12 - MATRIX_MARGIN;
  const cell = Math.min(Math.floor(space / words.length), 9);
  const labels = labelWords(words, cell, 12);
  const lines = [
    paint.bold("Universal Sentence Encoder Lite"),
    truncate(`“${printable(input.sentence)}”`, width),
    paint.dim(`weights in % · ${entropyUnit(words.length)}`),
  ];
  for (const { title, weights } of matrices) {
    const rows = weights.map((row, i) => ({
      label: labels.rows[i],
      weights: row,
      entropy: entropy(row),
      chosen: i === chosen,
    }));
    const shadesOnly = cell < NARROWEST_CELL;
    const strongest = percent(Math.max(...weights.flat()));
    const heading = shadesOnly ? `${title} (the strongest is ${strongest} %)` : title;
    const drawn = shadesOnly
      ? shadeMatrix(rows, { width, labelWidth: labels.width, paint })
      : matrix(labels.columns, rows, { cell, labelWidth: labels.width, paint });
    lines.push("", section(heading, width, paint), ...drawn);
  }
  return [...lines, ...notes.map((note) => paint.dim(truncate(`note: ${printable(note)}`, width)))];
}
