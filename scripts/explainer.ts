// Visits the built explainer page in each browser that is installed: `npm run test:explainer -- Firefox` in one.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPage } from "../apps/explainer/build/buildPage.js";
import { browsers } from "./browsers.js";
import { openPage, versionOf } from "./openPage.js";
import { root } from "./step.js";

const asked = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "qkv-visit-"));
let failed = 0;
try {
  await buildPage(join(folder, "page"));
  copyFileSync(join(root, "test/explainer/visit/visit.js"), join(folder, "visit.js"));
  for (const browser of browsers) {
    if (asked.length > 0 && !asked.includes(browser.name)) continue;
    if (browser.program === undefined) {
      console.log(`${browser.name}: left out, it is not installed (${browser.install})`);
      continue;
    }
    const report = await openPage(browser, { folder, script: "/visit.js" }, 180_000);
    const checks = JSON.parse(report) as { name: string; error?: string }[];
    const wrong = checks.filter(({ error }) => error !== undefined);
    failed += wrong.length;
    const version = await versionOf(browser, 20_000);
    console.log(`${browser.name} ${version}: ${checks.length - wrong.length} of ${checks.length}`);
    for (const { name, error } of wrong) console.log(`  FAILED ${name}: ${error}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
