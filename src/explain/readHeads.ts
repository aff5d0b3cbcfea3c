import { describe, rangeError, typeError } from "../tensor/index.js";

/** The number of a head that was named or counted. */
export function readHead(
  fn: string,
  argument: string,
  asked: unknown,
  headNames: readonly string[],
): number {
  const found = typeof asked === "string" ? headNames.indexOf(asked) : asked;
  if (typeof found === "number" && Number.isInteger(found) && found in headNames) return found;
  const last = headNames.length - 1;
  const known =
    last < 0
      ? "a head; there is none"
      : `a head from 0 to ${last}, or one of ${headNames.join(", ")}`;
  const error = typeof asked === "string" || typeof asked === "number" ? rangeError : typeError;
  throw error(fn, argument, known, describe(asked));
}

/** The numbers of several different heads; all by default. */
export function readHeads(
  fn: string,
  argument: string,
  asked: unknown,
  headNames: readonly string[],
): readonly number[] {
  const all = asked ?? headNames;
  if (!Array.isArray(all) || all.length === 0) {
    throw typeError(fn, argument, "an array of at least one head", describe(all));
  }
  const chosen = all.map((it, n) => readHead(fn, `${argument}[${n}]`, it, headNames));
  if (new Set(chosen).size === chosen.length) return chosen;
  throw rangeError(fn, argument, "different heads", describe(all));
}
