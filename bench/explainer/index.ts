// The explainer page on a slow line and a slow processor: `npm run bench:page -- --help` names its options.
import { writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { chromiumArguments, chromium as installed } from "../../scripts/browsers.js";
import { root } from "../../scripts/step.js";
import { commandLine, integer, path, progress, start } from "../commandLine.js";
import { describeMachine, describeRevision } from "../machine.js";
import { move } from "./move.js";
import type { Conditions, PageReport, Visit } from "./report.js";
import { showPageReport } from "./show.js";
import { startSite } from "./site.js";
import { visit } from "./visit.js";

/** What Lighthouse calls a slow 4G line, and a processor of a phone of the middle class. */
const conditions: Conditions = { megabits: 1.6, latency: 150, slowdown: 4 };

const line = commandLine("bench:page", {
  rounds: integer("visits, and how often each motion is repeated", 1, 5),
  json: path("<file>", "also write the result to a file"),
});

await start(line, async ({ rounds, json }) => {
  const report = await measure(rounds);
  console.log(showPageReport(report));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  return report.visits.every(({ firstPicture }) => firstPicture !== null);
});

async function measure(rounds: number): Promise<PageReport> {
  if (installed.program === undefined) {
    throw new Error(`${installed.name} is not installed: ${installed.install}`);
  }
  const machine = describeMachine();
  progress("building the page");
  const site = await startSite();
  const browser = await chromium.launch({
    executablePath: installed.program,
    args: [...chromiumArguments],
  });
  try {
    const visits: Visit[] = [];
    for (let round = 1; round <= rounds; round++) {
      progress(`visit ${round} of ${rounds}`);
      visits.push(await visit(browser, site.url, conditions));
    }
    progress("motions");
    const motions = await move(browser, site.url, conditions, rounds);
    progress("");
    return {
      kind: "qkv page bench",
      format: 1,
      date: new Date().toISOString(),
      machine,
      revision: describeRevision(root),
      browser: `Chromium ${browser.version()}`,
      conditions,
      rounds,
      weights: site.weights,
      visits,
      motions,
    };
  } finally {
    await browser.close();
    await site.close();
  }
}
