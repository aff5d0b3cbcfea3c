import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { laws } from "../laws/laws.js";
import { readPage, root, tableBetween } from "./markdown.js";

const page = readPage("docs/numerics.md");

it("docs/numerics.md lists every law with its kind and formula, in the order of the catalogue", () => {
  const expected = laws.map(({ name, kind, formula }) => [name, kind, formula]);
  expect(tableBetween(page, "laws")).toEqual(expected);
});

it("docs/numerics.md gives the errors that the tests of the elementary functions assert", () => {
  const counts = readFileSync(join(root, "test/elementary/float64.test.ts"), "utf8");
  expect(page).toContain(
    `${/in ([\d,]+) inputs per region/.exec(counts)![1]} inputs of each region`,
  );
  const [single, double] = ["float32", "float64"].map((dtype) => {
    const source = readFileSync(join(root, `test/elementary/${dtype}.test.ts`), "utf8");
    const bounds = /const bounds.*\{([^}]*)\}/.exec(source)![1];
    return new Map(
      [...bounds.matchAll(/(\w+?)(?:32|64): ([\d.]+),/g)].map(([, name, ulp]) => [name, ulp]),
    );
  });
  const expected = [...single].map(([name, ulp]) => [
    `\`${name}\``,
    `${ulp} ULP`,
    `${double.get(name)} ULP`,
  ]);
  expect(expected).toHaveLength(5);
  expect(tableBetween(page, "ulp")).toEqual(expected);
});
