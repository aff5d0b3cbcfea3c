import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/step.js";
import { formatTime, percent, threeDigits } from "./format.js";
import { whereOf } from "./machine.js";
import type { CaseResult, CeilingRow, Report } from "./report.js";
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

/** The same in a file of the repository. */
export function fillPage(path: string, mark: string, block: string): void {
  const file = join(root, path);
  writeFileSync(file, fillBetween(readFileSync(file, "utf8"), mark, block));
}

const precisions = ["float32", "float64"] as const;
const columns: Column[] = [
  { title: "work, one thread", align: "left" },
  ...precisions.flatMap((dtype) =>
    [dtype, "GFLOP/s", "of the ceiling"].map((title): Column => ({ title, align: "right" })),
  ),
];

/** The headline cases of `npm run bench`, with what is needed to judge and to repeat them. */
export function benchBlock(report: Report): string {
  const { ceilings, cases, command, rounds, clock } = report;
  const chosen = cases.filter(({ headline }) => headline);
  if (chosen.length === 0) throw new RangeError("the result has no case of the page");
  const nameOf = ({ group, name }: CaseResult) => `${group} ${name}`;
  const table = [...new Set(chosen.map(nameOf))].map((title) => [
    title,
    ...precisions.flatMap((dtype) =>
      cellsOf(chosen.find((one) => nameOf(one) === title && one.dtype === dtype)),
    ),
  ]);
  // Without SIMD, plain JavaScript is what there is.
  const kind = ceilings.some(({ kind }) => kind === "machine") ? "machine" : "portable";
  const where = kind === "machine" ? "128-bit WebAssembly SIMD" : "plain JavaScript";
  return `${markdownTable(columns, table)}

Median ${clock === "cpu" ? "processor time " : ""}of ${rounds} rounds on ${whereOf(report)}.
The ceiling is what independent multiply-adds reach in ${where} in the same run, ${ceilingsOf(ceilings, kind).join(" and ")}.
Measured by \`${command}\`, which checks every result against the float64 reference first.`;
}

/** `48.9 GFLOP/s in float32`, and so on. */
export function ceilingsOf(ceilings: readonly CeilingRow[], kind: CeilingRow["kind"]): string[] {
  return ceilings
    .filter((ceiling) => ceiling.kind === kind)
    .map(({ dtype, gflops }) => `${threeDigits(gflops)} GFLOP/s in ${dtype}`);
}

function cellsOf(one: CaseResult | undefined): string[] {
  const row = one?.rows[0];
  if (!row) return ["", "", ""];
  const { machine, portable } = row.ofCeiling;
  const share = machine ?? portable;
  return [
    formatTime(row.seconds.median),
    threeDigits(row.gflops),
    share === undefined ? "" : percent(share),
  ];
}
