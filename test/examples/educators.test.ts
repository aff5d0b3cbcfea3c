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

/** The text of an element, its no-break spaces as others. */
const textOf = (element: { textContent: string | null }): string =>
  (element.textContent ?? "").replaceAll("\u00a0", " ");

it("the heat map has a cell and its number for every pair", async () => {
  const { document } = parseHTML(await printed("heat-map.ts"));
  const cells = [...document.querySelectorAll("rect:has(title)")];
  const names = cells.map((cell) => textOf(cell.querySelector("title")!));
  expect(names.filter((name) => name.includes("→"))).toHaveLength(9);
  expect(names.slice(3, 6)).toEqual([
    "bank → river: 43 %",
    "bank → bank: 3 %",
    "bank → flooded: 53 %",
  ]);
  const texts = [...document.querySelectorAll("text")].map(textOf);
  const numbers = texts.filter((text) => /^\d+$/.test(text));
  expect(numbers).toEqual(["42", "31", "27", "43", "3", "53", "43", "8", "49"]);
  // The more weight, the denser.
  const [, faint, dense] = cells
    .slice(3, 6)
    .map((cell) => Number(cell.getAttribute("fill-opacity")));
  expect(faint).toBeLessThan(dense);
});

it("the bar chart has the bars of the word, as long as its weights are", async () => {
  const { document } = parseHTML(await printed("bar-chart.ts", "bank"));
  const rows = [...document.querySelectorAll("g:has(> title)")];
  const names = rows.map((row) => textOf(row.querySelector("title")!));
  expect(names).toEqual(["river: 43 %", "bank: 3 %", "flooded: 53 %"]);
  // The weights sum to 1, so each is its bar's part of all bars.
  const long = rows.map((row) =>
    Number([...row.querySelectorAll("rect")].at(-1)!.getAttribute("width")),
  );
  const shares = long.map((width) => width / long.reduce((sum, it) => sum + it, 0));
  [0.434, 0.034, 0.532].forEach((share, key) => expect(shares[key]).toBeCloseTo(share, 2));
  expect([...document.querySelectorAll("text")].map(textOf)).toContain("What “bank” attends to");
  await expect(printed("bar-chart.ts", "lake")).rejects.toThrow(
    "lake is none of river, bank, flooded",
  );
});
