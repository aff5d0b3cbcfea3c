import { formatMemory, formatTime, percent, threeDigits } from "../format.js";
import type { CaseResult, Report, Row } from "../report.js";
import { markdownTable, type Column } from "../table.js";
import type { Precision } from "../tensors.js";

const peers = ["onnxruntime-web", "onnxruntime-node", "tfjs-wasm", "jax-js"];

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
  const shown = newest.cases.filter(
    ({ group, dtype }) => group !== "threads" && dtype === "float32",
  );
  const table = shown.map((one) => [
    titleOf(one),
    ...reports.flatMap((report) => qkvCells(sameCase(report, one))),
    ...peers.map((name) => ratioCell(one, name)),
  ]);
  const facts = [windowFact, decodeFact, memoryFact, threadsFact, matmulFact].flatMap((fact) => {
    const texts = reports.map((report) => fact(report));
    if (texts.every((text) => text === undefined)) return [];
    return `- ${what[fact.name]}: ${texts.map((text, i) => `${text ?? "not measured"} (${nodeName(reports[i].machine.node)})`).join(", ")}.`;
  });
  const { machine } = newest;
  return `${markdownTable(columns, table)}

${facts.length > 0 ? `${facts.join("\n")}\n\n` : ""}Time of a call, and the speed of qkv as a multiple of each peer's on ${nodeName(machine.node)}, float32, one thread, on ${machine.cpu}.
The ceiling is what multiply-adds in 128-bit WebAssembly SIMD reach on that core in the same round. Every
result is checked first.${noisy(reports)} [docs/performance.md](docs/performance.md) has all numbers, says how they are measured, and how to repeat them.`;
}

/** Numbers of a machine that others used at the same time are worth little, and say so. */
export function noisy(reports: readonly Report[]): string {
  const loads = reports.map(({ machine }) => machine.load).filter((load) => load > 1);
  if (loads.length === 0) return "";
  return ` The machine was not quiet: load ${loads.map((load) => load.toFixed(1)).join(" and ")} at the start.`;
}

/** What each fact is about. */
const what: Record<string, string> = {
  windowFact: "Window of 256 keys, time of 16384 tokens over that of 4096",
  decodeFact: "Decoding, its bandwidth over that of a plain read of the same cache",
  memoryFact: "131072 keys, working memory beyond inputs and output",
  threadsFact: "Two threads over one",
  matmulFact: "Products of 512² matrices over those of libraries in plain JavaScript",
};

function windowFact({ cases }: Report): string | undefined {
  const growth = ratio(cases, "window", "time over L 4096");
  return growth === undefined ? undefined : `×${threeDigits(growth)}`;
}

function decodeFact({ cases }: Report): string | undefined {
  const share = ratio(cases, "decode", "bandwidth over plain read");
  return share === undefined ? undefined : percent(share);
}

function memoryFact({ memory }: Report): string | undefined {
  if (memory.length === 0) return undefined;
  return memory.map(({ size, resident }) => `${formatMemory(resident)} at D ${size}`).join(" and ");
}

function threadsFact({ cases }: Report): string | undefined {
  const scaling = ratio(cases, "threads", "scaling");
  const pure = ratio(cases, "threads", "scaling of multiply-add");
  if (scaling === undefined || pure === undefined) return undefined;
  return `×${threeDigits(scaling)}, pure multiply-adds ×${threeDigits(pure)}`;
}

function matmulFact({ cases }: Report): string | undefined {
  const single = rowOf(cases, "float32", "ndarray-gemm");
  const double = rowOf(cases, "float64", "ml-matrix");
  if (!single || !double) return undefined;
  return `×${threeDigits(single.timesQkv)} ndarray-gemm, in float64 ×${threeDigits(double.timesQkv)} ml-matrix`;
}

function ratio(cases: readonly CaseResult[], group: string, name: string): number | undefined {
  const x = cases.find((one) => one.group === group && one.ratios)?.ratios?.[name];
  // NaN is null in JSON.
  return typeof x === "number" && Number.isFinite(x) ? x : undefined;
}

function rowOf(cases: readonly CaseResult[], dtype: Precision, by: string): Row | undefined {
  const product = cases.find((one) => one.name === "512³" && one.dtype === dtype);
  return product?.rows.find((row) => row.by === by);
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
