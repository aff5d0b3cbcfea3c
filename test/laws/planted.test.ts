import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { AttentionLike } from "./laws.js";
import { laws } from "./laws.js";
import { plantedBugs } from "./planted.js";

// A law that nothing can break says nothing: each one has to notice the bug that was planted for it.
describe("planted bugs", () => {
  it("there is one for every law", () => {
    expect(plantedBugs.map(({ law }) => law).sort()).toEqual(laws.map(({ name }) => name).sort());
  });

  for (const { law: name, bug, plant } of plantedBugs) {
    it(`"${name}" notices: ${bug}`, async () => {
      const law = laws.find((candidate) => candidate.name === name)!;
      const library = plant(qkv as AttentionLike);
      const property = fc.asyncProperty(law.recipes("float32"), async (recipe) => {
        await law.check(library, recipe);
      });
      const result = await fc.check(property, { numRuns: 400, seed: 2017, endOnFailure: true });
      expect(result.failed).toBe(true);
      // Noticed by the law itself, not because the library refused the call.
      expect(String(result.errorInstance)).not.toMatch(/\b(TypeError|RangeError)\b/);
    });
  }
});
