import fc from "fast-check";

// QKV_RUNS=20 multiplies the runs; QKV_SEED=7 (or "random") takes other problems.
const factor = Number(process.env.QKV_RUNS ?? 1);
const seed =
  process.env.QKV_SEED === "random" ? Date.now() % 2 ** 31 : Number(process.env.QKV_SEED ?? 1802);

/**
 * Checks random cases. A failure prints the seed and path of fast-check and the smallest failing case
 * as code: `fn({…})`.
 */
export function holdsFor<T>(cases: fc.Arbitrary<T>, runs: number, check: (given: T) => void): void {
  const property = fc.property(cases, (given) => {
    try {
      check(given);
    } catch (error) {
      throw reproducible(check.name, given, error as Error);
    }
  });
  fc.assert(property, { numRuns: Math.ceil(runs * factor), seed });
}

/** {@link holdsFor} where the check takes time. */
export async function holdsForAsync<T>(
  cases: fc.Arbitrary<T>,
  runs: number,
  check: (given: T) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(cases, async (given) => {
    await check(given).catch((error: Error) => {
      throw reproducible(check.name, given, error);
    });
  });
  await fc.assert(property, { numRuns: Math.ceil(runs * factor), seed });
}

function reproducible(name: string, given: unknown, error: Error): Error {
  const code = `${name}(${JSON.stringify(given)});`;
  return new Error(`${error.message}\n    reproduce: ${code}`, { cause: error });
}
