import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface PeersOptions {
  quick: boolean;
  /** Words; a case is measured if its title holds any of them. */
  filter: string[];
  list: boolean;
  help: boolean;
  json?: string;
  /** Results to show or to fill in, instead of measuring. */
  from: string[];
  readme: boolean;
  module?: string;
  rounds?: number;
}

export const peersUsage = `npm run bench:peers -- [options]
  --quick           fewer cases and rounds
  --filter <text>   only cases whose title holds the text; may be repeated
  --list            name the cases and stop
  --rounds <n>      samples of each contestant
  --json <file>     also write the result to a file
  --from <file>     show a result written by --json instead of measuring; may be repeated
  --readme          fill the tables of README.md and docs/performance.md, from --from or this run
  --module <file>   measure this core.js instead of building dist`;

/** Throws for an option that does not exist, so that a typo does not measure something else. */
export function readPeersOptions(args: readonly string[]): PeersOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      filter: { type: "string", multiple: true, default: [] },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      json: { type: "string" },
      from: { type: "string", multiple: true, default: [] },
      readme: { type: "boolean", default: false },
      module: { type: "string" },
      rounds: { type: "string" },
    },
  });
  const { rounds, ...rest } = values;
  if (rounds !== undefined && !/^[1-9]\d*$/.test(rounds)) {
    throw new TypeError(`--rounds takes a positive integer, not ${rounds}`);
  }
  return { ...rest, rounds: rounds === undefined ? undefined : Number(rounds) };
}

/** The command that measures the same again, without what only says where the result goes. */
export function peersCommandOf({ quick, filter, rounds }: PeersOptions): string {
  const words = [
    ...(quick ? ["--quick"] : []),
    ...filter.flatMap((word) => ["--filter", JSON.stringify(word)]),
    ...(rounds === undefined ? [] : ["--rounds", String(rounds)]),
  ];
  return ["npm run bench:peers", ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
}
