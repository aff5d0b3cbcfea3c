import { pointer } from "d3-selection";
import { inside, percent } from "../format.js";
import type { Context, Picture } from "./context.js";
import { drawCells } from "./matrixCells.js";
import { layOut } from "./matrixLayout.js";
import { drawRows } from "./matrixRows.js";
import { drawSpread } from "./matrixSpread.js";
import { fit } from "./textWidth.js";

/** All pairs: a row for each word that looks, a column for each word that is looked at. */
export function matrix(context: Context): Picture {
  const { svg, width, reading, state, tell } = context;
  const { words, where } = reading;
  const { queries, keys, weights, entropy, normalizedEntropy } = reading.matrix;
  const layout = layOut(
    queries.map(({ text }) => text),
    width,
  );
  const { left, top, cell, high, whole, height, slanted } = layout;
  svg.attr("viewBox", `0 0 ${whole} ${height}`).attr("width", whole).attr("height", height);
  const most = Math.max(...weights.flat().filter((weight) => !Number.isNaN(weight)), 1e-9);
  /** A row with one word to look at has nothing to choose from. */
  const choices = (i: number): number => (state.causal ? i + 1 : keys.length);
  const spread = (i: number): string => (choices(i) > 1 ? percent(normalizedEntropy[i]) : "–");

  drawCells(context, layout, most);
  svg
    .selectAll("text.column")
    .data(keys)
    .join("text")
    .attr("class", slanted ? "column slanted" : "column")
    .attr("transform", (_, j) => {
      const x = left + (j + 0.5) * cell;
      return slanted
        ? `translate(${x + 3}, ${top - 9}) rotate(-55)`
        : `translate(${x}, ${top - 12})`;
    })
    .text(({ text }) => fit(text, 120, 14));
  drawRows(context, layout, spread);
  drawSpread(context, layout, choices, spread);
  svg.on("pointermove pointerdown", (event: PointerEvent) => {
    const [x, y] = pointer(event, svg.node());
    const [i, j] = [Math.floor((y - top) / high), Math.floor((x - left) / cell)];
    if (i < 0 || i >= queries.length) return;
    const query = inside(queries[i].text);
    if (j < 0 || j >= keys.length) {
      const even = Math.log2(choices(i)).toFixed(2);
      tell(`${query}: entropy ${entropy[i].toFixed(2)} bit, of at most ${even}`);
      return;
    }
    const later = words.why(i, j).blocked ? ", blocked: it comes later" : "";
    tell(`${query} → ${inside(keys[j].text)}: ${percent(weights[i][j])}${later}`);
  });

  return {
    title: "What every word attends to",
    caption:
      `In ${where}. ${layout.numbers ? "Numbers are per cent; a" : `The darkest is ${percent(most)}; a`} row adds up to 100 %. ` +
      `Beside it its entropy: the longer the line, the more the word selects; at 100 % it looks at all alike. Words like ` +
      `“the” tend to look around, words with content to choose.`,
    table: () => ({
      columns: ["Word", ...keys.map(({ text }) => text), "Entropy", "Of an even row"],
      rows: queries.map(({ text, index }) => [
        text,
        ...weights[index].map(percent),
        `${entropy[index].toFixed(2)} bit`,
        spread(index),
      ]),
    }),
    data: () => ({ where, rows: words.tidy(), entropy, normalizedEntropy }),
  };
}
