import { formatTime, percent, threeDigits } from "./format.js";
import type { Report, Row } from "./report.js";
import { textTable, type Column } from "./table.js";

const columns: Column[] = [
  { title: "work", align: "left" },
  { title: "by", align: "left" },
  { title: "median", align: "right" },
  { title: "quartiles", align: "right" },
  { title: "min", align: "right" },
  { title: "GFLOP/s", align: "right" },
  { title: "of portable", align: "right" },
  { title: "of machine", align: "right" },
  { title: "time", align: "right" },
  { title: "error", align: "right" },
];

/** The whole result for a terminal. */
export function showReport(report: Report): string {
  const groups = [...new Set(report.rows.map(({ group, dtype }) => `${group}, ${dtype}`))];
  const tables = groups.map((title) => {
    const rows = report.rows.filter(({ group, dtype }) => `${group}, ${dtype}` === title);
    return `${title}\n${textTable(columns, rows.map(cellsOf))}`;
  });
  return [showHead(report), showCeilings(report), ...tables, legend].join("\n\n");
}

function cellsOf(row: Row, index: number, rows: readonly Row[]): string[] {
  const { name, contestant, seconds, gflops, ofPortable, ofMachine, timesFirst, error } = row;
  return [
    rows[index - 1]?.name === name ? "" : name,
    contestant,
    formatTime(seconds.median),
    `${formatTime(seconds.q1)} … ${formatTime(seconds.q3)}`,
    formatTime(seconds.min),
    threeDigits(gflops),
    percent(ofPortable),
    ofMachine === undefined ? "–" : percent(ofMachine),
    `×${threeDigits(timesFirst)}`,
    threeDigits(error),
  ];
}

/** `AMD EPYC, 2 cores, Linux …; Node v20…` and the rest that a number means nothing without. */
export function showHead({ machine, revision, measured, rounds, clock, date }: Report): string {
  const { cpu, cores, memoryGiB, os, arch, load, node, v8 } = machine;
  const state = revision.modified ? ", sources modified" : "";
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os} ${arch}`,
    `Node ${node}, V8 ${v8}; load ${load.toFixed(2)} at the start${load > 1 ? " (not a quiet machine)" : ""}`,
    `commit ${revision.commit}${state}; measured ${measured}; ${rounds} rounds, ${clock} time; ${date}`,
  ].join("\n");
}

function showCeilings({ ceilings }: Report): string {
  const lines = ceilings.map(
    ({ kind, dtype, note, gflops, seconds }) =>
      `${kind.padEnd(9)} ${dtype}  ${threeDigits(gflops).padStart(5)} GFLOP/s (median ${threeDigits((gflops * seconds.min) / seconds.median)})  ${note}`,
  );
  if (!ceilings.some(({ kind }) => kind === "machine")) {
    lines.push("machine   not measured: this engine has no WebAssembly SIMD");
  }
  return ["Ceilings, twelve independent chains of multiply-adds:", ...lines].join("\n");
}

const legend = `FLOP: multiplications and additions of visible pairs (attention 2·(D + E) each, matmul 2·M·K·N).
of portable, of machine: speed over that of the ceiling, measured within the same round just before.
time: over that of the first contestant in the same round. error: distance to the float64 reference
over its bound, checked before timing; above 1 the run stops.`;
