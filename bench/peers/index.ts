// The bench against peers: `npm run bench:peers -- --help` names its options, bench/README.md says
// how it measures. Another Node runs it by `node --import tsx bench/peers/index.ts`.
import { readFileSync, writeFileSync } from "node:fs";
import { measurePeers } from "./measurePeers.js";
import { peersUsage, readPeersOptions, type PeersOptions } from "./options.js";
import { fillPages } from "./pages.js";
import { isRight, parsePeersReport } from "./report.js";
import { showPeers } from "./show.js";

let options: PeersOptions;
try {
  options = readPeersOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\n\n${peersUsage}`);
  process.exit(2);
}
if (options.help) {
  console.log(peersUsage);
  process.exit(0);
}
try {
  await benchPeers(options);
} catch (error) {
  // TensorFlow.js answers an error that nobody caught by printing all of its own source.
  console.error(error);
  process.exit(2);
}

async function benchPeers(options: PeersOptions): Promise<never> {
  const reports = options.from.length
    ? options.from.map((file) => parsePeersReport(readFileSync(file, "utf8")))
    : await measurePeers(options);
  for (const report of reports) console.log(showPeers(report));
  if (options.json) {
    if (reports.length !== 1) throw new TypeError("--json writes one result");
    writeFileSync(options.json, `${JSON.stringify(reports[0], null, 2)}\n`);
  }
  const right = reports.every(({ cases }) => cases.every(isRight));
  if (options.readme) {
    if (!right) throw new Error("a result is wrong: the pages are left as they are");
    fillPages(reports);
  }
  // Some backends would keep the process alive.
  process.exit(right ? 0 : 1);
}
