import { judge } from "./judge.js";
import { engines } from "./report.js";
import type { Runtime } from "./runtime.js";

/**
 * Runs the golden problems in every runtime that is installed, one after the other, and prints a line
 * for each, what is wrong, and what was left out. Returns whether everything is as it should be.
 */
export async function compare(
  runtimes: readonly Runtime[],
  expected: Readonly<Record<string, string>>,
  print: (line: string) => void,
): Promise<boolean> {
  const widths = [Math.max(...runtimes.map(({ name }) => name.length)), 13, 9, 9, 9];
  const printCells = (cells: readonly string[]) =>
    print(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   "));
  printCells(["runtime", "version", ...engines, "seconds"]);
  const wrong: string[] = [];
  const leftOut = new Map<string, string[]>();
  let count = 0;
  for (const { name, install, run, wasm } of runtimes) {
    if (run === undefined) {
      leftOut.set(install, [...(leftOut.get(install) ?? []), name]);
      continue;
    }
    count++;
    const start = performance.now();
    let cells: string[];
    try {
      const { version, report } = await run();
      const verdict = judge(report, wasm, expected);
      cells = [version, ...verdict.words];
      wrong.push(...verdict.wrong.map((reason) => `${name}, ${reason}`));
    } catch (error) {
      cells = ["", ...engines.map(() => "failed")];
      wrong.push(`${name}: ${(error as Error).message}`);
    }
    printCells([name, ...cells, ((performance.now() - start) / 1000).toFixed(1)]);
  }
  for (const line of wrong) print(line);
  for (const [install, names] of leftOut) print(`left out: ${names.join(", ")}: ${install}`);
  return count > 0 && wrong.length === 0;
}
