import { numberError } from "../tensor/index.js";

/** Powers of a base below 1 would turn ever faster, up to angles that overflow. */
export function checkBase(fn: string, argument: string, base: unknown): void {
  if (typeof base === "number" && base >= 1 && base < Infinity) return;
  throw numberError(fn, argument, "a finite number of at least 1", base);
}
