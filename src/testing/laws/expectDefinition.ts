import { Broken } from "../broken.js";
import type { Expected } from "../expectedOf.js";
import { element, known, type Answer, type Probe } from "../probe.js";
import type { Problem } from "../problem.js";

/** What a function might do instead, by name. */
export type Mistakes = readonly (readonly [name: string, expected: () => Expected])[];

/** True if an output is this one, up to rounding; rows that see nothing aside. */
export function matches(answer: Answer, { output, lse, bounds, own }: Expected): boolean {
  const E = output.length / lse.length;
  return output.every((value, at) => {
    if (lse[Math.floor(at / E)] === -Infinity) return true;
    return Math.abs(answer.output[at] - value) <= bounds.output[at] + own.output[at];
  });
}

/** Expects the definition's output. Where another one comes, says which mistake makes it. */
export function expectDefinition(
  probe: Probe,
  problem: Problem,
  answer: Answer,
  right: string,
  mistakes: Mistakes,
): void {
  const { output, bounds, own } = probe.expected(problem);
  naming(answer, right, mistakes, () =>
    output.forEach((value, at) => {
      const bound = bounds.output[at] + own.output[at];
      probe.close("the definition", element(answer, "output", at), known(value), bound);
    }),
  );
}

/** Runs a comparison; where it fails, its message says which mistake explains the answer. */
export function naming(
  answer: Answer,
  right: string,
  mistakes: Mistakes,
  compare: () => void,
): void {
  try {
    compare();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const made = mistakes
      .filter(([, expected]) => matches(answer, expected()))
      .map(([name]) => name);
    const got =
      made.length > 0 ? made.join(" or ") : "something else, which no known mistake explains";
    throw new Broken(`expected ${right}; got ${got}. ${error.message}`, error.assertion);
  }
}
