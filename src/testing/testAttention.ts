import { checkLaw } from "./checkAttention.js";
import { readCheckOptions } from "./readCheckOptions.js";
import { failureOf } from "./reportOf.js";
import { checkArguments, describe, typeError } from "../tensor/index.js";
import type { AttentionFunction, CheckOptions } from "./types.js";

/** What registers a test: `test` or `it` of vitest, jest, mocha and node:test. */
export interface TestFunction {
  (name: string, run: () => Promise<void>): unknown;
  /** Registers a test that is shown as skipped. */
  skip?(name: string, run: () => Promise<void>): unknown;
}

/**
 * Registers one test for each law, with any test runner. A law that does not apply is registered as skipped, with
 * the reason in its name; without `test.skip` it is left out.
 *
 * @param test - `test` or `it` of the runner.
 * @param fn - as for `checkAttention`.
 * @param options - as for `checkAttention`; `budget` is shared by the laws equally.
 * @throws TypeError or RangeError as `checkAttention`, when the tests are registered. A test fails with the law,
 *   its equation, and the counterexample as code.
 *
 * @example
 * ```ts
 * import { attention } from "qkv/core";
 * import { testAttention, type TestFunction } from "qkv/testing";
 *
 * // In a test file, `test` comes from the runner: import { test } from "node:test".
 * const names: string[] = [];
 * const test: TestFunction = (name) => names.push(name);
 * testAttention(test, (q, k, v) => attention(q, k, v), { only: ["scale", "linear"] });
 * console.log(names.join("\n"));
 * // → scale: what the scores are multiplied by (scale)
 * // → linear in the values (linear)
 * ```
 */
export function testAttention(
  test: TestFunction,
  fn: AttentionFunction,
  options?: CheckOptions,
): void {
  checkArguments("testAttention", arguments.length, ["test", "fn", "options"]);
  if (typeof test !== "function") {
    const expected = "the function that registers a test, `test` or `it` of the runner";
    throw typeError("testAttention", "test", expected, describe(test));
  }
  const check = readCheckOptions("testAttention", fn, options);
  for (const [index, law] of check.laws.entries()) {
    const missing = law.unless?.(check.supported);
    // Without parameters: runners take a first one for a callback.
    const run = async (): Promise<void> => {
      const { result } = await checkLaw(check, law, index, check.budget / check.laws.length);
      check.onLaw?.(result);
      if (result.status !== "held") throw new Error(failureOf([result]));
    };
    // With its id, by which runners choose.
    const title = `${law.name} (${law.id})`;
    if (missing === undefined) test(title, run);
    else test.skip?.(`${title}: ${missing}`, run);
  }
}
