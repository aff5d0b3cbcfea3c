import { numberError } from "../tensor/index.js";

/** Throws unless `heads` counts heads. */
export function checkHeads(fn: string, argument: string, heads: unknown): asserts heads is number {
  if (Number.isSafeInteger(heads) && (heads as number) >= 1) return;
  throw numberError(fn, argument, "a number of heads, a positive integer", heads);
}
