// The closing line of the continuous run: the tests of vitest's report and the steps of the check.
// Plain JavaScript without dependencies, so that it can speak even where the installation failed.
import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../.cache/", import.meta.url);

function read(name) {
  const path = new URL(name, folder);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

// Arguments: the name and exit code of each command, as name=code.
const commands = process.argv.slice(2).map((argument) => argument.split("="));
let passed = 0;
let failed = 0;

const tests = read("test-report.json");
const check = read("check-report.json");
for (const [name, code] of commands) {
  const ok = code === "0";
  const report = { test: tests, check }[name];
  if (report === undefined) {
    // No report: the command itself is what passed or failed.
    if (ok) passed++;
    else failed++;
    continue;
  }
  // A file that cannot be loaded fails without a test of its own.
  const broken = (report.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  const bad = (report.numFailedTests ?? report.failed) + broken;
  passed += report.numPassedTests ?? report.passed;
  failed += bad === 0 && !ok ? 1 : bad;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
