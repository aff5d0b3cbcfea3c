import { formatTime, percent, threeDigits } from "../format.js";
import type { CaseResult, Report } from "../report.js";
import { markdownTable, type Column } from "../table.js";

const peers = ["onnxruntime-web", "onnxruntime-node", "tfjs-wasm", "jax-js"];

/** What decides whether to use it; the rest is on the page on performance. */
const decisive = [
  "dense 8×1024×64",
  "causal 8×1024×64",
  "window 256, 1×4096×64",
  "decode 1 query, 8×32768×64",
  "matmul 1024³",
];

/** The table of the README: one result for each Node version, the newest last. */
export function readmeBlock(reports: readonly Report[]): string {
  const newest = reports.at(-1);
  if (newest === undefined) throw new RangeError("there is no result to show");
  const columns: Column[] = [
    { title: "work", align: "left" },
    ...reports.flatMap(({ machine }): Column[] => [
      { title: nodeName(machine.node), align: "right" },
      { title: "of ceiling", align: "right" },
    ]),
    ...peers.map((name): Column => ({ title: name, align: "right" })),
  ];
  const shown = newest.cases.filter((one) => decisive.includes(titleOf(one)));
  const table = shown.map((one) => [
    titleOf(one),
    ...reports.flatMap((report) => qkvCells(sameCase(report, one))),
    ...peers.map((name) => ratioCell(one, name)),
  ]);
  const { machine } = newest;
  return `${markdownTable(columns, table)}

Time of a call, and the speed of qkv as a multiple of each peer's on ${nodeName(machine.node)}: ×2 is twice as fast, ×0.4 takes 2.5 times as long.
float32, one thread, on ${machine.cpu}; the ceiling is what multiply-adds in 128-bit WebAssembly SIMD reach on that core. Every
result is checked first.${noisy(reports)} [docs/performance.md](docs/performance.md) has all numbers, threads and memory too, and how to repeat them.`;
}

/** Numbers of a machine that others used at the same time are worth little, and say so. */
export function noisy(reports: readonly Report[]): string {
  const loads = reports.map(({ machine }) => machine.load).filter((load) => load > 1);
  if (loads.length === 0) return "";
  return ` The machine was not quiet: load ${loads.map((load) => load.toFixed(1)).join(" and ")} at the start.`;
}

/** `v26.1.0` is `Node 26`. */
export function nodeName(version: string): string {
  return `Node ${/\d+/.exec(version)?.[0]}`;
}

/** `dense 8×1024×64`: float32 goes without saying. */
export function titleOf({ group, name, dtype }: CaseResult): string {
  const title = group === "tiny" ? name : `${group} ${name}`;
  return dtype === "float32" ? title : `${title} ${dtype}`;
}

/** The same case of another result. */
function sameCase(report: Report, one: CaseResult): CaseResult | undefined {
  return report.cases.find((other) => titleOf(other) === titleOf(one));
}

function qkvCells(one: CaseResult | undefined): string[] {
  const row = one?.rows.find(({ by }) => by === "qkv");
  if (!one || !row) return ["", ""];
  const { machine } = row.ofCeiling;
  const share = countsFlops(one) && machine !== undefined ? percent(machine) : "";
  return [formatTime(row.seconds.median), share];
}

/** Reading limits decoding, and a tiny call is not about its few operations. */
export function countsFlops({ group }: CaseResult): boolean {
  return group !== "decode" && group !== "tiny";
}

/** How many times as fast qkv is; `fails` if the peer could not do it, empty if it does not do it. */
function ratioCell({ rows, failures }: CaseResult, name: string): string {
  const row = rows.find(({ by }) => by === name);
  if (row) return `×${threeDigits(row.timesQkv)}`;
  return failures.some(({ by }) => by === name) ? "fails" : "";
}
