import { describe, showShape, typeError } from "./errors.js";
import { nest } from "./nested.js";
import { checkOptions } from "./options.js";
import { dtypeOf, readBooleans, readTensor } from "./readTensor.js";
import type { FloatArray, NestedNumbers, Tensor, TensorLike, TensorView } from "./types.js";

/** Options of {@link format}. */
export interface FormatOptions {
  /** Digits after the decimal point, 0 to 20. Default 4. */
  digits?: number;
}

// More entries of one axis than this are shortened to the first and last three.
const longest = 12;

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
  x: TensorLike | TensorView<Uint8Array>,
  options: FormatOptions = {},
): string {
  checkOptions("format", options, ["digits"]);
  const { digits = 4 } = options;
  if (!Number.isInteger(digits) || digits < 0 || digits > 20) {
    throw typeError({
      fn: "format",
      argument: "options.digits",
      expected: "an integer from 0 to 20",
      got: describe(digits),
    });
  }
  const view: Tensor =
    dtypeOf(x) === "bool" ? readBooleans(x, "format", "x") : readTensor(x, "format", "x");
  const show = (value: number): string =>
    view.dtype === "bool" || !Number.isFinite(value) ? String(value) : value.toFixed(digits);
  const rows: { cells: string[]; gap: number }[] = [];
  collectRows(nest(view as TensorView<FloatArray>), show, rows, 0);
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

/** Rows of the last axis; between blocks of outer axes one empty line. */
function collectRows(
  node: NestedNumbers,
  show: (value: number) => string,
  rows: { cells: string[]; gap: number }[],
  gap: number,
): void {
  if (typeof node === "number") {
    rows.push({ cells: [show(node)], gap });
  } else if (node.every((inner) => typeof inner === "number")) {
    rows.push({ cells: shorten(node as number[], show), gap });
  } else {
    const outer = Array.isArray((node[0] as readonly NestedNumbers[])[0]);
    node.forEach((inner, i) => {
      if (node.length > longest && i >= 3 && i < node.length - 3) {
        if (i === 3) rows.push({ cells: ["..."], gap: outer ? 1 : 0 });
      } else {
        collectRows(inner, show, rows, i === 0 ? gap : outer ? 1 : 0);
      }
    });
  }
}

function shorten(numbers: readonly number[], show: (value: number) => string): string[] {
  if (numbers.length <= longest) return numbers.map(show);
  return [...numbers.slice(0, 3).map(show), "...", ...numbers.slice(-3).map(show)];
}
