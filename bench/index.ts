// The bench: `npm run bench -- --help` names its options, bench/README.md says how it measures.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { npm, root } from "../scripts/step.js";
import { attentionCases } from "./cases/attention.js";
import { matmulCases } from "./cases/matmul.js";
import { describeMachine, describeRevision } from "./machine.js";
import { paces, sink } from "./measure.js";
import { commandOf, isWanted, readOptions, usage, type BenchOptions } from "./options.js";
import { benchBlock, fillBetween } from "./readme.js";
import { parseReport, type Report } from "./report.js";
import { runCases } from "./runCases.js";
import { showReport } from "./show.js";

let options: BenchOptions;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exit(2);
}
const { quick, filter, list, json, page, from } = options;
const cases = [...matmulCases, ...attentionCases].filter(
  (spec) => (spec.quick || !quick) && isWanted(`${spec.group} ${spec.name} ${spec.dtype}`, filter),
);
if (options.help) {
  console.log(usage);
} else if (list) {
  for (const { group, name, dtype } of cases) console.log(`${group} ${name} ${dtype}`);
} else {
  const report = from === undefined ? await measure() : parseReport(readFileSync(from, "utf8"));
  console.log(showReport(report));
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (page) {
    const file = join(root, "docs/performance.md");
    writeFileSync(file, fillBetween(readFileSync(file, "utf8"), "alone", benchBlock(report)));
  }
}

async function measure(): Promise<Report> {
  if (cases.length === 0) {
    console.error("no case has such a title; --list names them");
    process.exit(2);
  }
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  };
  // Before the build, which is load of our own.
  const machine = describeMachine();
  if (options.module === undefined) {
    progress("building dist");
    await npm(["run", "--silent", "build"]);
  }
  const file = options.module ?? join(root, "dist/core.js");
  const usual = paces[quick ? "quick" : "full"];
  const pace = { ...usual, rounds: options.rounds ?? usual.rounds, clock: options.clock };
  const { ceilings, rows } = await runCases(cases, file, pace, progress);
  progress("");
  return {
    format: 1,
    date: new Date().toISOString(),
    command: commandOf(options),
    measured: relative(root, file),
    revision: describeRevision(root),
    machine,
    rounds: pace.rounds,
    clock: pace.clock,
    ceilings,
    rows,
    sink: sink(),
  };
}
