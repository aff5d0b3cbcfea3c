import { path, rect, round, text } from "./marks.js";
import type { Pairs } from "./pairs.js";
import { plateOf } from "./shade.js";
import { textWidth } from "./textWidth.js";
import type { Mark } from "./types.js";

/** Cells smaller than this have no numbers. */
const least = 26;

/** The weights in per cent, where they can be read, and a dot on each pair that is blocked. */
export function numbersOf({ weights, blocked }: Pairs, cell: number): Mark[] {
  const size = cell >= 40 ? 14 : cell >= 32 ? 12 : 11;
  let dots = "";
  const marks: Mark[] = [];
  weights.forEach((row, i) => {
    row.forEach((weight, j) => {
      const [x, y] = [(j + 0.5) * cell, (i + 0.5) * cell];
      if (blocked(i, j)) dots += `M${round(x)} ${round(y)}h0`;
      else if (cell >= least && !Number.isNaN(weight))
        marks.push(...numberOf(`${i}-${j}`, x, y, weight));
    });
  });
  const dot = { stroke: "soft", "stroke-width": cell >= least ? 4 : 3, "stroke-linecap": "round" };
  return [...marks, ...(dots === "" ? [] : [path("blocked", dots, dot)])];

  function numberOf(pair: string, x: number, y: number, weight: number): Mark[] {
    const number = String(Math.round(weight * 100));
    const shown = text(`number-${pair}`, x, y, number, { size, anchor: "middle" });
    const plate = plateOf(weight);
    if (plate === 0) return [shown];
    const [width, height] = [Math.min(cell - 6, textWidth(number, size) + 8), size + 6];
    const box = { x: x - width / 2, y: y - height / 2, width, height };
    return [rect(`plate-${pair}`, box, "ground", { "fill-opacity": plate, rx: 4 }), shown];
  }
}
