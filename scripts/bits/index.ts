// Runs the golden set of the built package on several versions of Node and in Chromium, on every
// engine, and compares the hashes with the committed ones. `--update` writes those (a change of bits
// takes a major version), `--skip-build` takes dist as it is.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Library } from "../../test/golden/problem.js";
import { readJson, root } from "../step.js";
import { browserRows } from "./browser.js";
import { folder, prepare } from "./build.js";
import { nodeRows } from "./nodes.js";
import { differences, goldenProblems, reportOf } from "./report.js";
import { tableOf } from "./table.js";

const known = ["--update", "--skip-build"];
const options = process.argv.slice(2);
const unknown = options.find((option) => !known.includes(option));
if (unknown !== undefined) {
  console.error(`bits: there is no ${unknown}; options: ${known.join(", ")}`);
  process.exit(2);
}

const file = join(root, "test/golden/hashes.json");
await prepare(options.includes("--skip-build"));

if (options.includes("--update")) {
  const built = join(folder, "dist/core.js");
  const { portable } = reportOf((await import(built)) as Library);
  if (typeof portable === "string") throw new Error(portable);
  const changed = differences(portable, readJson<Record<string, string>>(file));
  writeFileSync(file, `${JSON.stringify(portable, null, 2)}\n`);
  console.log(`${changed.length} of ${goldenProblems.length} hashes changed`);
  for (const name of changed) console.log(`  ${name}`);
}

const rows = [...(await nodeRows()), ...(await browserRows())];
const { text, good } = tableOf(rows, readJson<Record<string, string>>(file));
console.log(`\n${goldenProblems.length} golden problems\n\n${text}`);
process.exitCode = good ? 0 : 1;
