import type { LawResult } from "../../../src/testing/index.js";
import type { Machine, Revision } from "../../machine.js";
import { knownOf } from "./known.js";

/** The result of `npm run laws:peers`, as `--json` writes it. */
export interface LawsReport {
  kind: "qkv laws";
  /** ISO 8601. */
  date: string;
  command: string;
  revision: Revision;
  machine: Machine;
  seed: number;
  runs: number;
  /** Version of each package that took part. */
  versions: Record<string, string>;
  functions: FunctionResult[];
  /** What was left out, and why. */
  skipped: string[];
}

export interface FunctionResult {
  name: string;
  what: string;
  /** The packages that take part. */
  packages: readonly string[];
  laws: readonly LawResult[];
  /** The same function, held to bits and to NaN in what is masked, though it claims neither. */
  beyond: readonly LawResult[];
  milliseconds: number;
}

/** A law that a function breaks. */
export interface Break {
  by: FunctionResult;
  law: LawResult;
}

export function breaksOf({ functions }: LawsReport): Break[] {
  return functions.flatMap((by) =>
    by.laws.filter(({ status }) => status === "broken").map((law) => ({ by, law })),
  );
}

/**
 * Where the result is another one than known.ts says, in words. Fewer cases than usual find fewer breaks, which
 * is no difference.
 */
export function differencesOf(report: LawsReport, usualRuns: number): string[] {
  return report.functions.flatMap((by) => {
    const { versions, broken } = knownOf(by.name);
    const other = by.packages
      .filter((name) => name in versions && versions[name] !== report.versions[name])
      .map((name) => `${name} was ${versions[name]} there and is ${report.versions[name]} here`);
    const hint = other.length > 0 ? ` (${other.join(", ")})` : "";
    return by.laws.flatMap(({ id, status }) => {
      const expected = id in broken;
      if (expected === (status === "broken")) {
        return status === "not run" ? [`${by.name}: ${id} was not run${hint}`] : [];
      }
      if (expected && report.runs < usualRuns) return [];
      const found = expected ? `breaks ${id} no longer` : `breaks ${id}`;
      return [`${by.name}: ${found}, known.ts says otherwise${hint}`];
    });
  });
}
