import { describe, rangeError, typeError } from "../tensor/index.js";

/** Throws unless `heads` counts heads. */
export function checkHeads(fn: string, argument: string, heads: unknown): asserts heads is number {
  if (Number.isSafeInteger(heads) && (heads as number) >= 1) return;
  const complaint = {
    fn,
    argument,
    expected: "a number of heads, a positive integer",
    got: describe(heads),
  };
  throw typeof heads === "number" ? rangeError(complaint) : typeError(complaint);
}
