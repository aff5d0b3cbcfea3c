// A bar chart of what one word looks at with D3, written as an SVG file.
//   npx tsx examples/educators/bar-chart.ts bank bar-chart.svg
import { writeFileSync } from "node:fs";
import { scaleBand, scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { parseHTML } from "linkedom";
import { explain } from "qkv/explain";

// Three words as a hand would place them: how wet it is, and how much of a place.
const tokens = ["river", "bank", "flooded"];
const query = [[2, 2], [3, 0], [2, 0]]; // prettier-ignore
const key = [[1.5, 0.5], [0.3, 1.5], [1.6, 0.1]]; // prettier-ignore
const value = [[1, 0], [0, 1], [1, 0]]; // prettier-ignore

const [word = "bank", file] = process.argv.slice(2);
const position = tokens.indexOf(word);
if (position < 0) throw new RangeError(`${word} is none of ${tokens.join(", ")}`);
const { keys } = explain(query, key, value, { tokens }).head(0).row(position);

const [width, height, left] = [420, 130, 80];
const x = scaleLinear([0, 1], [left, width - 50]);
const y = scaleBand(keys.map(({ keyId }) => keyId), [0, height]).padding(0.2); // prettier-ignore
const { document } = parseHTML("<svg></svg>"); // a page has its own
const svg = select(document.querySelector("svg"))
  .attr("xmlns", "http://www.w3.org/2000/svg")
  .attr("viewBox", `0 0 ${width} ${height}`)
  .attr("font-family", "sans-serif")
  .attr("font-size", 14);
const bars = svg
  .selectAll("g")
  .data(keys)
  .join("g")
  .attr("transform", ({ keyId }) => `translate(0, ${y(keyId)})`);
bars
  .append("rect")
  .attr("x", left)
  .attr("width", ({ weight }) => x(weight) - left)
  .attr("height", y.bandwidth())
  .attr("fill", "#0b5fa8");
const line = bars.append("text").attr("y", y.bandwidth() / 2).attr("dominant-baseline", "central"); // prettier-ignore
line
  .attr("x", left - 8)
  .attr("text-anchor", "end")
  .text(({ key }) => key);
bars
  .append("text")
  .attr("x", ({ weight }) => x(weight) + 8)
  .attr("y", y.bandwidth() / 2)
  .attr("dominant-baseline", "central")
  .text(({ weight }) => `${Math.round(100 * weight)} %`);

const picture = document.querySelector("svg")!.outerHTML;
if (file === undefined) console.log(picture);
else writeFileSync(file, picture);
