import { parseArgs } from "node:util";

export interface PlotsOptions {
  quick: boolean;
  rounds?: number;
  help: boolean;
  json?: string;
  from?: string;
  /** Another folder for the plots than docs/img; docs/performance.md is left alone then. */
  out?: string;
  module?: string;
}

export const plotsUsage = `npm run bench:plots -- [options]
  --quick           short lengths, one round
  --rounds <n>      samples of each length
  --json <file>     also write the result to a file
  --from <file>     draw a result written by --json; measure nothing
  --out <folder>    draw into this folder instead of docs/img and docs/performance.md
  --module <file>   measure this core.js instead of building dist`;

/** Throws for an option that does not exist. */
export function readPlotsOptions(args: readonly string[]): PlotsOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      rounds: { type: "string" },
      help: { type: "boolean", default: false },
      json: { type: "string" },
      from: { type: "string" },
      out: { type: "string" },
      module: { type: "string" },
    },
  });
  const { rounds, ...rest } = values;
  if (rounds !== undefined && !/^[1-9]\d*$/.test(rounds)) {
    throw new TypeError(`--rounds takes a positive integer, not ${rounds}`);
  }
  return { ...rest, rounds: rounds === undefined ? undefined : Number(rounds) };
}

/** The command that measures the same again. */
export function plotsCommandOf({ quick, rounds }: PlotsOptions): string {
  const words = [
    ...(quick ? ["--quick"] : []),
    ...(rounds === undefined ? [] : ["--rounds", String(rounds)]),
  ];
  return ["npm run bench:plots", ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
}
