import { formatTime, percent, threeDigits } from "./format.js";
import type { Report, Row } from "./report.js";
import { markdownTable, type Column } from "./table.js";

const start = "<!-- bench:start -->";
const end = "<!-- bench:end -->";

/** Replaces what stands between the two marks of a README. */
export function fillReadme(readme: string, report: Report): string {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from || readme.indexOf(start, from + 1) >= 0) {
    throw new RangeError(`the README needs one ${start} and, behind it, ${end}`);
  }
  return `${readme.slice(0, from + start.length)}\n\n${readmeBlock(report)}\n\n${readme.slice(to)}`;
}

const columns: Column[] = [
  { title: "work, one thread", align: "left" },
  { title: "float32", align: "right" },
  { title: "GFLOP/s", align: "right" },
  { title: "of the ceiling", align: "right" },
  { title: "float64", align: "right" },
  { title: "GFLOP/s", align: "right" },
  { title: "of the ceiling", align: "right" },
];

/** The headline cases, with what is needed to judge and to repeat them. */
export function readmeBlock(report: Report): string {
  const { machine, revision, ceilings, rows, command, rounds, clock, date } = report;
  const chosen = rows.filter(({ headline, contestant }) => headline && contestant === "qkv");
  if (chosen.length === 0) throw new RangeError("the result has no case of the README");
  const names = [...new Set(chosen.map(({ group, name }) => `${group} ${name}`))];
  const table = names.map((title) => [
    title,
    ...(["float32", "float64"] as const).flatMap((dtype) =>
      cellsOf(chosen.find((row) => `${row.group} ${row.name}` === title && row.dtype === dtype)),
    ),
  ]);
  const portable = ceilings
    .filter(({ kind }) => kind === "portable")
    .map(({ dtype, gflops }) => `${threeDigits(gflops)} GFLOP/s in ${dtype}`);
  return `${markdownTable(columns, table)}

Median ${clock === "cpu" ? "processor time " : ""}of ${rounds} rounds on ${machine.cpu} (${machine.os}, ${machine.arch}), Node ${machine.node}, commit ${revision.commit}${revision.modified ? " with changes" : ""}, ${date.slice(0, 10)}.
The ceiling is what independent multiply-adds reach in plain JavaScript in the same run, ${portable.join(" and ")}.
Measured by \`${command}\`, which checks every result against the float64 reference first.`;
}

function cellsOf(row: Row | undefined): string[] {
  return row
    ? [formatTime(row.seconds.median), threeDigits(row.gflops), percent(row.ofPortable)]
    : ["", "", ""];
}
