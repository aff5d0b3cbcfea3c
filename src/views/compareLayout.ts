import { about, bar, differenceOf, head } from "./compareBars.js";
import type { ComparedRow } from "./compareRows.js";
import { group, text } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/** What is laid out. */
export interface CompareParts {
  readonly rows: readonly ComparedRow[];
  readonly names: readonly [string, string];
  /** The position of each word among its keys; −1 if it is none of them. */
  readonly own: readonly [number, number];
  /** The position of the query in the first view. */
  readonly query: number;
  readonly width: number;
}

interface Laid {
  readonly marks: readonly Mark[];
  readonly height: number;
}

const numberWidth = 72;
const differenceWidth = 92;

/** Bars to the left and to the right of the words. */
export function mirrored({ rows, names, own, query, width }: CompareParts): Laid {
  const top = 34;
  const rowHeight = rows.length > 16 ? 28 : 38;
  const longest = Math.max(...rows.map((row) => textWidth(row.text, 15, 600)));
  const room = Math.min(width * 0.22, longest + 28);
  const full = (width - room - differenceWidth - 2 * numberWidth) / 2;
  const left = numberWidth + full;
  const right = left + room;
  const marks = rows.map((row, n): Mark => {
    const strong = row.a?.key === own[0] || row.b?.key === own[1];
    const weight = strong ? 600 : 400;
    const middle = rowHeight / 2;
    const box = { y: 5, height: rowHeight - 10 };
    return group(
      `row-${row.id}`,
      0,
      top + n * rowHeight,
      [
        ...bar(`a-${row.id}`, row.a, row.paint, { ...box, x: left, full, to: -1 }, strong),
        ...bar(`b-${row.id}`, row.b, row.paint, { ...box, x: right, full, to: 1 }, strong),
        text(`name-${row.id}`, (left + right) / 2, middle, fit(row.text, room - 10, 15, weight), {
          anchor: "middle",
          weight,
        }),
        differenceOf(row, width, middle),
      ],
      about(row, names, query),
    );
  });
  const heads = [
    head("a-head", left, fit(names[0], left, 13), "end"),
    head("b-head", right, fit(names[1], full + numberWidth - 12, 13), "start"),
    head("difference-head", width, "difference", "end"),
  ];
  return { marks: [...heads, ...marks], height: top + rows.length * rowHeight + 2 };
}

/** The two bars of a word under each other, for a narrow page. */
export function stacked({ rows, names, own, query, width }: CompareParts): Laid {
  const [top, rowHeight, high] = [50, 66, 16];
  const full = width - numberWidth;
  const marks = rows.map((row, n): Mark => {
    const strong = row.a?.key === own[0] || row.b?.key === own[1];
    const weight = strong ? 600 : 400;
    const box = { x: 0, full, to: 1, height: high } as const;
    return group(
      `row-${row.id}`,
      0,
      top + n * rowHeight,
      [
        text(`name-${row.id}`, 0, 12, fit(row.text, width - differenceWidth - 8, 15, weight), {
          weight,
        }),
        differenceOf(row, width, 12),
        ...bar(`a-${row.id}`, row.a, row.paint, { ...box, y: 23 }, strong),
        ...bar(`b-${row.id}`, row.b, row.paint, { ...box, y: 23 + high + 3 }, strong),
      ],
      about(row, names, query),
    );
  });
  const heads = names.map((name, n) => {
    const what = n === 0 ? "upper bar" : "lower bar";
    return head(
      n === 0 ? "a-head" : "b-head",
      0,
      fit(`${what}: ${name}`, width, 13),
      "start",
      10 + n * 19,
    );
  });
  return { marks: [...heads, ...marks], height: top + rows.length * rowHeight };
}
