import { choice, commandLine, flag, integer, list, path, type Options } from "./commandLine.js";

/** The options of everything that measures. */
const measuring = {
  quick: flag("fewer cases and rounds", true),
  list: flag("name the cases and stop"),
  rounds: integer("samples of each contestant", 1, undefined),
  json: path("<file>", "also write the result to a file"),
  from: list("<file>", "show a result written by --json instead of measuring", false),
  page: flag("fill the tables of the pages, from --from or this run"),
  module: path("<file>", "measure this core.js instead of building dist"),
};

const filter = list("<text>", "only cases whose title holds the text");
const clock = choice(["wall", "cpu"], "cpu: processor time, for a machine that is not quiet");

export const benchLine = commandLine("bench", { ...measuring, filter, clock });
export const peersLine = commandLine("bench:peers", { ...measuring, filter });
export const plotsLine = commandLine("bench:plots", {
  ...measuring,
  out: path("<folder>", "draw into this folder; --page draws into docs/img"),
});

/** What all three have, and what some have: a plot has all of its points. */
export type MeasuringOptions = Options<typeof measuring> & {
  filter?: string[];
  clock?: "wall" | "cpu";
};

/** True if a case with this title is asked for. */
export function isWanted(title: string, filter: readonly string[]): boolean {
  const text = title.toLowerCase();
  return filter.length === 0 || filter.some((word) => text.includes(word.toLowerCase()));
}
