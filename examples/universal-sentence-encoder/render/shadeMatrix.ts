import { percent } from "./percent.js";
import { MATRIX_MARGIN, shadeOf, type MatrixRow } from "./matrix.js";
import type { Paint } from "./paint.js";
import { padEnd } from "./textWidth.js";

/**
 * The whole matrix of a long sentence: two columns for each word, or one, shades only. What does not fit
 * side by side follows in another panel below.
 */
export function shadeMatrix(
  rows: readonly MatrixRow[],
  { width, labelWidth, paint }: { width: number; labelWidth: number; paint: Paint },
): string[] {
  const strongest = Math.max(...rows.flatMap(({ weights }) => weights));
  const space = width - labelWidth - MATRIX_MARGIN;
  const cell = 2 * rows.length <= space ? 2 : 1;
  const perPanel = Math.floor(space / cell / 10) * 10 || 10;
  const lines: string[] = [];
  for (let first = 0; first < rows.length; first += perPanel) {
    const end = Math.min(first + perPanel, rows.length);
    if (first > 0) lines.push("");
    lines.push(`${" ".repeat(labelWidth + 3)}${ruler(first, end, cell)}  entropy`);
    for (const { label, weights, entropy, chosen } of rows) {
      const text = `${chosen ? "▸" : " "} ${padEnd(label, labelWidth)} `;
      const cells = weights.slice(first, end).map((weight) => {
        const strength = weight / strongest;
        return paint.inColour
          ? paint.heat(" ".repeat(cell), strength)
          : shadeOf(strength).repeat(cell);
      });
      const spread = `${entropy.bits.toFixed(2)} bit ${percent(entropy.normalized).padStart(3)} %`;
      lines.push(`${chosen ? paint.bold(text) : text}${cells.join("")}  ${spread}`);
    }
  }
  return lines;
}

/** "····5···10···15": the numbers of the words first + 1 … end, each ending above its column. */
function ruler(first: number, end: number, cell: number): string {
  let text = "";
  for (let column = first + 5; column <= end; column += 5)
    text += String(column).padStart(5 * cell, "·");
  return text.padEnd(cell * (end - first), "·");
}
