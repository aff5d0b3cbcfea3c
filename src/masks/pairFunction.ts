import { describe, typeError } from "../tensor/index.js";
import type { Place } from "./types.js";

/** Throws unless a rule was given a function of (b, h, i, j). */
export function checkPairFunction(
  rule: "masks.where" | "biases.where",
  returns: "boolean" | "number",
  given: unknown,
  { fn, argument }: Place,
): void {
  // (i, j) would silently be the batch entry and the head.
  if (typeof given === "function" && given.length !== 2) return;
  throw typeError(
    fn,
    argument,
    `${rule} of a function (b, h, i, j) => ${returns}`,
    typeof given === "function" ? "a function of 2 arguments" : describe(given),
  );
}
