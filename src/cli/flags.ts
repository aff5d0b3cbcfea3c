import { parseArgs } from "node:util";
import { nearest, usageError } from "./usageError.js";

/** The flags of a command, by name: whether they take a value, and whether they may be repeated. */
export type Flags = Readonly<
  Record<string, { readonly type: "string" | "boolean"; readonly multiple?: true }>
>;

/** What was given: a list of values for each flag, and everything else. */
export interface Given {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
}

/** Reads flags; unknown ones, missing values and repetitions are errors. */
export function readFlags(command: string, args: readonly string[], flags: Flags): Given {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(flags).map(([name, { type }]) => [name, { type }])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") rest.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const flag = flags[name];
    if (flag === undefined || !rawName.startsWith("--")) {
      const meant = nearest(name, Object.keys(flags));
      const fix = meant === undefined ? `see qkv ${command} --help` : `write --${meant}`;
      throw usageError(`qkv ${command}`, "a known flag", rawName, fix);
    }
    if (flag.type === "string" && value === undefined) {
      throw usageError(`qkv ${command}: ${rawName}`, "a value", "none", `write ${rawName}=…`);
    }
    if (flag.type === "boolean" && value !== undefined) {
      throw usageError(`qkv ${command}: ${rawName}`, "no value", JSON.stringify(value));
    }
    const list = values.get(name);
    if (list && !flag.multiple) throw usageError(`qkv ${command}: ${rawName}`, "it once", "two");
    values.set(name, [...(list ?? []), value ?? ""]);
  }
  return { values, rest };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `500ms`, `30s`, `2m`. */
export function readDuration(who: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const milliseconds = Number(number) * units[unit ?? ""];
  if (milliseconds > 0) return milliseconds;
  const fix = /^\d+$/.test(text) ? `write ${text}s or ${text}ms` : undefined;
  throw usageError(
    who,
    "a time with its unit, such as 500ms, 30s or 2m",
    JSON.stringify(text),
    fix,
  );
}

/** A whole number that is at least `least`. */
export function readInteger(who: string, text: string, least: number): number {
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw usageError(who, least > 0 ? "a positive integer" : "an integer", JSON.stringify(text));
}

/** `a,b c`: names with commas between them, each one of the known. */
export function readNames<T extends string>(
  who: string,
  texts: readonly string[],
  known: readonly T[],
  what: string,
): T[] {
  const names = texts.flatMap((text) => text.split(",")).map((name) => name.trim());
  for (const name of names) {
    if ((known as readonly string[]).includes(name)) continue;
    // A few names are in `what` already.
    const meant = known.length > 3 ? nearest(name, known) : undefined;
    throw usageError(who, what, JSON.stringify(name), meant && `write ${meant}`);
  }
  return names as T[];
}
