import { checkOptions, describe, numberError, rangeError, typeError } from "../tensor/index.js";
import type { Source } from "./counterexampleOf.js";
import type { Law } from "./law.js";
import { allLaws } from "./laws/laws.js";
import { readSupports } from "./readSupports.js";
import type { AbortSignalLike, AttentionFunction, CheckOptions, Supported } from "./types.js";

/** A check whose options have been read. */
export interface Check extends Pick<CheckOptions, "signal" | "onLaw" | "onProgress"> {
  readonly fn: AttentionFunction;
  readonly supported: Supported;
  readonly laws: readonly Law[];
  readonly seed: number;
  readonly runs: number;
  readonly budget: number;
  readonly timeout: number;
  readonly source: Source;
}

const optionNames = [
  "supports",
  "only",
  "skip",
  "seed",
  "runs",
  "budget",
  "timeout",
  "signal",
  "onLaw",
  "onProgress",
  "source",
];

/** As `Hints`. */
export const checkHints = {
  "write it inside `supports`: { supports: { … } }":
    "batch heads grouped mask causal window dtype scale softcap bias sinks weights lse exact unit",
  "write `runs`": "num_runs",
};

/** Checks the arguments of a check, and chooses its laws. */
export function readCheckOptions(caller: string, fn: unknown, options?: CheckOptions): Check {
  if (typeof fn !== "function") {
    throw typeError(caller, "fn", "a function of query, key, value and options", describe(fn));
  }
  const own = checkOptions(caller, options, optionNames, checkHints);
  const { supports, only, skip = [], seed = 1, runs = 60 } = own;
  const source = checkOptions(caller, own.source, ["name", "from"], {}, "options.source");
  readIds(caller, "only", only ?? []);
  readIds(caller, "skip", skip);
  for (const name of ["onLaw", "onProgress"] as const) {
    if (own[name] === undefined || typeof own[name] === "function") continue;
    throw typeError(caller, `options.${name}`, "a function", describe(own[name]));
  }
  const { signal } = own;
  if (
    signal !== undefined &&
    typeof (signal as Partial<AbortSignalLike> | null)?.aborted !== "boolean"
  ) {
    throw typeError(caller, "options.signal", "an AbortSignal", describe(signal));
  }
  const laws = allLaws.filter(({ id }) => (only?.includes(id) ?? true) && !skip.includes(id));
  if (laws.length === 0) {
    throw rangeError(caller, "options.only", "at least one law that is not skipped", "none");
  }
  return {
    fn: fn as AttentionFunction,
    supported: readSupports(caller, supports),
    laws,
    seed: readInteger(caller, "seed", seed, -2147483648),
    runs: readInteger(caller, "runs", runs, 1),
    budget: readTime(caller, "budget", own.budget, Infinity),
    timeout: readTime(caller, "timeout", own.timeout, 5000),
    signal,
    onLaw: own.onLaw,
    onProgress: own.onProgress,
    source: {
      name: nameOf(source.name ?? (fn as { name: string }).name),
      from: source.from ?? "./attention.js",
    },
  };
}

/** A function without a name that could be imported is called `attention`. */
function nameOf(name: string): string {
  return /^(default\.)?[A-Za-z_$][\w$]*$/.test(name) ? name : "attention";
}

function readIds(caller: string, option: string, ids: unknown): void {
  const known = allLaws.map(({ id }) => id);
  if (!Array.isArray(ids)) {
    throw typeError(caller, `options.${option}`, "a list of the ids of laws", describe(ids));
  }
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw rangeError(
      caller,
      `options.${option}`,
      `ids of laws (${known.join(", ")})`,
      describe(id),
    );
  }
}

function readInteger(caller: string, option: string, value: unknown, least: number): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  const expected = least > 0 ? "a positive integer" : "an integer";
  throw numberError(caller, `options.${option}`, expected, value);
}

function readTime(caller: string, option: string, value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === "number" && value > 0) return value;
  throw numberError(caller, `options.${option}`, "milliseconds, more than 0", value);
}
