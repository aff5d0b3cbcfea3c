import { fillPage } from "../page.js";
import type { Report } from "../report.js";
import { performanceBlock } from "./performanceBlock.js";
import { readmeBlock } from "./readmeBlock.js";

/** Fills the tables of the README and of docs/performance.md, one column or section for each result. */
export function fillPages(reports: readonly Report[]): void {
  // The newest Node last: its ratios stand in the README.
  const sorted = [...reports].sort((a, b) => nodeOf(a) - nodeOf(b));
  fillPage("README.md", "bench", readmeBlock(sorted));
  fillPage("docs/performance.md", "peers", performanceBlock(sorted));
}

/** The major version. */
export function nodeOf({ machine }: Report): number {
  return Number(/\d+/.exec(machine.node)?.[0]);
}
