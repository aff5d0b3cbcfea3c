import { laws, type DType, type Supports } from "../../testing/index.js";
import { readDuration, readFlags, readInteger, readNames, type Flags } from "../flags.js";
import { usageError } from "../usageError.js";

/** What `qkv check` is asked for. */
export interface CheckFlags {
  readonly file: string;
  readonly exportName: string | undefined;
  /** What is said on the command line; it goes before what the file says. */
  readonly supports: Supports;
  /** Ids of laws. */
  readonly only: readonly string[];
  readonly seed: number | undefined;
  readonly runs: number | undefined;
  /** Milliseconds. */
  readonly budget: number | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly reporters: readonly string[];
}

/** Milliseconds. */
export const defaultTimeout = 5000;

export const checkFlagNames = {
  export: { type: "string" },
  supports: { type: "string" },
  only: { type: "string", multiple: true },
  skip: { type: "string", multiple: true },
  seed: { type: "string" },
  runs: { type: "string" },
  dtype: { type: "string", multiple: true },
  budget: { type: "string" },
  timeout: { type: "string" },
  reporter: { type: "string", multiple: true },
} as const satisfies Flags;

/** Reads the arguments of `qkv check`. */
export function readCheckFlags(args: readonly string[]): CheckFlags {
  const { values, rest } = readFlags("check", args, checkFlagNames);
  const one = <T>(
    name: keyof typeof checkFlagNames,
    read: (who: string, text: string) => T,
  ): T | undefined => {
    const text = values.get(name)?.[0];
    return text === undefined ? undefined : read(whoOf(name), text);
  };
  if (rest.length !== 1) {
    const got = rest.length === 0 ? "none" : rest.join(" and ");
    throw usageError("qkv check", "one file", got, "npx qkv check ./my-attention.js");
  }
  const dtypes = values.get("dtype");
  return {
    file: rest[0],
    exportName: values.get("export")?.[0],
    supports: {
      ...one("supports", readSupportsText),
      ...(dtypes ? { dtype: readDTypes(dtypes) } : {}),
    },
    only: readLaws(values.get("only"), values.get("skip")),
    seed: one("seed", (who, text) => readInteger(who, text, -2147483648)),
    runs: one("runs", (who, text) => readInteger(who, text, 1)),
    budget: one("budget", readDuration),
    timeout: one("timeout", readDuration) ?? defaultTimeout,
    reporters: values.get("reporter") ?? [],
  };
}

const whoOf = (name: string): string => `qkv check: --${name}`;

function readDTypes(texts: readonly string[]): DType[] {
  return readNames(whoOf("dtype"), texts, ["float32", "float64"], "float32, float64 or both");
}

/** What `qkv laws` is asked for: all laws, if none is named. */
export function readLawNames(args: readonly string[]): string[] {
  const { rest } = readFlags("laws", args, {});
  const known = laws.map(({ id }) => id);
  return rest.length === 0 ? known : readNames("qkv laws", rest, known, "the id of a law");
}

/** The ids of the laws that are checked, in their order. */
export function readLaws(
  only: readonly string[] | undefined,
  skip: readonly string[] = [],
): string[] {
  const known = laws.map(({ id }) => id);
  const what = "the id of a law (npx qkv laws lists them)";
  const wanted = only ? readNames(whoOf("only"), only, known, what) : known;
  const left = readNames(whoOf("skip"), skip, known, what);
  const chosen = known.filter((id) => wanted.includes(id) && !left.includes(id));
  if (chosen.length === 0) throw usageError(whoOf("skip"), "a law that is left", "none");
  return chosen;
}

function readSupportsText(who: string, text: string): Supports {
  let supports: unknown;
  try {
    supports = JSON.parse(text);
  } catch (error) {
    throw usageError(who, "JSON", (error as Error).message, `--supports '{"causal":"square"}'`);
  }
  if (typeof supports === "object" && supports !== null && !Array.isArray(supports)) {
    return supports;
  }
  throw usageError(who, "a JSON object", text, `--supports '{"causal":"square"}'`);
}
