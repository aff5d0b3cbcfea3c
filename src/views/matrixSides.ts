import type { WeightsView } from "../explain/index.js";
import { inside, percent } from "./format.js";
import { group, line, rect, round, text } from "./marks.js";
import { keySize, type MatrixLayout } from "./matrixLayout.js";
import type { Pairs } from "./pairs.js";
import { fit } from "./textWidth.js";
import type { Mark } from "./types.js";

/** The names of the keys, above their columns. */
export function columnNames({ keys }: Pairs, layout: MatrixLayout, chosen?: number): Mark {
  const { left, top, cell, width, room } = layout;
  const names = keys.map((name, j): Mark => {
    const weight = j === chosen ? 600 : 400;
    const shown = fit(name, room(j), keySize, weight);
    const more = { target: { key: j }, label: name };
    return above(`key-${j}`, left + (j + 0.5) * cell, shown, layout, { weight }, more);
  });
  const ground = rect("columns-ground", { x: 0, y: 0, width, height: top - 1 }, "ground");
  const end = layout.right + 14;
  const spread = layout.slanted
    ? above("spread-head", end + 6, "spread", layout, { fill: "soft" })
    : group("spread-head", end, top - 14, [
        text("spread-head-name", 0, 0, "spread", { size: keySize, fill: "soft" }),
      ]);
  return group("columns", 0, 0, [ground, ...names, spread]);
}

/** A name above a column: slanted, or in its middle. */
function above(
  id: string,
  x: number,
  name: string,
  { top, slanted }: MatrixLayout,
  style: { readonly weight?: number; readonly fill?: "soft" },
  more: Pick<Mark, "target" | "label"> = {},
): Mark {
  const shown = text(`${id}-name`, 0, 0, name, {
    size: keySize,
    anchor: slanted ? "start" : "middle",
    ...style,
  });
  if (!slanted) return group(id, x, top - 14, [shown], more);
  const transform = `translate(${round(x)},${top - 8}) rotate(-45)`;
  return { ...group(id, 0, 0, [shown], more), attributes: { transform } };
}

/** Beside each row how widely it spreads: from one key to all alike. */
export function spreadMarks(view: WeightsView, pairs: Pairs, layout: MatrixLayout): Mark[] {
  const { top, cell, right, line: full } = layout;
  const { queries, choices, spread } = pairs;
  const from = right + 14;
  return queries.map((name, i): Mark => {
    const some = choices[i] > 1 && !Number.isNaN(spread[i]);
    const marks: Mark[] = [];
    if (full > 0 && some) {
      const to = from + full * spread[i];
      marks.push(
        line(`spread-room-${i}`, [from, cell / 2], [from + full, cell / 2], "line", {
          "stroke-width": 4,
          "stroke-linecap": "round",
        }),
        line(`spread-line-${i}`, [from, cell / 2], [to, cell / 2], "soft", {
          "stroke-width": 4,
          "stroke-linecap": "round",
        }),
      );
    }
    const number = some ? percent(spread[i]) : "–";
    const x = from + full + (full && 10);
    marks.push(text(`spread-${i}`, x, cell / 2, number, { size: 13, fill: "soft" }));
    const wide = `as wide as ${view.effectiveKeys(i).toFixed(1)} of ${choices[i]} keys alike`;
    const what = some ? `spread ${number}, ${wide}` : "no choice";
    return group(`spread-row-${i}`, 0, top + i * cell, marks, {
      target: { query: i },
      label: `${inside(name)}: ${what}`,
    });
  });
}
