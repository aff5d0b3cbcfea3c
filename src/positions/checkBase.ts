import { describe, rangeError, typeError } from "../tensor/index.js";

/** Powers of a base below 1 would turn ever faster, up to angles that overflow. */
export function checkBase(fn: string, argument: string, base: unknown): void {
  if (typeof base === "number" && base >= 1 && base < Infinity) return;
  const complaint = {
    fn,
    argument,
    expected: "a finite number of at least 1",
    got: describe(base),
  };
  throw typeof base === "number" ? rangeError(complaint) : typeError(complaint);
}
