import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface LawsOptions {
  /** Words; a function is checked if its name holds any of them. */
  functions: string[];
  only?: string[];
  skip: string[];
  runs: number;
  seed: number;
  json?: string;
  docs: boolean;
  help: boolean;
}

/** Cases of each law, unless told otherwise; known.ts was made with as many. */
export const usualRuns = 60;

export const lawsUsage = `npm run laws:peers -- [options]
  --function <text>  only functions whose name holds the text; may be repeated
  --only <law>       only these laws, by id; may be repeated
  --skip <law>       all but these laws; may be repeated
  --runs <n>         cases of each law, ${usualRuns} unless told otherwise
  --seed <n>         draws other cases
  --json <file>      also write the result to a file
  --docs             fill the matrix of docs/other-libraries.md`;

/** Throws for an option that does not exist, so that a typo does not check something else. */
export function readLawsOptions(args: readonly string[]): LawsOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      function: { type: "string", multiple: true, default: [] },
      only: { type: "string", multiple: true },
      skip: { type: "string", multiple: true, default: [] },
      runs: { type: "string", default: String(usualRuns) },
      seed: { type: "string", default: "1" },
      json: { type: "string" },
      docs: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { function: functions, runs, seed, ...rest } = values;
  if (!/^[1-9]\d*$/.test(runs)) {
    throw new TypeError(`--runs takes a positive integer, not ${runs}`);
  }
  if (!/^\d+$/.test(seed)) throw new TypeError(`--seed takes an integer, not ${seed}`);
  const options = { ...rest, functions, runs: Number(runs), seed: Number(seed) };
  if (options.docs && lawsCommandOf(options) !== "npm run laws:peers") {
    throw new TypeError("--docs writes what all laws say about all functions, in the usual cases");
  }
  return options;
}

/** The command that checks the same again, without what only says where the result goes. */
export function lawsCommandOf({ functions, only = [], skip, runs, seed }: LawsOptions): string {
  const words = [
    ...functions.flatMap((word) => ["--function", JSON.stringify(word)]),
    ...only.flatMap((id) => ["--only", id]),
    ...skip.flatMap((id) => ["--skip", id]),
    ...(runs === usualRuns ? [] : ["--runs", String(runs)]),
    ...(seed === 1 ? [] : ["--seed", String(seed)]),
  ];
  return ["npm run laws:peers", ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
}
