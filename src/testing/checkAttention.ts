import { checkArguments } from "../tensor/index.js";
import { Hanging, ask } from "./ask.js";
import { Broken } from "./broken.js";
import { counterexampleOf, type Made } from "./counterexampleOf.js";
import { drawProblem } from "./draw.js";
import type { Law } from "./law.js";
import type { Problem } from "./problem.js";
import { sleep } from "./platform.js";
import { Probe } from "./probe.js";
import { readCheckOptions, type Check } from "./readCheckOptions.js";
import { reportOf } from "./reportOf.js";
import { shrink } from "./shrink.js";
import type { AttentionFunction, CheckOptions, LawResult, Report } from "./types.js";

/**
 * Checks any attention function against the laws of attention. The function is known by its answers alone: it
 * may be JavaScript, WebAssembly, a GPU kernel or a server. Cases come smallest first, so that the
 * first counterexample is small; it is printed as code.
 *
 * @param fn - takes query, key, value and what the law asks for; returns the output or `{ output, weights, lse }`,
 *   or a promise of it.
 * @param options - what the function supports, and what is checked: `only`, `skip`, `seed`, `runs`, `budget`.
 * @returns a promise of the report. A function that throws, hangs or returns something else has broken a law;
 *   only a loop that never returns cannot be reported.
 * @throws TypeError or RangeError, before the function is called, for options that do not exist or are
 *   impossible.
 *
 * @example
 * ```ts
 * import { attention } from "qkv/core";
 * import { checkAttention, type AttentionFunction } from "qkv/testing";
 *
 * // A causal mask that is one key too wide.
 * const wide: AttentionFunction = (query, key, value, { causal }) =>
 *   attention(query, key, value, causal ? { causal: { offset: 1 } } : {});
 * const supports = { causal: "square" } as const;
 * const report = await checkAttention(wide, { supports, only: ["causal-leak", "linear"] });
 * for (const { id, status, counterexample } of report.laws) console.log(id, status, counterexample?.sizes.S);
 * // → causal-leak broken 2
 * // → linear held undefined
 * ```
 */
export async function checkAttention(
  fn: AttentionFunction,
  options?: CheckOptions,
): Promise<Report> {
  checkArguments("checkAttention", arguments.length, ["fn", "options"]);
  const check = readCheckOptions("checkAttention", fn, options);
  const started = Date.now();
  const results: LawResult[] = [];
  let hanging = 0;
  let left = check.laws.filter((law) => !law.unless?.(check.supported)).length;
  for (const [index, law] of check.laws.entries()) {
    const share = (check.budget - (Date.now() - started)) / left;
    if (!law.unless?.(check.supported)) left--;
    const stopped = hanging < 2 ? undefined : "the function hangs";
    const result = await checkLaw(check, law, index, share, stopped);
    if (result.hangs) hanging++;
    results.push(result.result);
    check.onLaw?.(result.result);
  }
  return reportOf(results, check.seed, Date.now() - started);
}

/** Cases without which a law that is cut short does not count as checked. */
const fewest = 10;

/** How a law failed, and in which calls. */
interface Failure {
  readonly error: Broken;
  readonly made: readonly Made[];
}

/** Runs the cases of one law until one fails, they are done, or time is over. */
export async function checkLaw(
  check: Check,
  law: Law,
  index: number,
  share: number,
  stopped?: string,
): Promise<{ result: LawResult; hangs: boolean }> {
  const { fn, supported, seed, runs } = check;
  const started = Date.now();
  const { id, name, equation } = law;
  const probing = (made: Made[]): Probe =>
    new Probe(supported, (problem, wanted, called) => {
      made.push({ name: called, problem, ask: wanted });
      return ask(fn, supported, check.timeout, problem, wanted, called);
    });
  const made: Made[] = [];
  const probe = probing(made);
  let waited = false;
  /** How the law fails for another problem, if it does. */
  const fails = async (problem: Problem): Promise<Failure | undefined> => {
    if (waited) return undefined;
    const calls: Made[] = [];
    try {
      await law.check(probing(calls), problem);
      return undefined;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      // Where it hangs now and did not before, waiting once is enough.
      waited = error instanceof Hanging;
      return waited ? undefined : { error, made: calls };
    }
  };
  let cases = 0;
  const result = (status: LawResult["status"], more: Partial<LawResult> = {}): LawResult => ({
    ...{ id, name, equation, status, cases, seed },
    ...(probe.findings.size > 0 ? { finding: [...probe.findings].join("; ") } : {}),
    ...(probe.worst && cases > 0 ? { worst: probe.worst } : {}),
    milliseconds: Date.now() - started,
    ...more,
  });
  const done = (status: LawResult["status"], reason?: string) => ({
    result: result(status, reason === undefined ? {} : { reason }),
    hangs: false,
  });

  const missing = law.unless?.(supported);
  if (missing !== undefined) return done("not applicable", missing);
  if (stopped !== undefined) return done("not run", stopped);
  let pause = started;
  for (let run = 0; run < runs; run++) {
    if (check.signal?.aborted) return done("not run", `interrupted after ${cases} cases`);
    if (Date.now() - started >= share) {
      // A few cases say nothing.
      const status = cases < Math.min(fewest, runs) ? "not run" : "held";
      return done(status, `stopped by the budget after ${cases} cases`);
    }
    check.onProgress?.({ law: id, index, laws: check.laws.length, run, cases, runs });
    // A function that never waits would keep timers, signals and screens waiting.
    if (Date.now() - pause > 50) {
      await sleep(0).promise;
      pause = Date.now();
    }
    made.length = 0;
    probe.restart();
    const problem = drawProblem(law, supported, seed, run, runs);
    try {
      if ((await law.check(probe, problem)) !== false) cases++;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      cases++;
      const hangs = error instanceof Hanging;
      const found = { error, made };
      const small = hangs ? found : await shrink(law, supported, problem, found, fails);
      const counterexample = counterexampleOf(
        ...([law, small.error, small.made, supported, run, check.source] as const),
      );
      const broken = result("broken", { reason: small.error.message, counterexample });
      return { result: broken, hangs };
    }
  }
  if (cases === 0) {
    // A claim that was not put to the test is not one that does not exist.
    const claimed = law.with !== undefined || law.batch === true;
    const few = `none of ${runs} cases says anything about it: too few`;
    if (claimed) return done("not run", few);
    return done("not applicable", "no case says anything about it");
  }
  return done("held");
}
