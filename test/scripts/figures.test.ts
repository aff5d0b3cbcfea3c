import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { figureFiles } from "../../scripts/figures.js";
import { lessonFigures } from "../../scripts/figures/lessons.js";
import { codeOf } from "../../scripts/figures/runLesson.js";
import { answer, lookup, weights } from "../../scripts/figures/vectors.js";
import { root } from "../../scripts/step.js";
import { allMarks, faultsOf } from "../views/insideOf.js";

const figures = await lessonFigures();

it("the figures that are committed are those of the lesson's code", async () => {
  const files = [...(await figureFiles())];
  const stale = files.filter(([name, text]) => readFileSync(join(root, name), "utf8") !== text);
  expect(
    stale.map(([name]) => name),
    "npm run figures",
  ).toEqual([]);
});

it.each(figures)("$name is laid out without faults, and has its numbers as a table", (figure) => {
  expect(faultsOf(figure.picture)).toEqual([]);
  const { columns, rows } = figure.picture.table();
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toHaveLength(columns.length);
});

it("a figure shows the numbers that it is given", () => {
  const texts = (picture: Parameters<typeof allMarks>[0]) =>
    allMarks(picture).flatMap(({ text }) => (text === undefined ? [] : [text]));
  const keys = [[1, 0], [0, 1]] as const; // prettier-ignore
  expect(texts(lookup([3, 2], keys, [3, 2]))).toEqual(
    expect.arrayContaining(["query (3, 2)", "= 3·1 + 2·0", "= 3·0 + 2·1"]),
  );
  expect(texts(weights([1, 0], [0.731, 0.269]))).toEqual(
    expect.arrayContaining(["2.72", "1.00", "73 %", "27 %"]),
  );
  const values = [[10, 0], [0, 10]] as const; // prettier-ignore
  expect(texts(answer(values, [0.25, 0.75], [2.5, 7.5]))).toEqual(
    expect.arrayContaining(["0.25 · (10, 0)", "= (2.50, 0.00)", "= (2.50, 7.50)"]),
  );
});

it("planted: a section or a block of code that is not there is named", () => {
  const page = "# A\n## One\n```ts\nconst a = 1;\n```\n```text\nno code\n```\n## Two\n";
  expect(codeOf(page, "One")).toEqual(["const a = 1;\n"]);
  expect(codeOf(page, "Two")).toEqual([]);
  expect(() => codeOf(page, "Three")).toThrow("has no section “Three”");
});
