// A bar chart of what one word looks at, as an SVG file.
//   npx tsx examples/educators/bar-chart.ts bank bar-chart.svg
import { writeFileSync } from "node:fs";
import { explain } from "qkv/explain";
import { bars, toSvg } from "qkv/views";

// Three words as a hand would place them: how wet it is, and how much of a place.
const tokens = ["river", "bank", "flooded"];
const query = [[2, 2], [3, 0], [2, 0]]; // prettier-ignore
const key = [[1.5, 0.5], [0.3, 1.5], [1.6, 0.1]]; // prettier-ignore
const value = [[1, 0], [0, 1], [1, 0]]; // prettier-ignore

const [word = "bank", file] = process.argv.slice(2);
const position = tokens.indexOf(word);
if (position < 0) throw new RangeError(`${word} is none of ${tokens.join(", ")}`);

const view = explain(query, key, value, { tokens }).head(0);
const svg = toSvg(bars(view, { query: position, subtitle: tokens.join(" ") }));
if (file === undefined) console.log(svg);
else writeFileSync(file, svg);
