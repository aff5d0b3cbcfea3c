// Time and memory against length: `npm run bench:plots -- --help` names its options.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/step.js";
import { bench } from "../bench.js";
import { start } from "../commandLine.js";
import { freshLibrary } from "../library.js";
import { plotsLine } from "../options.js";
import { fillPage } from "../page.js";
import { installPeers } from "../peers/install.js";
import type { Report } from "../report.js";
import { memoryCalls, timeCases } from "./curves.js";
import { drawMemory, drawTime } from "./draw.js";
import { scalingBlock } from "./page.js";

await start(plotsLine, ({ out, ...options }) =>
  bench(
    { ...options, page: options.page || out !== undefined },
    async (file, quick) => ({
      cases: timeCases(() => freshLibrary(file)),
      together: true,
      memory: memoryCalls(quick),
    }),
    async (reports) => {
      if (reports.length !== 1) throw new TypeError("a plot is drawn from one result");
      await draw(reports[0], out ?? join(root, "docs/img"));
      if (options.page) fillPage("docs/performance.md", "scaling", scalingBlock(reports[0]));
    },
  ),
);

async function draw(report: Report, folder: string): Promise<void> {
  // The plotting library is installed with the peers.
  await installPeers();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "time.svg"), await drawTime(report));
  writeFileSync(join(folder, "memory.svg"), await drawMemory(report));
}
