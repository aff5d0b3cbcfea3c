import {
  commandLine,
  flag,
  integer,
  list,
  path,
  type CommandLine,
  type Options,
} from "../../commandLine.js";

/** Cases of each law, unless told otherwise; known.ts was made with as many. */
export const usualRuns = 60;

const flags = {
  function: list("<text>", "only functions whose name holds the text"),
  only: list("<law>", "only these laws, by id"),
  skip: list("<law>", "all but these laws"),
  runs: integer(`cases of each law, ${usualRuns} unless told otherwise`, 1, usualRuns),
  seed: integer("draws other cases", 0, 1),
  json: path("<file>", "also write the result to a file"),
  page: flag("fill the matrix of docs/other-libraries.md"),
};

const line = commandLine("laws:peers", flags);

export type LawsOptions = Options<typeof flags>;

export const lawsLine: CommandLine<typeof flags> = {
  ...line,
  read(args) {
    const options = line.read(args);
    if (options.page && options.command !== "npm run laws:peers") {
      throw new TypeError("--page is filled with all laws and all functions, in the usual cases");
    }
    return options;
  },
};
