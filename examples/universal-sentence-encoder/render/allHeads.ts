import { entropyUnit } from "./entropyUnit.js";
import { labelWords } from "./labels.js";
import { matrix, MATRIX_MARGIN, NARROWEST_CELL } from "./matrix.js";
import { percent } from "./percent.js";
import { section } from "./section.js";
import type { Frame, TitledView } from "./screen.js";
import { shadeMatrix } from "./shadeMatrix.js";
import { printable, truncate } from "./textWidth.js";

/** The matrix of every layer and head, one below the other, no word left out. */
export function allHeads(
  { sentence, words, chosen, notes, width, paint }: Frame,
  views: readonly TitledView[],
): string[] {
  const space = width - 12 - MATRIX_MARGIN;
  const cell = Math.min(Math.floor(space / words.length), 9);
  const labels = labelWords(words, cell, 12);
  const lines = [
    paint.bold("Universal Sentence Encoder Lite"),
    truncate(`“${printable(sentence)}”`, width),
    paint.dim(`weights in % · ${entropyUnit(words.length)}`),
  ];
  for (const { title, view } of views) {
    const input = { matrix: view.matrix(), labels, chosen, cell, paint };
    const strongest = percent(Math.max(...input.matrix.weights.flat()));
    lines.push(
      "",
      ...(cell < NARROWEST_CELL
        ? [
            section(`${title} (the strongest is ${strongest} %)`, width, paint),
            ...shadeMatrix(input, width),
          ]
        : [section(title, width, paint), ...matrix(input)]),
    );
  }
  return [...lines, ...notes.map((note) => paint.dim(truncate(`note: ${printable(note)}`, width)))];
}
