import { scaleLinear } from "d3-scale";
import { clip, inside, percent } from "../format.js";
import { textWidth, type Context, type Picture } from "./context.js";

const rowHeight = 36;

/** One word: a bar for what it attends to, word by word in the order of the sentence. */
export function bars({ svg, width, reading, state }: Context): Picture {
  const { words, where } = reading;
  const row = words.row(state.word);
  const keys = [...row.keys].sort((a, b) => a.keyIndex - b.keyIndex);
  const labels = Math.min(width * 0.36, Math.max(...keys.map(({ key }) => textWidth(key))) + 16);
  const most = Math.max(...keys.map(({ weight }) => weight), 1e-9);
  const x = scaleLinear()
    .domain([0, most])
    .range([0, width - labels - 76]);
  const height = keys.length * rowHeight + 8;
  svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  const rows = svg
    .selectAll("g.row")
    .data(keys, (key) => (key as (typeof keys)[number]).keyId)
    .join("g")
    .attr("class", (key) => (key.keyIndex === state.word ? "row self" : "row"))
    .attr("transform", (_, n) => `translate(0, ${n * rowHeight + 4})`);
  rows
    .append("text")
    .attr("class", "label")
    .attr("x", labels - 12)
    .attr("y", rowHeight / 2)
    .text(({ key }) => clip(key, Math.floor((labels - 12) / 9)));
  rows
    .append("rect")
    .attr("class", "bar")
    .attr("x", labels)
    .attr("y", 5)
    .attr("height", rowHeight - 10)
    .attr("width", ({ weight }) => Math.max(x(weight), weight > 0 ? 1 : 0))
    .attr("rx", 3);
  rows
    .append("text")
    .attr("class", "number")
    .attr("x", ({ weight }) => labels + x(weight) + 8)
    .attr("y", rowHeight / 2)
    .text(({ weight, blocked }) => (blocked ? "blocked" : percent(weight)));
  const word = inside(row.query.text);
  const [first, second] = row.keys;
  const strongest = [first, second]
    .filter((key) => key !== undefined && key.weight > 0)
    .map(({ key, weight }) => `${inside(key)} (${percent(weight)})`);
  return {
    title: `What “${word}” attends to`,
    caption: `In ${where}, most of it goes to ${strongest.join(" and ")}. The bars add up to 100 %.`,
    table: () => ({
      columns: ["Word", "Weight", "Blocked by"],
      rows: keys.map(({ key, weight, reason }) => [key, percent(weight), reason]),
    }),
    data: () => ({ query: row.query.text, where, keys }),
  };
}
