import { scaleLinear } from "d3-scale";
import { inside, percent } from "../format.js";
import type { Context, Picture } from "./context.js";
import { fit, textWidth } from "./textWidth.js";

const top = 24;
const numberWidth = 62;

/** One word: a bar for what it attends to, word by word in the order of the sentence. */
export function bars({ svg, width, reading, state }: Context): Picture {
  const { words, where } = reading;
  const row = words.row(state.word);
  const keys = [...row.keys].sort((a, b) => a.keyIndex - b.keyIndex);
  const rowHeight = keys.length > 16 ? 28 : 38;
  const longest = Math.max(...keys.map(({ key }) => textWidth(key, 15, 600)));
  const left = Math.min(width * 0.36, longest + 14);
  const most = Math.max(...keys.map(({ weight }) => weight), 1e-9);
  const x = scaleLinear([0, most], [left, width - numberWidth]);
  const height = top + keys.length * rowHeight + 6;
  svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  const choices = keys.filter(({ blocked }) => blocked !== true).length;
  if (choices > 1) drawEven(1 / choices);
  const rows = svg
    .selectAll("g.row")
    .data(keys, (key) => (key as (typeof keys)[number]).keyId)
    .join("g")
    .attr("class", (key) => (key.keyIndex === state.word ? "row self" : "row"))
    .attr("transform", (_, n) => `translate(0, ${top + n * rowHeight})`);
  rows
    .append("text")
    .attr("class", "label")
    .attr("x", left - 12)
    .attr("y", rowHeight / 2)
    .text(({ key }) => fit(key, left - 14, 15, 600));
  rows
    .append("rect")
    .attr("class", "bar")
    .attr("x", left)
    .attr("y", 5)
    .attr("height", rowHeight - 10)
    .attr("width", ({ weight }) => Math.max(x(weight) - left, weight > 0 ? 1 : 0))
    .attr("rx", 3);
  rows
    .append("text")
    .attr("class", "number")
    .attr("x", ({ weight }) => x(weight) + 8)
    .attr("y", rowHeight / 2)
    .text(({ weight, blocked }) => (blocked ? "blocked" : percent(weight)));
  const [first, second] = row.keys;
  const strongest = [first, second]
    .filter((key) => key !== undefined && key.weight > 0)
    .map(({ key, weight }) => `${inside(key)} (${percent(weight)})`);
  return {
    title: `What “${inside(row.query.text)}” attends to`,
    caption:
      `In ${where}, most of it goes to ${strongest.join(" and ")}. The bars add up to 100 %; ` +
      `the hollow one is the word itself.`,
    table: () => ({
      columns: ["Word", "Weight", "Blocked by"],
      rows: keys.map(({ key, weight, reason }) => [key, percent(weight), reason]),
    }),
    data: () => ({ query: row.query.text, where, keys }),
  };

  /** Where bars would end if the word attended to all alike. */
  function drawEven(share: number): void {
    const name = `all alike: ${percent(share)}`;
    const half = textWidth(name, 13) / 2;
    svg
      .append("path")
      .attr("class", "even")
      .attr("d", `M${x(share)},${top}V${height - 6}`);
    svg
      .append("text")
      .attr("class", "even-name")
      .attr("x", Math.min(Math.max(x(share), half), width - half))
      .attr("y", top / 2)
      .text(name);
  }
}
