// What every word looks at, as a table in the terminal.
//   npx tsx examples/educators/table.ts
import { explain } from "qkv/explain";

// Three words as a hand would place them: how wet it is, and how much of a place.
const tokens = ["river", "bank", "flooded"];
const query = [[2, 2], [3, 0], [2, 0]]; // prettier-ignore
const key = [[1.5, 0.5], [0.3, 1.5], [1.6, 0.1]]; // prettier-ignore
const value = [[1, 0], [0, 1], [1, 0]]; // prettier-ignore

const view = explain(query, key, value, { tokens }).head(0);
const { queries, keys, weights, entropy } = view.matrix();
const cell = (text: string): string => text.padStart(9);
const percent = (share: number): string => `${Math.round(100 * share)} %`;

console.log([cell(""), ...keys.map(({ id }) => cell(id)), cell("entropy")].join(""));
for (const { id, index } of queries) {
  const row = weights[index].map((weight) => cell(percent(weight)));
  console.log([cell(id), ...row, cell(`${entropy[index].toFixed(2)} bit`)].join(""));
}
