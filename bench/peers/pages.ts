import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/step.js";
import { fillBetween } from "../readme.js";
import { performanceBlock } from "./performanceBlock.js";
import { readmeBlock } from "./readmeBlock.js";
import type { PeersReport } from "./report.js";

/** Fills the tables of the README and of docs/performance.md, one column or section for each result. */
export function fillPages(reports: readonly PeersReport[]): void {
  const fill = (path: string, mark: string, block: string) => {
    const file = join(root, path);
    writeFileSync(file, fillBetween(readFileSync(file, "utf8"), mark, block));
  };
  // The newest Node last: its ratios stand in the README.
  const sorted = [...reports].sort((a, b) => nodeOf(a) - nodeOf(b));
  fill("README.md", "bench", readmeBlock(sorted));
  fill("docs/performance.md", "peers", performanceBlock(sorted));
}

/** The major version. */
export function nodeOf({ machine }: PeersReport): number {
  return Number(/\d+/.exec(machine.node)?.[0]);
}
