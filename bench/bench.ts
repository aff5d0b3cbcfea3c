import { readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { root } from "../scripts/step.js";
import { progress } from "./commandLine.js";
import { buildIfNeeded } from "./library.js";
import { describeMachine, describeRevision } from "./machine.js";
import { paces, sink } from "./measure.js";
import { measureMemory } from "./memory.js";
import { isWanted, type MeasuringOptions } from "./options.js";
import { isRight, parseReport, type CaseResult, type MemoryResult, type Report } from "./report.js";
import { ceilingRows, runCases, warmCeilings } from "./runCases.js";
import { showReport } from "./show.js";
import { titleOf, type CaseSpec } from "./types.js";

/** What a program measures. */
export interface Plan {
  cases: readonly CaseSpec[];
  /** In the same rounds, or one case after the other because they do not fit into memory together. */
  together: boolean;
  /** Calls whose memory is measured. */
  memory?: readonly Pick<MemoryResult, "queries" | "keys" | "size">[];
  versions?: Record<string, string>;
  skipped?: string[];
}

/**
 * One program of the bench: measures what `plan` says of a built file, or reads results; shows them, and
 * has them written where that is asked for. False if a result was wrong.
 */
export async function bench(
  options: MeasuringOptions,
  plan: (file: string, quick: boolean) => Promise<Plan>,
  fill: (reports: readonly Report[]) => void | Promise<void>,
): Promise<boolean> {
  const { from, json, page } = options;
  const reports = from.length
    ? from.map((file) => parseReport(readFileSync(file, "utf8")))
    : await measure(options, plan);
  for (const report of reports) console.log(showReport(report));
  if (json) {
    if (reports.length !== 1) throw new TypeError("--json writes one result");
    writeFileSync(json, `${JSON.stringify(reports[0], null, 2)}\n`);
  }
  const right = reports.every(({ cases }) => cases.every(isRight));
  if (page) {
    if (!right) throw new Error("a result is wrong: the pages are left as they are");
    await fill(reports);
  }
  return right;
}

/** One result, or none if the cases were only to be named. */
async function measure(
  { quick, filter = [], list, rounds, clock = "wall", module, command }: MeasuringOptions,
  plan: (file: string, quick: boolean) => Promise<Plan>,
): Promise<Report[]> {
  // Before the build, which is load of our own.
  const machine = describeMachine();
  const file = module ? resolve(module) : await buildIfNeeded();
  const { cases, together, memory = [], versions = {}, skipped = [] } = await plan(file, quick);
  const memoryTitle = ({ queries, keys, size }: (typeof memory)[number]) =>
    `memory ${queries}×${keys}×${size}`;
  const chosen = cases.filter((spec) => (spec.quick || !quick) && isWanted(titleOf(spec), filter));
  const calls = memory.filter((sizes) => isWanted(memoryTitle(sizes), filter));
  const titles = [...chosen.map(titleOf), ...calls.map(memoryTitle)];
  if (titles.length === 0) throw new RangeError("no case has such a title; --list names them");
  if (list) {
    console.log(titles.join("\n"));
    return [];
  }
  const usual = paces[quick ? "quick" : "full"];
  const pace = { ...usual, clock, rounds: rounds ?? usual.rounds };
  const grown: MemoryResult[] = [];
  for (const sizes of calls) {
    progress(memoryTitle(sizes));
    grown.push(await measureMemory(file, sizes));
  }
  const tops = await warmCeilings(pace);
  const results: CaseResult[] = [];
  for (const some of together ? [chosen] : chosen.map((spec) => [spec])) {
    results.push(...(await runCases(some, tops, pace, progress)));
  }
  progress("");
  return [
    {
      kind: "qkv bench",
      format: 2,
      date: new Date().toISOString(),
      command,
      measured: relative(root, file),
      revision: describeRevision(root),
      machine,
      rounds: pace.rounds,
      clock,
      versions,
      skipped,
      ceilings: ceilingRows(tops),
      cases: results,
      memory: grown,
      sink: sink(),
    },
  ];
}
