// Real functions of other libraries under the laws of qkv/testing: `npm run laws:peers -- --help`
// names its options. Ends with 0 if what is broken is what known.ts says, with 1 if not.
import { writeFileSync } from "node:fs";
import { progress, start } from "../../commandLine.js";
import { fillPage } from "../../page.js";
import { hideWorker } from "../hideWorker.js";
import { installPeers } from "../install.js";
import { checkFunctions } from "./checkFunctions.js";
import { lawsLine, usualRuns } from "./options.js";
import { lawsBlock } from "./page.js";
import { differencesOf } from "./report.js";
import { showLaws } from "./show.js";

await start(lawsLine, async (options) => {
  await installPeers();
  hideWorker();
  const report = await checkFunctions(options);
  progress("");
  console.log(showLaws(report));
  if (options.json) writeFileSync(options.json, `${toJson(report)}\n`);
  const differences = differencesOf(report, usualRuns);
  console.log(`\n${differences.join("\n") || "What is broken is what known.ts says."}`);
  if (options.page) fillPage("docs/other-libraries.md", "laws", lawsBlock(report));
  return differences.length === 0;
});

/** JSON has no NaN and no Infinity. */
function toJson(value: unknown): string {
  const plain = (_: string, x: unknown): unknown =>
    typeof x === "number" && !Number.isFinite(x) ? String(x) : x;
  return JSON.stringify(value, plain, 2);
}
