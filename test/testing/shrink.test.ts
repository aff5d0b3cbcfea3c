import { describe, expect, it } from "vitest";
import { attention } from "../../src/core.js";
import { drawProblem } from "../../src/testing/draw.js";
import { checkAttention, type AttentionFunction } from "../../src/testing/index.js";
import type { Feature } from "../../src/testing/law.js";
import { visiblePairs, type Problem } from "../../src/testing/problem.js";
import { readSupports } from "../../src/testing/readSupports.js";
import { shrink } from "../../src/testing/shrink.js";
import { librarySupports } from "../../src/cli/selftest/library.js";

const supported = readSupports("test", librarySupports);
const problems = Array.from({ length: 60 }, (_, n) => drawProblem({}, supported, 5, n, 60));
const smallest = (problem: Problem, law = {}, fails = (_: Problem): boolean => true) =>
  shrink(law, supported, problem, problem, (smaller) =>
    Promise.resolve(fails(smaller) ? smaller : undefined),
  );

describe("a failing problem is made smaller as long as it fails", () => {
  it("what always fails ends as one number, if that is near enough", async () => {
    const few = problems.filter(({ L, D, E }) => L + D + E < 9);
    for (const problem of few) {
      const { B, H, L, D, E, ...rest } = await smallest(problem);
      expect({ B, H, L, D, E }).toEqual({ B: 1, H: 1, L: 1, D: 1, E: 1 });
      for (const option of ["mask", "bias", "causal", "window", "keyLengths", "scale", "sinks"]) {
        expect(rest).not.toHaveProperty(option);
      }
    }
  });

  it("lengths and data agree, and no row becomes empty", async () => {
    for (const [n, problem] of problems.entries()) {
      let tries = 0;
      await smallest(problem, {}, (smaller) => {
        const { B, H, Hkv, L, S, D, E, query, key, value, mask, bias } = smaller;
        expect([query.length, key.length, value.length]).toEqual([B * H * L * D, B * Hkv * S * D, B * Hkv * S * E]); // prettier-ignore
        for (const pairs of [mask, bias]) if (pairs) expect(pairs.length).toBe(B * H * L * S);
        const pairs = visiblePairs(smaller);
        for (let row = 0; row < B * H * L; row++) {
          expect(pairs.subarray(row * S, (row + 1) * S).includes(1)).toBe(true);
        }
        return (++tries + n) % 3 > 0;
      });
      expect(tries).toBeLessThanOrEqual(32);
    }
  });

  it("a law keeps what it is about, and the sizes that it chose", async () => {
    const kept: readonly Feature[] = ["mask", "softcap"];
    const law = { with: kept, sizes: (sizes: Problem) => sizes };
    const masked = problems.filter(({ mask, softcap }) => mask && softcap);
    expect(masked.length).toBeGreaterThan(2);
    for (const problem of masked) {
      const { L, D, E, mask, softcap } = await smallest(problem, law as never);
      expect([L, D, E]).toEqual([problem.L, problem.D, problem.E]);
      expect([mask, softcap]).not.toContain(undefined);
    }
  });

  it("what is needed for the failure stays", async () => {
    const problem = problems.find(({ B, H }) => B === 2 && H > 1)!;
    const { B, H } = await smallest(problem, {}, (smaller) => smaller.B === 2);
    expect([B, H]).toEqual([2, 1]);
  });
});

const transposed: AttentionFunction = (query, key, value, { mask }) => {
  const [L, S] = mask?.shape.slice(-2) ?? [0, 0];
  const turned = mask?.data.map((_, at) => {
    const [i, j] = [Math.floor(at / S) % L, at % S];
    return mask.data[at - (at % (L * S)) + ((j * L + i) % (L * S))];
  });
  return attention(query, key, value, mask && turned ? { allow: { ...mask, data: turned } } : {});
};

it("a counterexample has one batch entry and one head, if that is all it takes", async () => {
  const supports = { batch: true, heads: true, perHead: true, mask: "allow" } as const;
  for (let seed = 1; seed < 9; seed++) {
    const only = ["mask-polarity", "definition", "mask-leak"];
    const report = await checkAttention(transposed, { supports, only, seed });
    for (const { counterexample } of report.laws) {
      const { B, H, L, S } = counterexample!.sizes;
      expect([B, H]).toEqual([1, 1]);
      expect(Math.max(L, S)).toBeLessThanOrEqual(3);
    }
  }
});

it("a function that hangs for smaller problems is waited for once", async () => {
  let failed = false;
  const fn: AttentionFunction = (query, key, value) => {
    if (query.shape[0] === 2) {
      failed = true;
      return "text";
    }
    return failed ? new Promise(() => {}) : attention(query, key, value);
  };
  const options = { supports: { batch: true }, only: ["result"], timeout: 200 };
  const started = Date.now();
  const { reason, counterexample } = (await checkAttention(fn, options)).laws[0];
  expect(reason).toContain('got "text"');
  expect(counterexample!.sizes.B).toBe(2);
  expect(Date.now() - started).toBeLessThan(1500);
});
