import { describe, rangeError, typeError } from "../tensor/index.js";
import { readCount } from "./readArguments.js";
import type { ExplainWeightsOptions } from "./viewTypes.js";

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

/** The layer that an explanation is labelled with, if any. */
export function readLayer(fn: string, layer: ExplainWeightsOptions["layer"]): number | null {
  return layer === undefined || layer === null ? null : readCount(fn, "options.layer", layer);
}

/** The batch entry that is explained. */
export function readBatch(fn: string, batch: number | undefined, count: number): number {
  if (batch === undefined && count === 1) return 0;
  if (typeof batch === "number" && Number.isInteger(batch) && batch >= 0 && batch < count) {
    return batch;
  }
  const expected =
    count === 0
      ? "a batch entry to explain; there is none"
      : `the batch entry to explain, an integer from 0 to ${count - 1}`;
  const error = batch === undefined || typeof batch === "number" ? rangeError : typeError;
  throw error(fn, "options.batch", expected, describe(batch));
}
