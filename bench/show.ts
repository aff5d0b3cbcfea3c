import { formatMemory, formatTime, percent, threeDigits } from "./format.js";
import { whereOf } from "./machine.js";
import type { CaseResult, Failure, MemoryResult, Report, Row } from "./report.js";
import { textTable, type Column } from "./table.js";
import { titleOf } from "./types.js";

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });
const columns = [
  ...[left("work"), left("by"), right("median"), right("quartiles"), right("min")],
  ...[right("GFLOP/s"), right("of portable"), right("of machine"), right("qkv is")],
  ...[right("error"), left("way")],
];

/** The whole result for a terminal. */
export function showReport(report: Report): string {
  const { cases, memory, skipped } = report;
  const parts = [headOf(report)];
  if (cases.length > 0) parts.push(textTable(columns, cases.flatMap(rowsOf)), legend);
  const ratios = cases.flatMap((one) =>
    Object.entries(one.ratios ?? {}).map(
      ([what, x]) => `${titleOf(one)}: ${what} ${threeDigits(x)}`,
    ),
  );
  const failures = cases.flatMap((one) =>
    one.failures.map((failure) => `${titleOf(one)}: ${failureLine(failure)}`),
  );
  const absent = skipped.map((text) => `skipped ${text}`);
  for (const lines of [ratios, memory.map(memoryLine), failures, absent]) {
    if (lines.length > 0) parts.push(lines.join("\n"));
  }
  return parts.join("\n\n");
}

/** What a number means nothing without. */
function headOf(report: Report): string {
  const { machine, measured, rounds, clock, versions, ceilings } = report;
  const { memoryGiB, load } = machine;
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    whereOf(report),
    `${memoryGiB} GiB, load ${load.toFixed(2)} at the start${load > 1 ? " (not a quiet machine)" : ""}`,
    `measured ${measured}; ${rounds} rounds, ${clock} time`,
    ...(peers.length > 0 ? [`peers: ${peers.join(", ")}`] : []),
    "ceilings, twelve independent chains of multiply-adds:",
    ...ceilings.map(
      ({ kind, dtype, note, gflops, seconds }) =>
        `${kind.padEnd(9)} ${dtype}  ${threeDigits(gflops).padStart(5)} GFLOP/s (median ${threeDigits((gflops * seconds.min) / seconds.median)})  ${note}`,
    ),
    ...(ceilings.some(({ kind }) => kind === "machine")
      ? []
      : ["machine   not measured: this engine has no WebAssembly SIMD"]),
  ].join("\n");
}

function rowsOf(one: CaseResult): string[][] {
  return one.rows.map((row, index) => cellsOf(index === 0 ? titleOf(one) : "", row, one.bound));
}

function cellsOf(title: string, row: Row, bound: number): string[] {
  const { by, variant = "", seconds, gflops, ofCeiling, timesQkv, error } = row;
  // A plain read computes nothing.
  const share = (x: number | undefined) => (gflops > 0 && x !== undefined ? percent(x) : "");
  return [
    ...[title, by, formatTime(seconds.median)],
    `${formatTime(seconds.q1)} … ${formatTime(seconds.q3)}`,
    formatTime(seconds.min),
    gflops > 0 ? threeDigits(gflops) : "",
    ...[share(ofCeiling.portable), share(ofCeiling.machine)],
    by === "qkv" ? "" : `×${threeDigits(timesQkv)}`,
    error === undefined ? "" : threeDigits(error / bound),
    variant,
  ];
}

/** `onnxruntime-web (Attention) fails: …` */
export function failureLine({ by, variant, message }: Failure): string {
  return `${by}${variant === undefined ? "" : ` (${variant})`} fails: ${message}`;
}

function memoryLine({ queries, keys, size, resident, buffers, seconds }: MemoryResult): string {
  return `memory ${queries}×${keys}×${size}: resident ${formatMemory(resident)}, buffers ${formatMemory(buffers)} beyond inputs and output; ${formatTime(seconds)}`;
}

const legend = `GFLOP: multiplications and additions of visible pairs (attention 2·(D + E) each, matmul 2·M·K·N).
of portable, of machine: speed over that of the ceiling, measured within the same round just before.
qkv is: how many times as fast as that contestant, median of the ratios within a round.
error: largest difference to the float64 reference over the largest number, in units of the bound of
the case, checked before timing; above 1 nothing is timed, and the run fails.
way: of several ways that a library offers, the fastest was timed.`;
