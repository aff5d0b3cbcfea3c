import { select } from "d3-selection";
import { percent } from "../format.js";
import type { Context } from "./context.js";
import type { Layout } from "./matrixLayout.js";
import { fit } from "./textWidth.js";

/** Marks the row of the word that looks, in a picture that is there. */
export function markRow(svg: SVGSVGElement, word: number): void {
  select(svg)
    .selectAll<SVGGElement, { index: number }>("g.query")
    .attr("class", ({ index }) => (index === word ? "query chosen" : "query"))
    .attr("aria-pressed", ({ index }) => String(index === word));
}

/** A button for each row: over its cells, so that all of it can be clicked. */
export function drawRows(
  { svg, reading, state, choose }: Context,
  { left, top, high, whole }: Layout,
  spread: (i: number) => string,
): void {
  const { queries, keys, weights } = reading.matrix;
  const mostly = (row: readonly number[]): string => {
    const first = row.indexOf(Math.max(...row));
    return first < 0 ? "nothing" : `${keys[first].text}, ${percent(row[first])}`;
  };
  const rows = svg
    .selectAll("g.query")
    .data(queries)
    .join("g")
    .attr("class", ({ index }) => (index === state.word ? "query chosen" : "query"))
    .attr("transform", (_, i) => `translate(0, ${top + i * high})`)
    .attr("role", "button")
    .attr("tabindex", 0)
    .attr("aria-pressed", ({ index }) => String(index === state.word))
    .attr(
      "aria-description",
      ({ index }) => `mostly ${mostly(weights[index])}; entropy ${spread(index)}`,
    )
    .on("click", (_, { index }) => choose(index))
    .on("keydown", (event: KeyboardEvent, { index }) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(index);
    });
  rows
    .append("rect")
    .attr("class", "hit")
    .attr("x", 1)
    .attr("width", whole - 2)
    .attr("height", high);
  rows
    .append("text")
    .attr("class", "label")
    .attr("x", left - 10)
    .attr("y", high / 2)
    .text(({ text }) => fit(text, left - 14, 14, 700));
}
