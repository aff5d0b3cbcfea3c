import { describe, rangeError, typeError } from "../tensor/index.js";
import type { ExplainWeightsOptions, ExplanationData, WeightsView } from "./types.js";
import type { Sequences } from "./tokens.js";

/** Reads the names of H heads. */
export function readHeadNames(
  fn: string,
  names: ExplainWeightsOptions["headNames"],
  heads: number,
): readonly string[] {
  if (names === undefined) return Array.from({ length: heads }, (_, h) => `head ${h}`);
  const argument = "options.headNames";
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    throw typeError(fn, argument, `${heads} strings`, describe(names));
  }
  if (names.length !== heads || new Set(names).size !== heads) {
    const got = names.length === heads ? "a name twice" : String(names.length);
    throw rangeError(fn, argument, `${heads} different strings, one for each head`, got);
  }
  return names as string[];
}

/** The batch entry that is explained. */
export function readBatch(fn: string, batch: number | undefined, count: number): number {
  if (batch === undefined && count === 1) return 0;
  if (typeof batch === "number" && Number.isInteger(batch) && batch >= 0 && batch < count) {
    return batch;
  }
  const expected = `the batch entry to explain, an integer from 0 to ${count - 1}`;
  const error = batch === undefined || typeof batch === "number" ? rangeError : typeError;
  throw error(fn, "options.batch", expected, describe(batch));
}

/** Looks heads up by number or name, and hands them to the function that makes a view of them. */
export function explanationOf<V extends WeightsView>(
  fn: string,
  headNames: readonly string[],
  { queries, keys }: Sequences,
  viewOf: (name: string, heads: readonly number[]) => V,
) {
  const find = (argument: string, asked: unknown): number => {
    const found = typeof asked === "string" ? headNames.indexOf(asked) : asked;
    if (typeof found === "number" && Number.isInteger(found) && found in headNames) return found;
    const last = headNames.length - 1;
    const known = `a head from 0 to ${last}, or one of ${headNames.join(", ")}`;
    const error = typeof asked === "string" || typeof asked === "number" ? rangeError : typeError;
    throw error(fn, argument, known, describe(asked));
  };
  const head = (asked: number | string): V => {
    const h = find("head", asked);
    return viewOf(headNames[h], [h]);
  };
  return {
    heads: headNames.length,
    headNames,
    tokens: queries,
    keyTokens: keys,
    head,
    mean(asked?: readonly (number | string)[]): V {
      const all = asked ?? headNames.map((_, h) => h);
      if (!Array.isArray(all) || all.length === 0) {
        throw typeError(fn, "heads", "an array of at least one head", describe(asked));
      }
      const chosen = all.map((it, n) => find(`heads[${n}]`, it));
      if (new Set(chosen).size !== chosen.length) {
        throw rangeError(fn, "heads", "different heads", describe(all));
      }
      const whole = chosen.length === headNames.length;
      const names = chosen.map((h) => headNames[h]).join(", ");
      return viewOf(`mean of ${whole ? `${chosen.length} heads` : names}`, chosen);
    },
    toJSON(): ExplanationData {
      return {
        tokens: queries,
        keyTokens: keys,
        heads: headNames.map((_, h) => head(h).toJSON()),
      };
    },
  };
}
