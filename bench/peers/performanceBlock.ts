import { formatMemory, formatTime, percent, threeDigits } from "../format.js";
import { whereOf } from "../machine.js";
import { ceilingsOf } from "../page.js";
import type { CaseResult, Report, Row } from "../report.js";
import { markdownTable, type Column } from "../table.js";
import { countsFlops, nodeName, noisy, titleOf } from "./readmeBlock.js";

/** The sections of docs/performance.md, one for each Node version. */
export function performanceBlock(reports: readonly Report[]): string {
  return reports.map(section).join("\n\n");
}

function section(report: Report): string {
  const { machine, cases, memory } = report;
  const attention = cases.filter(({ group }) => group !== "matmul");
  const matmul = cases.filter(({ group }) => group === "matmul");
  const parts = [`### ${nodeName(machine.node)}`, headOf(report)];
  for (const some of [attention, matmul]) if (some.length > 0) parts.push(table(some));
  const ratios = attention.flatMap((one) =>
    Object.entries(one.ratios ?? {}).map(
      ([what, x]) => `- ${titleOf(one)}: ${what} ${threeDigits(x ?? NaN)}`,
    ),
  );
  if (ratios.length > 0) parts.push(ratios.join("\n"));
  if (memory.length > 0) parts.push(memoryTable(report));
  const notes = [
    ...cases.flatMap(failureLines),
    ...report.skipped.map((text) => `- not measured: ${text}`),
  ];
  if (notes.length > 0) parts.push(notes.join("\n"));
  return parts.join("\n\n");
}

function headOf(report: Report): string {
  const { rounds, command, versions, ceilings } = report;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const tops = ceilingsOf(ceilings, "machine").join(", ") || "not measured";
  return `${whereOf(report)}; \`${command}\`, ${rounds} rounds.
Peers: ${names.join(", ")}. Ceiling: ${tops}.${noisy([report])}`;
}

/** One row for each case: qkv with its rates, then each contestant's time and how much faster qkv is. */
function table(cases: readonly CaseResult[]): string {
  const others = [...new Set(cases.flatMap(({ rows }) => rows.map(({ by }) => by)))].filter(
    (by) => by !== "qkv" && !/^(qkv|multiply-add|plain read)/.test(by),
  );
  const columns: Column[] = [
    { title: "work", align: "left" },
    ...["qkv", "GFLOP/s", "of ceiling", ...others].map((title): Column => ({
      title,
      align: "right",
    })),
  ];
  const rows = cases.map((one) => {
    const row = one.rows.find(({ by }) => by === "qkv");
    const counts = countsFlops(one);
    return [
      titleOf(one),
      row ? formatTime(row.seconds.median) : "",
      row && counts ? threeDigits(row.gflops) : "",
      row?.ofCeiling.machine !== undefined && counts ? percent(row.ofCeiling.machine) : "",
      ...others.map((by) =>
        peerCell(
          one.rows.find((other) => other.by === by),
          one,
          by,
        ),
      ),
    ];
  });
  return markdownTable(columns, rows);
}

function peerCell(row: Row | undefined, { failures }: CaseResult, by: string): string {
  if (row) return `${formatTime(row.seconds.median)} ×${threeDigits(row.timesQkv)}`;
  return failures.some((failure) => failure.by === by) ? "fails" : "";
}

function memoryTable({ memory }: Report): string {
  const columns = ["L×S×D", "resident", "buffers", "time"].map((title, i): Column => ({
    title,
    align: i === 0 ? "left" : "right",
  }));
  return markdownTable(
    columns,
    memory.map(({ queries, keys, size, resident, buffers, seconds }) => [
      `memory ${queries}×${keys}×${size}`,
      formatMemory(resident),
      formatMemory(buffers),
      formatTime(seconds),
    ]),
  );
}

function failureLines(one: CaseResult): string[] {
  return one.failures.map(({ by, variant, message }) => {
    const way = variant === undefined ? "" : ` (${variant})`;
    // Messages hold C++ names, which markdown would read as tags.
    return `- ${titleOf(one)}, ${by}${way} fails: \`${message.replaceAll("`", "'")}\``;
  });
}
