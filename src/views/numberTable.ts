import { group, line, rect, text } from "./marks.js";
import { textWidth } from "./textWidth.js";
import type { Mark, Paint } from "./types.js";

/** Numbers of each dimension: `query`, in its colour. */
export interface Column {
  readonly head: string;
  readonly values: ArrayLike<number>;
  readonly paint: (value: number) => Paint;
  /** The number that a bar is as long for as there is room. Columns that are compared have the same. */
  readonly most: number;
  /** What stands before it: `×`, `=`. */
  readonly sign?: string;
}

/** Where rows and columns of a table are. */
export interface Layout {
  readonly size: number;
  readonly rowHeight: number;
  /** Where the numbers of the last column end. */
  readonly numberEnd: number;
}

const rowHeight = 26;
const signWidth = 22;
const widest = 760;

/** Dimensions, a row each: its number, and of each column a value and a bar to the left or the right of 0. */
export function numberTable(
  id: string,
  dimensions: readonly number[],
  columns: readonly Column[],
  top: number,
  width: number,
): { readonly marks: readonly Mark[]; readonly bottom: number; readonly layout: Layout } {
  const size = width >= 520 ? 15 : 13;
  const left = width >= 520 ? 106 : 30;
  const between = signWidth * (columns.length - 1);
  const room = (Math.min(width, widest) - left - between) / columns.length;
  const numberWidth = textWidth("−0.000", size);
  const starts = columns.map((_, n) => left + n * (room + signWidth));
  const head = (name: string, x: number, anchor: "start" | "end"): Mark =>
    text(`${id}-head-${name}`, x, top + 9, name, { size: 13, fill: "soft", anchor });
  const first = top + 22;
  const bottom = first + dimensions.length * rowHeight;
  const middle = rowHeight / 2;
  const heads = columns.map(({ head: name }, n) => head(name, starts[n] + numberWidth, "end"));
  const zeros: Mark[] = [];

  const rows = dimensions.map((d, n): Mark => {
    const cells = columns.flatMap(({ values, paint, most, sign }, c): Mark[] => {
      const value = values[d];
      const x = starts[c];
      const from = x + numberWidth + 8;
      const half = (x + room - 4 - from) / 2;
      const zero = from + half;
      const part = most > 0 && Number.isFinite(value) ? value / most : 0;
      const long = Math.min(1, Math.abs(part)) * half;
      const box = { x: part < 0 ? zero - long : zero, y: 6, width: long, height: rowHeight - 12 };
      if (n === 0) zeros.push(line(`${id}-zero-${c}`, [zero, first], [zero, bottom], "soft"));
      const style = { size, anchor: "end" } as const;
      return [
        ...(sign === undefined
          ? []
          : [text(`${id}-sign-${c}-${d}`, x - signWidth / 2 - 3, middle, sign, { size, fill: "soft", anchor: "middle" })]),
        text(`${id}-number-${c}-${d}`, x + numberWidth, middle, exactly(value), style),
        rect(`${id}-bar-${c}-${d}`, box, paint(value), { rx: Math.min(2, long / 2) }),
      ];
    }); // prettier-ignore
    const said = columns.map(({ head, values }) => `${head} ${exactly(values[d])}`).join(", ");
    const name = width >= 520 ? `dimension ${d}` : String(d);
    const shown = text(`${id}-name-${d}`, 0, middle, name, { size: 13, fill: "soft" });
    return group(`${id}-${d}`, 0, first + n * rowHeight, [shown, ...cells], {
      target: { dimension: d },
      label: `dimension ${d}: ${said}`,
    });
  });
  return {
    marks: [...(width >= 520 ? [] : [head("d", 0, "start")]), ...heads, ...zeros, ...rows],
    bottom,
    layout: { size, rowHeight, numberEnd: starts.at(-1)! + numberWidth },
  };
}

/** Three digits, with a true minus sign. */
export function exactly(x: number): string {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return "–";
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞";
  const plain = size >= 1000 || (size > 0 && size < 0.001);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3;
  return (plain ? x.toExponential(1) : x.toFixed(digits)).replaceAll("-", "−");
}

/** The dimensions with the largest numbers, above or below 0, the largest first. */
export function strongest(values: ArrayLike<number>, count: number): number[] {
  return Array.from(values, (_, d) => d)
    .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b)
    .slice(0, count);
}

/** How far a number of any of these is from 0 at most. */
export function mostOf(...lists: readonly ArrayLike<number>[]): number {
  return lists.reduce(
    (most, list) =>
      Array.from(list).reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), most),
    0,
  );
}
