// Time and memory against length: `npm run bench:plots -- --help` names its options.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/step.js";
import { installPeers } from "../peers/install.js";
import { fillBetween } from "../readme.js";
import { drawMemory, drawTime } from "./draw.js";
import { images, measureScaling } from "./measureScaling.js";
import { plotsUsage, readPlotsOptions, type PlotsOptions } from "./options.js";
import { scalingBlock } from "./page.js";
import { parseScaling } from "./scaling.js";

let options: PlotsOptions;
try {
  options = readPlotsOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\n\n${plotsUsage}`);
  process.exit(2);
}
if (options.help) console.log(plotsUsage);
else await plots(options);

async function plots({ from, json, out, ...rest }: PlotsOptions): Promise<void> {
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  };
  // The plotting library is installed beside the peers.
  await installPeers(progress);
  const scaling = from
    ? parseScaling(readFileSync(from, "utf8"))
    : await measureScaling({ ...rest }, progress);
  if (json) writeFileSync(json, `${JSON.stringify(scaling, null, 2)}\n`);
  const folder = out ?? images;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "time.svg"), await drawTime(scaling));
  writeFileSync(join(folder, "memory.svg"), await drawMemory(scaling));
  const block = scalingBlock(scaling);
  console.log(block);
  if (out === undefined) {
    const page = join(root, "docs/performance.md");
    writeFileSync(page, fillBetween(readFileSync(page, "utf8"), "scaling", block));
  }
}
