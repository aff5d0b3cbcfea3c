import { MATRIX_MARGIN, matrixLine, shadeOf, type MatrixInput } from "./matrix.js";

/**
 * The whole matrix of a long sentence: two columns for each word, or one, shades only. What does not fit
 * side by side follows in another panel below.
 */
export function shadeMatrix(input: Omit<MatrixInput, "cell">, width: number): string[] {
  const { matrix, labels, paint } = input;
  const count = matrix.keys.length;
  const strongest = Math.max(...matrix.weights.flat());
  const space = width - labels.width - MATRIX_MARGIN;
  const cell = 2 * count <= space ? 2 : 1;
  const perPanel = Math.floor(space / cell / 10) * 10 || 10;
  const draw = (weight: number) => {
    const strength = weight / strongest;
    return paint.inColour ? paint.heat(" ".repeat(cell), strength) : shadeOf(strength).repeat(cell);
  };
  const lines: string[] = [];
  for (let first = 0; first < count; first += perPanel) {
    const end = Math.min(first + perPanel, count);
    if (first > 0) lines.push("");
    lines.push(`${" ".repeat(labels.width + 3)}${ruler(first, end, cell)}  entropy`);
    matrix.weights.forEach((row, i) => {
      lines.push(matrixLine(input, i, row.slice(first, end).map(draw).join("")));
    });
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
