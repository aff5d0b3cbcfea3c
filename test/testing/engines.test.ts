import { afterAll, describe, it } from "vitest";
import { createThreadedEngine } from "../threads/fromSource.js";
import { testAttention, type AttentionFunction } from "../../src/testing/index.js";
import { engines } from "../helpers/engines.js";
import { library, librarySupports } from "../../src/cli/selftest/library.js";

// QKV_SEED=7 takes other cases, QKV_RUNS=20 multiplies them.
const seed = Number(process.env.QKV_SEED ?? 1);
const runs = 60 * Number(process.env.QKV_RUNS ?? 1);

// Every law applies to the library, so that none is skipped here.
for (const engine of [...engines, "reference", "auto"] as const) {
  describe(`qkv, engine ${engine}`, () => {
    testAttention(it, library(engine), { supports: librarySupports, seed, runs });
  });
}

describe("qkv on threads, which answers with promises", () => {
  const engine = createThreadedEngine({ threads: 2 });
  afterAll(async () => (await engine).close());
  const fn: AttentionFunction = async (query, key, value, { mask, weights, lse, ...rest }) => {
    const threads = await engine;
    const { additiveMask: _, ...given } = rest;
    const options = { ...given, ...(mask ? { allow: mask } : {}) };
    if (weights && lse) {
      const answers = [
        threads.attentionWithWeights(query, key, value, options),
        threads.attentionWithLse(query, key, value, options),
      ] as const;
      const [shown, summed] = await Promise.all(answers);
      return { ...shown, lse: summed.lse };
    }
    if (weights) return threads.attentionWithWeights(query, key, value, options);
    if (lse) return threads.attentionWithLse(query, key, value, options);
    return threads.attention(query, key, value, options);
  };
  testAttention(it, fn, { supports: librarySupports, seed, runs: 12 });
});
