// A heat map of all pairs with Observable Plot, written as an SVG file.
//   npx tsx examples/educators/heat-map.ts heat-map.svg
import { writeFileSync } from "node:fs";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { explain } from "qkv/explain";

// Three words as a hand would place them: how wet it is, and how much of a place.
const tokens = ["river", "bank", "flooded"];
const query = [[2, 2], [3, 0], [2, 0]]; // prettier-ignore
const key = [[1.5, 0.5], [0.3, 1.5], [1.6, 0.1]]; // prettier-ignore
const value = [[1, 0], [0, 1], [1, 0]]; // prettier-ignore

const view = explain(query, key, value, { tokens }).head(0);
const domain = view.keys.map(({ id }) => id);
const names = { x: "keyId", y: "queryId" };
const { document } = parseHTML("<html>"); // a page has its own

const picture = Plot.plot({
  document,
  title: "What each word looks at",
  width: 420,
  height: 240,
  marginLeft: 70,
  x: { domain, label: "is looked at" },
  y: { domain, label: "looks" },
  color: { scheme: "blues", domain: [0, 0.6] },
  marks: [
    Plot.cell(view.tidy(), { ...names, fill: "weight", inset: 1 }),
    Plot.text(view.tidy(), {
      ...names,
      text: ({ weight }) => `${Math.round(100 * weight)} %`,
      fill: ({ weight }) => (weight > 0.35 ? "white" : "black"),
    }),
  ],
});
const svg = picture.querySelector("svg:last-of-type") ?? picture;
svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");

const [file] = process.argv.slice(2);
if (file === undefined) console.log(svg.outerHTML);
else writeFileSync(file, svg.outerHTML);
