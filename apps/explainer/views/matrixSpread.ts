import { scaleLinear } from "d3-scale";
import type { Context } from "./context.js";
import type { Layout } from "./matrixLayout.js";
import { textWidth } from "./textWidth.js";

/** Beside each row how much it selects: a line from that of an even row, on the right, to its own entropy. */
export function drawSpread(
  { svg, reading }: Context,
  { left, top, cell, high, whole }: Layout,
  choices: (i: number) => number,
  spread: (i: number) => string,
): void {
  const { queries, keys, normalizedEntropy } = reading.matrix;
  const even = whole - 56;
  const least = Math.min(...normalizedEntropy.filter((_, i) => choices(i) > 1), 0.9);
  const x = scaleLinear([least, 1], [left + cell * keys.length + 14, even]);
  const rows = svg
    .selectAll<SVGGElement, { index: number }>("g.query")
    .filter(({ index }) => choices(index) > 1);
  rows
    .append("path")
    .attr("class", "spread")
    .attr("d", ({ index }) => `M${even},${high / 2}H${x(normalizedEntropy[index])}`);
  rows
    .append("circle")
    .attr("class", "spread")
    .attr("r", Math.min(4.5, high / 3))
    .attr("cx", ({ index }) => x(normalizedEntropy[index]))
    .attr("cy", high / 2);
  // Outside of the rows: a button is named by the texts in it.
  svg
    .selectAll("text.entropy")
    .data(queries)
    .join("text")
    .attr("class", "entropy number end")
    .attr("x", whole - 6)
    .attr("y", (_, i) => top + (i + 0.5) * high)
    .text((_, i) => spread(i));
  svg
    .append("text")
    .attr("class", "head end")
    .attr("x", whole - 6)
    .attr("y", top - 12)
    .text(textWidth("entropy", 13) < whole - left - cell * keys.length ? "entropy" : "");
}
