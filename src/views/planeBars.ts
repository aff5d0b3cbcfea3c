import { inside, percent } from "./format.js";
import { group, rect, text } from "./marks.js";
import { fit, textWidth } from "./textWidth.js";
import type { Mark, Paint } from "./types.js";

/** What the bars beside a plane show. */
export interface PlaneBars {
  readonly query: number;
  readonly name: string;
  readonly keys: readonly string[];
  readonly weights: readonly number[];
  /** Why a key is blocked; empty if it is not. */
  readonly reasons: readonly string[];
  readonly marked: number | undefined;
  readonly paint: (key: number) => Paint;
}

const [size, rowHeight, top] = [14, 26, 30];
const numberWidth = 70;
/** More keys than the first are too many for a bar each; then the second number has one. */
const [most, shown] = [20, 12];

/** The keys that have a bar: all, or those with the largest weights; in the order of the text. */
export function strongest(weights: readonly number[], count = shown): number[] {
  const all = [...weights.keys()];
  if (weights.length <= most) return all;
  const order = all.sort((a, b) => (weights[b] || 0) - (weights[a] || 0) || a - b);
  return order.slice(0, count).sort((a, b) => a - b);
}

/** The weights of a query, on a scale from 0 to 100 %. */
export function planeBars(of: PlaneBars, width: number): { marks: Mark[]; height: number } {
  const { query, keys, weights, reasons, marked, paint } = of;
  const these = strongest(weights);
  const others = keys.length - these.length;
  const rest = others > 0 ? `${others} others` : "";
  const longest = Math.max(
    ...[...these.map((j) => keys[j]), rest].map((it) => textWidth(it, size, 600)),
  );
  const left = Math.min(width * 0.42, longest + 12);
  const full = width - numberWidth - left;
  const bar = { x: left, y: 4, height: rowHeight - 8 };

  const row = (id: string, at: number, name: string, weight: number, more: RowLook): Mark => {
    const long = weight > 0 ? Math.max(1, weight * full) : 0;
    const { fill, chosen = false, reason = "", ...extra } = more;
    const number = reason === "" ? percent(weight) : "blocked";
    const style = { size, weight: chosen ? 600 : 400 };
    const soft = fill === "line" || reason !== "" ? ("soft" as const) : ("ink" as const);
    return group(
      `row-${id}`,
      0,
      top + at * rowHeight,
      [
        text(`name-${id}`, left - 10, rowHeight / 2, fit(name, left - 12, size, style.weight), {
          ...style,
          anchor: "end",
          fill: soft,
        }),
        rect(`room-${id}`, { ...bar, width: full }, "line", { rx: 3, opacity: 0.25 }),
        rect(`bar-${id}`, { ...bar, width: long }, fill, {
          rx: 3,
          stroke: chosen ? "ink" : "none",
          "stroke-width": chosen ? 2 : 1.2,
        }),
        text(`number-${id}`, left + long + 8, rowHeight / 2, number, { ...style, fill: soft }),
      ],
      { ...extra, label: `${inside(name)}: ${reason === "" ? number : `blocked, ${reason}`}` },
    );
  };
  const rows = these.map((j, at) =>
    row(String(j), at, keys[j], weights[j], {
      fill: paint(j),
      chosen: j === marked,
      reason: reasons[j],
      target: { query, key: j },
      choice: j === marked ? "chosen" : "open",
    }),
  );
  const sum = weights.reduce((all, weight, j) => (these.includes(j) ? all : all + weight), 0);
  if (others > 0) rows.push(row("others", these.length, rest, sum, { fill: "line" }));
  const title = fit(`“${inside(of.name)}” attends to`, width, 14, 600);
  return {
    marks: [text("bars-title", 0, 12, title, { size: 14, weight: 600 }), ...rows],
    height: top + rows.length * rowHeight,
  };
}

interface RowLook extends Pick<Mark, "target" | "choice"> {
  readonly fill: Paint;
  readonly chosen?: boolean;
  readonly reason?: string;
}
