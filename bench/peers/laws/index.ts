// Real functions of other libraries under the laws of qkv/testing: `npm run laws:peers -- --help`
// names its options. Ends with 0 if what is broken is what known.ts says, with 1 if not.
import { writeFileSync } from "node:fs";
import { hideWorker } from "../hideWorker.js";
import { installPeers } from "../install.js";
import { checkFunctions } from "./checkFunctions.js";
import { lawsUsage, readLawsOptions, usualRuns, type LawsOptions } from "./options.js";
import { fillPage } from "./page.js";
import { differencesOf } from "./report.js";
import { showLaws } from "./show.js";

let options: LawsOptions;
try {
  options = readLawsOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\n\n${lawsUsage}`);
  process.exit(2);
}
if (options.help) {
  console.log(lawsUsage);
  process.exit(0);
}
try {
  await lawsOfPeers(options);
} catch (error) {
  // TensorFlow.js answers an error that nobody caught by printing all of its own source.
  console.error(error);
  process.exit(2);
}

async function lawsOfPeers(options: LawsOptions): Promise<never> {
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  };
  await installPeers(progress);
  hideWorker();
  const report = await checkFunctions(options, progress);
  progress("");
  console.log(showLaws(report));
  if (options.json) writeFileSync(options.json, `${toJson(report)}\n`);
  const differences = differencesOf(report, usualRuns);
  console.log(`\n${differences.join("\n") || "What is broken is what known.ts says."}`);
  if (options.docs) fillPage(report);
  // Some backends would keep the process alive.
  process.exit(differences.length === 0 ? 0 : 1);
}

/** JSON has no NaN and no Infinity. */
function toJson(value: unknown): string {
  const plain = (_: string, x: unknown): unknown =>
    typeof x === "number" && !Number.isFinite(x) ? String(x) : x;
  return JSON.stringify(value, plain, 2);
}
