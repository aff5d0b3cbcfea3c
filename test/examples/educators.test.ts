import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseHTML } from "linkedom";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

async function printed(name: string, ...args: string[]): Promise<string> {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const file = join(root, "examples/educators", name);
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, file, ...args], {
    cwd: root,
  });
  return stdout;
}

it("the table shows what every word looks at", async () => {
  expect(await printed("table.ts")).toBe(
    `
             river     bank  flooded  entropy
    river     42 %     31 %     27 % 1.56 bit
     bank     43 %      3 %     53 % 1.17 bit
  flooded     43 %      8 %     49 % 1.31 bit
`.slice(1),
  );
});

it("the heat map has a cell and its number for every pair", async () => {
  const { document } = parseHTML(await printed("heat-map.ts"));
  expect(document.querySelectorAll("[aria-label=cell] rect")).toHaveLength(9);
  const texts = [...document.querySelectorAll("[aria-label=text] text")].map(
    (it) => it.textContent,
  );
  expect(texts.slice(3, 6)).toEqual(["43 %", "3 %", "53 %"]);
});

it("the bar chart has the bars of the word, the longest first", async () => {
  const { document } = parseHTML(await printed("bar-chart.ts", "bank"));
  const texts = [...document.querySelectorAll("text")].map((it) => it.textContent);
  expect(texts).toEqual(["flooded", "53 %", "river", "43 %", "bank", "3 %"]);
  const widths = [...document.querySelectorAll("rect")].map((it) =>
    Number(it.getAttribute("width")),
  );
  expect(widths).toEqual([...widths].sort((a, b) => b - a));
  await expect(printed("bar-chart.ts", "lake")).rejects.toThrow(
    "lake is none of river, bank, flooded",
  );
});
