import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { masks, type MaskRule } from "../../src/core.js";
import { fences, readPage, root } from "./markdown.js";

const readme = readPage("README.md");

it("the masks drawn in the README are those of the library", () => {
  const drawing = fences(readme, "text").find((block) => block.includes("topLeft"))!;
  const rules: MaskRule[] = [
    masks.causal("topLeft"),
    masks.causal("bottomRight"),
    masks.window({ left: 1, right: 0, align: "topLeft" }),
  ];
  const rows = drawing
    .split("\n")
    .filter((line) => line.startsWith("query 0") || / [x.]( [x.])+ /.test(line));
  const drawn = rows.map((line) => line.match(/[x.](?: [x.]){4}/g)!);
  const expected = [0, 1, 2].map((i) =>
    rules.map((rule) => {
      const { data } = masks.dense(rule, [3, 5]);
      return Array.from(data.subarray(5 * i, 5 * i + 5), (sees) => (sees ? "x" : ".")).join(" ");
    }),
  );
  expect(drawn).toEqual(expected);
});

it("the README has one place for the numbers of the bench", () => {
  for (const mark of ["<!-- bench:start -->", "<!-- bench:end -->"]) {
    expect(readme.split(mark)).toHaveLength(2);
  }
});

it("the sample of the demo in the lesson is what the demo prints", async () => {
  const lesson = readPage("docs/what-the-model-looks-at.md");
  const sample = fences(lesson, "text").find((block) => block.includes("── "))!;
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const main = (scripts.demo as string).replace(/^tsx /, "");
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, main], { cwd: root });
  expect(stdout).toContain(sample);
});
