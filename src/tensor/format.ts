import { checkArguments } from "./checkArguments.js";
import { describe, showShape, typeError } from "./errors.js";
import { checkOptions } from "./options.js";
import { dtypeOf, readBooleans, readTensor } from "./readTensor.js";
import type { RowMajor, Tensor, TensorLike, TensorView } from "./types.js";

/** Options of {@link format}. */
export interface FormatOptions {
  /** Digits after the decimal point, 0 to 20. Default 4. */
  digits?: number | undefined;
}

// More entries of one axis than this are shortened to the first and last three.
const longest = 12;

/** As `Hints`. */
export const formatHints = { "write `digits`": "precision decimals places fraction_digits" };

/**
 * Writes a tensor as aligned text, with its type and shape: for reading, not for parsing.
 *
 * @param x - any tensor.
 * @param options - `digits` after the point, default 4.
 * @throws TypeError if `x` is no tensor, or `digits` is not an integer from 0 to 20.
 *
 * @example
 * ```ts
 * import { format } from "qkv";
 *
 * console.log(format([[1, -0.5], [Infinity, 0.25]], { digits: 2 }));
 * // → float32 [2, 2]
 * // →      1.00 -0.50
 * // →  Infinity  0.25
 * ```
 */
export function format(
  x: TensorLike | TensorView<Uint8Array> | RowMajor<Uint8Array | readonly boolean[]>,
  options?: FormatOptions,
): string {
  checkArguments("format", arguments.length, ["x", "options"]);
  const { digits = 4 } = checkOptions("format", options, ["digits"], formatHints);
  if (!Number.isInteger(digits) || digits < 0 || digits > 20) {
    throw typeError("format", "options.digits", "an integer from 0 to 20", describe(digits));
  }
  const view: Tensor =
    dtypeOf(x) === "bool" ? readBooleans(x, "format", "x") : readTensor(x, "format", "x");
  const show = (value: number): string =>
    view.dtype === "bool" || !Number.isFinite(value) ? String(value) : value.toFixed(digits);
  const rows: FormattedRow[] = [];
  collectRows(view, show, rows, 0, 0, view.offset);
  const widths: number[] = [];
  for (const { cells } of rows) {
    cells.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  }
  const lines = rows.map(
    ({ cells, gap }) =>
      "\n".repeat(gap) + " " + cells.map((cell, i) => cell.padStart(widths[i])).join(" "),
  );
  return [`${view.dtype} ${showShape(view.shape)}`, ...lines].join("\n");
}

interface FormattedRow {
  cells: string[];
  /** Empty lines before it. */
  gap: number;
}

/** Rows of the last axis; between blocks of outer axes one empty line. Reads only what is shown. */
function collectRows(
  view: Tensor,
  show: (value: number) => string,
  rows: FormattedRow[],
  gap: number,
  axis: number,
  offset: number,
): void {
  const { data, shape, stride } = view;
  const left = shape.length - axis;
  if (left === 0) {
    rows.push({ cells: [show(data[offset])], gap });
    return;
  }
  const shown = shownOf(shape[axis]);
  if (left === 1) {
    const cells = shown.map((i) => (i < 0 ? "..." : show(data[offset + i * stride[axis]])));
    rows.push({ cells, gap });
    return;
  }
  const between = left > 2 ? 1 : 0;
  shown.forEach((i, n) => {
    const before = n === 0 ? gap : between;
    if (i < 0) rows.push({ cells: ["..."], gap: before });
    else collectRows(view, show, rows, before, axis + 1, offset + i * stride[axis]);
  });
}

/** The indices of an axis that are shown; −1 stands for those left out. */
function shownOf(length: number): number[] {
  const indices = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from + i);
  if (length <= longest) return indices(0, length);
  return [...indices(0, 3), -1, ...indices(length - 3, 3)];
}
