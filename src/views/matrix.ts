import type { WeightsView } from "../explain/index.js";
import { readIndex } from "../explain/readArguments.js";
import { cellMarks, outlineOf } from "./cells.js";
import { inside, percent } from "./format.js";
import { classed, group, rect, still, text } from "./marks.js";
import { matrixCaption } from "./matrixCaption.js";
import { layOut, nameSize } from "./matrixLayout.js";
import { numbersOf } from "./matrixNumbers.js";
import { columnNames, spreadMarks } from "./matrixSides.js";
import { pairsOf } from "./pairs.js";
import { legend } from "./shade.js";
import { fit } from "./textWidth.js";
import type { Mark, Picture, PictureOptions } from "./types.js";

export interface MatrixOptions extends PictureOptions {
  /** The position of a query that is pointed out. */
  readonly query?: number | undefined;
  /** The position of a key that is pointed out in that query's row. */
  readonly key?: number | undefined;
}

/**
 * All pairs: a row for each query, a column for each key, each cell as dense as its weight, on a scale that stays
 * whatever the weights are. Where there are more keys than fit, the picture is wider than asked: the names of its rows
 * are in the group `names`, those of its columns in `columns` (their ids, and their classes), for a page that keeps them
 * in view.
 */
export function matrix(view: WeightsView, options: MatrixOptions = {}): Picture {
  const { width = 640, query: chosen, key } = options;
  if (chosen !== undefined) readIndex("matrix", "options.query", chosen, view.queries.length);
  if (key !== undefined) readIndex("matrix", "options.key", key, view.keys.length);
  const pairs = pairsOf(view);
  const { queries, keys, weights, spread, choices } = pairs;
  const layout = layOut(queries, keys, width);
  const { left, top, cell, right, bottom } = layout;
  const limited = choices.some((n) => n < keys.length);
  const shades = legend(0, bottom + 16, layout.width, limited);
  const spreadOf = (i: number): string => (choices[i] > 1 ? percent(spread[i]) : "–");

  const outlines: Mark[] = [];
  if (chosen !== undefined) {
    const row = { x: left, y: top + chosen * cell, width: right - left, height: cell };
    outlines.push(outlineOf("row-outline", row, 1.5));
    const at = { ...row, x: left + (key ?? 0) * cell, width: cell };
    if (key !== undefined) outlines.push(outlineOf("cell-outline", at, 3));
  }
  const names = queries.map((name, i): Mark => {
    const shown = text(
      `query-${i}-name`,
      left - 10,
      cell / 2,
      fit(name, left - 12, nameSize, 600),
      {
        size: nameSize,
        anchor: "end",
        weight: i === chosen ? 600 : 400,
      },
    );
    // Ground, so that all of it is a button, and hides the cells where a page keeps it in view.
    const box = { x: 0, y: 0, width: left - 2, height: cell };
    return group(
      `query-${i}`,
      0,
      top + i * cell,
      [rect(`query-${i}-ground`, box, "ground"), shown],
      {
        target: { query: i },
        label: `${inside(name)}, spread ${spreadOf(i)}`,
        choice: i === chosen ? "chosen" : "open",
      },
    );
  });
  const corner = rect("corner", { x: 0, y: 0, width: left - 2, height: top - 1 }, "ground");
  return {
    width: layout.width,
    height: shades.bottom + 2,
    title: "What every word attends to",
    subtitle: options.subtitle ?? view.name,
    badges: options.badges ?? [],
    caption: matrixCaption(pairs, chosen),
    marks: [
      group("cells", left, top, cellMarks(pairs, cell)),
      still(group("numbers", left, top, numbersOf(pairs, cell))),
      still(group("outlines", 0, 0, outlines)),
      ...spreadMarks(view, pairs, layout),
      classed(columnNames(pairs, layout, key), "columns"),
      classed(group("names", 0, 0, [corner, ...names]), "names"),
      shades.mark,
    ],
    table: () => ({
      columns: ["Query", ...view.keys.map(({ id }) => id), "Spread"],
      rows: view.queries.map(({ id }, i) => [
        id,
        ...weights[i].map((weight, j) => (pairs.blocked(i, j) ? "blocked" : percent(weight))),
        spreadOf(i),
      ]),
    }),
  };
}
