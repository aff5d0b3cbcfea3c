// The bench against peers: `npm run bench:peers -- --help` names its options, bench/README.md says
// how it measures. Another Node runs it by `node --import tsx bench/peers/index.ts`.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { bench, type Plan } from "../bench.js";
import { start } from "../commandLine.js";
import { freshLibrary } from "../library.js";
import { peersLine } from "../options.js";
import { attentionCases } from "./cases/attention.js";
import { canDecode, decodeCase } from "./cases/decode.js";
import { matmulCases } from "./cases/matmul.js";
import { threadsCase } from "./cases/threads.js";
import { installPeers } from "./install.js";
import { fillPages } from "./pages.js";
import { loadPeers } from "./peers.js";

await start(peersLine, (options) => bench(options, planOf, fillPages));

async function planOf(file: string, quick: boolean): Promise<Plan> {
  await installPeers();
  const { peers, absent } = await loadPeers();
  const make = () => freshLibrary(file);
  const threads = join(dirname(file), "threads.node.js");
  const [decodes, threaded] = [canDecode(await make()), existsSync(threads)];
  return {
    cases: [
      ...attentionCases(make, peers),
      ...(decodes ? [decodeCase(make, peers)] : []),
      ...(threaded ? [threadsCase(make, threads)] : []),
      ...matmulCases(make, peers),
    ],
    together: false,
    // Quick runs take the same keys with fewer queries.
    memory: [64, 128].map((size) => ({ queries: quick ? 64 : 1024, keys: 131_072, size })),
    versions: Object.fromEntries(peers.map(({ name, version }) => [name, version])),
    skipped: [
      ...absent,
      ...(decodes ? [] : ["decode: this build has no createKvCache"]),
      ...(threaded ? [] : ["threads: this build has no threads.node.js"]),
    ],
  };
}
