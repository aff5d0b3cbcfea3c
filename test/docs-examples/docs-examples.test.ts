import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { allExamples } from "./extract.js";
import { differences, runExample } from "./run.js";
import { typeErrors } from "./types.js";

const root = resolve(import.meta.dirname, "../..");
const examples = allExamples(root);

describe("everything a reader can paste runs and prints what its comments say", () => {
  for (const example of examples) {
    it(`${example.file}:${example.line}`, async () => {
      expect(differences(example, await runExample(example)).join("\n\n")).toBe("");
    });
  }

  it("the TypeScript among it compiles strictly", () => {
    expect(typeErrors(examples, root).join("\n")).toBe("");
  });
});
