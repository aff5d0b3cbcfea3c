// Runs the golden set of the built package in every runtime that is installed, on every engine, and
// compares the hashes with the committed ones. `--install` downloads the runtimes that npm has,
// `--update` writes the hashes (a change of bits takes a major version), `--skip-build` takes dist as it is.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Library } from "../../src/golden/problem.js";
import { format, resolveConfig } from "prettier";
import { published } from "../../src/golden/published.js";
import { root } from "../step.js";
import { folder, prepare } from "./build.js";
import { compare } from "./compare.js";
import { installPrograms } from "./npmPrograms.js";
import { pageRuntimes } from "./pages.js";
import { programRuntimes } from "./programs.js";
import { differences, goldenProblems, reportOf } from "./report.js";

const known = ["--install", "--update", "--skip-build"];
const options = process.argv.slice(2);
const unknown = options.find((option) => !known.includes(option));
if (unknown !== undefined) {
  console.error(`bits: there is no ${unknown}; options: ${known.join(", ")}`);
  process.exit(2);
}

const file = join(root, "src/golden/published.ts");
let expected = published;
if (options.includes("--install")) await installPrograms();
await prepare(options.includes("--skip-build"));

if (options.includes("--update")) {
  const built = join(folder, "dist/core.js");
  const { portable } = reportOf((await import(built)) as Library);
  if (typeof portable === "string") throw new Error(portable);
  const changed = differences(portable, published);
  const head = readFileSync(file, "utf8").replace(/ = \{[^]*$/, "");
  const text = `${head} = ${JSON.stringify(portable, null, 2)};\n`;
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  expected = portable;
  console.log(`${changed.length} of ${goldenProblems.length} hashes changed`);
  for (const name of changed) console.log(`  ${name}`);
}

console.log(
  `${goldenProblems.length} golden problems on ${process.platform} ${process.arch}, ${cpus()[0]?.model}\n`,
);
const good = await compare([...programRuntimes(), ...pageRuntimes()], expected, console.log);
process.exitCode = good ? 0 : 1;
