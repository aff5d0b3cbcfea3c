import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface BenchOptions {
  quick: boolean;
  /** Words; a case is measured if its title holds any of them. */
  filter: string[];
  list: boolean;
  help: boolean;
  json?: string;
  page: boolean;
  /** A result to show or to fill in, instead of measuring. */
  from?: string;
  module?: string;
  rounds?: number;
  clock: "wall" | "cpu";
}

/** What `--help` prints. */
export const usage = `npm run bench -- [options]
  --quick           fewer cases and rounds
  --filter <text>   only cases whose title holds the text; may be repeated
  --list            name the cases and stop
  --rounds <n>      samples of each contestant
  --clock cpu       processor time instead of wall time, for a machine that is not quiet
  --json <file>     also write the result to a file
  --page            fill the table of docs/performance.md, from this run or --from
  --from <file>     show a result written by --json; measure nothing
  --module <file>   measure this file instead of building and measuring dist/core.js`;

/** Throws for an option that does not exist, so that a typo does not measure something else. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      filter: { type: "string", multiple: true, default: [] },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      json: { type: "string" },
      page: { type: "boolean", default: false },
      from: { type: "string" },
      module: { type: "string" },
      rounds: { type: "string" },
      clock: { type: "string", default: "wall" },
    },
  });
  const { rounds, clock, ...rest } = values;
  if (clock !== "wall" && clock !== "cpu") throw new TypeError("--clock takes wall or cpu");
  if (rounds !== undefined && !/^[1-9]\d*$/.test(rounds)) {
    throw new TypeError(`--rounds takes a positive integer, not ${rounds}`);
  }
  return { ...rest, clock, rounds: rounds === undefined ? undefined : Number(rounds) };
}

/** The command that measures the same again, without what only says where the result goes. */
export function commandOf({ quick, filter, rounds, clock }: BenchOptions): string {
  const words = [
    ...(quick ? ["--quick"] : []),
    ...filter.flatMap((word) => ["--filter", JSON.stringify(word)]),
    ...(rounds === undefined ? [] : ["--rounds", String(rounds)]),
    ...(clock === "wall" ? [] : ["--clock", clock]),
  ];
  return ["npm run bench", ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
}

/** True if a case with this title is asked for. */
export function isWanted(title: string, filter: readonly string[]): boolean {
  const text = title.toLowerCase();
  return filter.length === 0 || filter.some((word) => text.includes(word.toLowerCase()));
}
