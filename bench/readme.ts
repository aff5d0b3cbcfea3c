import { formatTime, percent, threeDigits } from "./format.js";
import type { Report, Row } from "./report.js";
import { markdownTable, type Column } from "./table.js";

/** Replaces what stands between `<!-- mark:start -->` and `<!-- mark:end -->` of a page. */
export function fillBetween(page: string, mark: string, block: string): string {
  const [start, end] = [`<!-- ${mark}:start -->`, `<!-- ${mark}:end -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from || page.indexOf(start, from + 1) >= 0) {
    throw new RangeError(`the page needs one ${start} and, behind it, ${end}`);
  }
  return `${page.slice(0, from + start.length)}\n\n${block}\n\n${page.slice(to)}`;
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

/** The headline cases of `npm run bench`, with what is needed to judge and to repeat them. */
export function benchBlock(report: Report): string {
  const { machine, revision, ceilings, rows, command, rounds, clock, date } = report;
  const chosen = rows.filter(({ headline, contestant }) => headline && contestant === "qkv");
  if (chosen.length === 0) throw new RangeError("the result has no case of the page");
  const names = [...new Set(chosen.map(({ group, name }) => `${group} ${name}`))];
  const table = names.map((title) => [
    title,
    ...(["float32", "float64"] as const).flatMap((dtype) =>
      cellsOf(chosen.find((row) => `${row.group} ${row.name}` === title && row.dtype === dtype)),
    ),
  ]);
  // Without SIMD, plain JavaScript is what there is.
  const kind = ceilings.some(({ kind }) => kind === "machine") ? "machine" : "portable";
  const tops = ceilings
    .filter((ceiling) => ceiling.kind === kind)
    .map(({ dtype, gflops }) => `${threeDigits(gflops)} GFLOP/s in ${dtype}`);
  const where = kind === "machine" ? "128-bit WebAssembly SIMD" : "plain JavaScript";
  return `${markdownTable(columns, table)}

Median ${clock === "cpu" ? "processor time " : ""}of ${rounds} rounds on ${machine.cpu} (${machine.os}, ${machine.arch}), Node ${machine.node}, commit ${revision.commit}${revision.modified ? " with changes" : ""}, ${date.slice(0, 10)}.
The ceiling is what independent multiply-adds reach in ${where} in the same run, ${tops.join(" and ")}.
Measured by \`${command}\`, which checks every result against the float64 reference first.`;
}

function cellsOf(row: Row | undefined): string[] {
  return row
    ? [
        formatTime(row.seconds.median),
        threeDigits(row.gflops),
        percent(row.ofMachine ?? row.ofPortable),
      ]
    : ["", "", ""];
}
