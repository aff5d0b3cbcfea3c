import { AssertionError } from "node:assert";
import { describe, expect, it } from "vitest";
import { checkAttention, laws } from "../../src/testing/index.js";
import { handWritten, handWrittenSupports } from "./handWritten.js";
import { plantedBugs } from "./planted.js";
import { failureOf } from "./failureOf.js";

// A law that nothing can break says nothing: each one has to notice a bug that was planted for it, in a case that
// a person can read.
// QKV_SEED=7 takes other cases.
const seed = Number(process.env.QKV_SEED ?? 1);

describe("planted bugs", () => {
  it("there is one for every law", () => {
    expect(new Set(plantedBugs.map(({ law }) => law))).toEqual(new Set(laws.map(({ id }) => id)));
  });

  it("the function into which they are planted is right", async () => {
    const report = await checkAttention(handWritten(), { supports: handWrittenSupports });
    report.assert();
    expect(report.laws.filter(({ status }) => status !== "held").map(({ id }) => id)).toEqual([
      "garbage-leak",
    ]);
  });

  for (const { law, bug, says, fn, supports } of plantedBugs) {
    it(`${law} notices: ${bug}`, async () => {
      const report = await checkAttention(fn, {
        supports,
        seed,
        only: [law],
        source: { name: "attend" },
      });
      const { status, reason, counterexample } = report.laws[0];
      expect(status).toBe("broken");
      expect(reason).toMatch(says);
      const { L, S, D, E } = counterexample!.sizes;
      expect(Math.max(L, S, D, E)).toBeLessThanOrEqual(3);
      expect(await failureOf(counterexample!.code, fn)).toBeInstanceOf(AssertionError);
      // And it passes where the function is right.
      if (law === "garbage-leak") return;
      expect(await failureOf(counterexample!.code, handWritten())).toBeUndefined();
    });
  }
});
