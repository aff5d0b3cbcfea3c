import { padEnd, padStart, printable, textWidth, truncate } from "./textWidth.js";

export interface Labels {
  /** Columns that each of `rows` takes. */
  readonly width: number;
  /** At the left of a row: "bank" or " 2 bank". */
  readonly rows: readonly string[];
  /** At the head of a column: "bank" or "2". */
  readonly columns: readonly string[];
}

/**
 * Names the words for a matrix whose cells are `cell` columns wide: with numbers if a column is too narrow
 * for its word, or a word occurs twice.
 */
export function labelWords(texts: readonly string[], cell: number, most: number): Labels {
  const words = texts.map(printable);
  const twice = new Set(words).size < words.length;
  const numbered = twice || words.some((word) => textWidth(word) > cell - 1);
  const digits = String(words.length).length;
  const rows = words.map((word, i) =>
    truncate(numbered ? `${padStart(String(i + 1), digits)} ${word}` : word, most),
  );
  const width = Math.max(...rows.map(textWidth));
  return {
    width,
    rows: rows.map((row) => padEnd(row, width)),
    columns: numbered ? words.map((_, i) => String(i + 1)) : words,
  };
}
