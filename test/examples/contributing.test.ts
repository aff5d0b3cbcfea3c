import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as core from "../../src/core.js";
import { explain } from "../../src/explain/index.js";
import type { Example } from "../docs-examples/extract.js";
import { importFromSource, runExample } from "../docs-examples/run.js";
import { typeErrors } from "../docs-examples/types.js";
import { readPage, root } from "./markdown.js";

/** The files that the first change adds, with their path behind the language. */
const files = [...readPage("CONTRIBUTING.md").matchAll(/^```ts (\S+)\n([^]*?)^```$/gm)].map(
  ([, file, code]): Example => ({ file, line: 1, language: "ts", code }),
);

const fileOf = (name: string): Example => files.find(({ file }) => file === name)!;

it("the first change of CONTRIBUTING.md is a rule that compiles, and passes its test", async () => {
  expect(files.map(({ file }) => file)).toEqual([
    "test/masks/everyNth.test.ts",
    "src/masks/everyNth.ts",
  ]);
  const source = fileOf("src/masks/everyNth.ts");
  expect(typeErrors([source], root)).toEqual([]);
  const given: { everyNth?: (n: number) => core.MaskRule } = {};
  const code = `import { given } from "given";\n${source.code}\nObject.assign(given, { everyNth });`;
  await runExample({ ...source, code }, async (name, example) =>
    name === "given" ? { given } : importFromSource(name, example),
  );
  const { everyNth } = given;
  const tests: Record<string, () => void> = {};
  await runExample(fileOf("test/masks/everyNth.test.ts"), async (name) =>
    name === "vitest"
      ? { expect, it: (title: string, test: () => void) => (tests[title] = test) }
      : { ...core, masks: { ...core.masks, everyNth } },
  );
  expect(Object.keys(tests)).toEqual(["every n-th key is visible to every query"]);
  Object.values(tests)[0]!();
  // Tiles without such a key are skipped.
  const { data } = core.masks.dense(everyNth!(100), [1, 301]);
  expect([...data].flatMap((sees, j) => (sees ? j : []))).toEqual([0, 100, 200, 300]);
  const view = explain([[1], [2]], [[1], [2]], [[1], [2]], {
    tokens: ["a", "b"],
    allow: everyNth!(2),
  });
  const [reason] = view.head(0).why(0, 1).reasons;
  expect(reason!.text).toBe("key 1 is no multiple of 2 (masks.everyNth)");
  expect(() => core.masks.dense(everyNth!(0), [1, 1])).toThrow("an integer of at least 1; got 0");
});

it("every command that the pages for contributors name exists", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const page of ["CONTRIBUTING.md", "docs/architecture.md"]) {
    const named = [...readPage(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(3);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  }
});
