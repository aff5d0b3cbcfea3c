import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { differences, runExample } from "../docs-examples/run.js";
import type { Example } from "../docs-examples/extract.js";

const root = resolve(import.meta.dirname, "../..");

function exampleFile(file: string): Example {
  return { file, line: 1, language: "ts", code: readFileSync(join(root, file), "utf8") };
}

describe("examples/*.ts print what their comments say", () => {
  for (const file of ["examples/nested-arrays.ts", "examples/typed-arrays.ts"]) {
    it(file, async () => {
      const example = exampleFile(file);
      const results = await runExample(example);
      expect(results.length).toBeGreaterThan(3);
      expect(differences(example, results).join("\n\n")).toBe("");
    });
  }
});

it("the command in an example starts it", async () => {
  const file = "examples/nested-arrays.ts";
  expect(exampleFile(file).code).toContain(`npx tsx ${file}`);
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, file], { cwd: root });
  expect(stdout).toMatch(/^float32 \[3, 3\]\n/);
  expect(stdout).toContain("bank: the 5 %, river 5 %, bank 89 %");
});
