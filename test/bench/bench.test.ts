import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bench } from "../../bench/bench.js";
import { benchLine } from "../../bench/options.js";
import { parseReport, wrongResult, type Report } from "../../bench/report.js";
import { caseOf, reportOf } from "./reportOf.js";

let folder: string;
const fileOf = (name: string) => join(folder, name);
const write = (name: string, report: Report) => writeFileSync(fileOf(name), JSON.stringify(report));
const good = reportOf("v20.1.0", { cases: [caseOf("dense", "8×1024×64", { qkv: 25 })] });
const wrong = reportOf("v26.1.0", { cases: [caseOf("dense", "8×1024×64", { qkv: 25, peer: 1 })] });
wrong.cases[0].failures.push({ by: "peer", message: `${wrongResult}: NaN` });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qkv-bench-"));
  vi.spyOn(console, "log").mockReturnValue();
  write("good.json", good);
  write("wrong.json", wrong);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function run(args: string[], filled: Report[] = []) {
  const measured = () => Promise.reject(new Error("nothing is measured"));
  return bench(benchLine.read(args), measured, (reports) => void filled.push(...reports));
}

test("results that are given are shown, written and filled in, and nothing is measured", async () => {
  const filled: Report[] = [];
  const from = ["--from", fileOf("good.json")];
  expect(await run([...from, "--json", fileOf("copy.json"), "--page"], filled)).toBe(true);
  expect(filled).toEqual([good]);
  expect(parseReport(readFileSync(fileOf("copy.json"), "utf8"))).toEqual(good);
  expect(vi.mocked(console.log).mock.calls[0][0]).toContain("Some processor");
  await run(from, filled);
  expect(filled).toHaveLength(1);
});

test("a wrong result fails the run and fills no page", async () => {
  const filled: Report[] = [];
  const from = ["--from", fileOf("good.json"), "--from", fileOf("wrong.json")];
  expect(await run(from)).toBe(false);
  await expect(run([...from, "--page"], filled)).rejects.toThrow("the pages are left as they are");
  expect(filled).toEqual([]);
});

test("one file holds one result", async () => {
  const from = ["--from", fileOf("good.json"), "--from", fileOf("good.json")];
  await expect(run([...from, "--json", fileOf("both.json")])).rejects.toThrow(TypeError);
});
