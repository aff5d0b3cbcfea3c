import { formatTime, percent, threeDigits } from "../format.js";
import { textTable, type Column } from "../table.js";
import type { CaseResult, MemoryResult, PeersReport, Row } from "./report.js";

const columns: Column[] = [
  { title: "work", align: "left" },
  { title: "by", align: "left" },
  { title: "median", align: "right" },
  { title: "quartiles", align: "right" },
  { title: "GFLOP/s", align: "right" },
  { title: "of ceiling", align: "right" },
  { title: "qkv is", align: "right" },
  { title: "error", align: "right" },
  { title: "way", align: "left" },
];

/** The whole result for a terminal. */
export function showPeers(report: PeersReport): string {
  const { cases, memory, skipped } = report;
  const parts = [head(report)];
  if (cases.length > 0) parts.push(textTable(columns, cases.flatMap(rowsOf)), legend);
  const ratios = cases.flatMap(({ group, name, ratios = {} }) =>
    Object.entries(ratios).map(([what, x]) => `${group} ${name}: ${what} ${threeDigits(x)}`),
  );
  const failures = cases.flatMap(({ group, name, failures }) =>
    failures.map(({ by, variant, message }) => {
      const way = variant === undefined ? "" : ` (${variant})`;
      return `${group} ${name}: ${by}${way} fails: ${message}`;
    }),
  );
  const left = skipped.map((text) => `skipped ${text}`);
  for (const lines of [ratios, memory.map(memoryLine), failures, left]) {
    if (lines.length > 0) parts.push(lines.join("\n"));
  }
  return parts.join("\n\n");
}

function head(report: PeersReport): string {
  const { machine, revision, measured, rounds, date, versions, ceilings } = report;
  const { cpu, cores, memoryGiB, os, arch, load, node, v8 } = machine;
  const tops = Object.entries(ceilings).map(
    ([dtype, gflops]) => `${threeDigits(gflops)} GFLOP/s in ${dtype}`,
  );
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os} ${arch}`,
    `Node ${node}, V8 ${v8}; load ${load.toFixed(2)} at the start${load > 1 ? " (not a quiet machine)" : ""}`,
    `commit ${revision.commit}${revision.modified ? ", sources modified" : ""}; measured ${measured}; ${rounds} rounds; ${date}`,
    `peers: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}`,
    `ceiling, multiply-adds in 128-bit WebAssembly SIMD: ${tops.join(", ") || "not measured, this engine has no SIMD"}`,
  ].join("\n");
}

function rowsOf({ group, name, rows, flops }: CaseResult): string[][] {
  return rows.map((row, index) => cellsOf(index === 0 ? `${group} ${name}` : "", row, flops));
}

function cellsOf(title: string, row: Row, flops: number): string[] {
  const { by, variant = "", seconds, gflops, ofCeiling, timesQkv, error } = row;
  // A plain read computes nothing, and a tiny call is not about its few operations.
  const counts = gflops > 0 && flops > 1e6;
  return [
    title,
    by,
    formatTime(seconds.median),
    `${formatTime(seconds.q1)} … ${formatTime(seconds.q3)}`,
    counts ? threeDigits(gflops) : "",
    counts && ofCeiling !== undefined ? percent(ofCeiling) : "",
    by === "qkv" ? "" : `×${threeDigits(timesQkv)}`,
    error === undefined ? "" : error.toExponential(1),
    variant,
  ];
}

function memoryLine({ queries, keys, size, resident, buffers, seconds }: MemoryResult): string {
  const mebibytes = (bytes: number) => `${threeDigits(bytes / 2 ** 20)} MiB`;
  return `memory ${queries}×${keys}×${size}: resident ${mebibytes(resident)}, buffers ${mebibytes(buffers)} beyond inputs and output; ${formatTime(seconds)}`;
}

const legend = `of ceiling: speed over that of the ceiling, measured within the same round just before.
qkv is: how many times as fast as that contestant, median of the ratios within a round.
error: largest difference to a float64 reference over max|output|, checked before timing.
way: of several ways that a library offers, the fastest was timed.`;
