import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "../../scripts/step.js";
import { ceilings } from "../ceiling/ceilings.js";
import { freshLibrary } from "../library.js";
import { describeMachine, describeRevision } from "../machine.js";
import { paces, sink, warmUp } from "../measure.js";
import { isWanted } from "../options.js";
import { attentionCases, windowCases } from "./cases/attention.js";
import { canDecode, decodeCases } from "./cases/decode.js";
import { matmulCases } from "./cases/matmul.js";
import { threadsCases } from "./cases/threads.js";
import { buildIfNeeded, installPeers } from "./install.js";
import { measureMemory } from "./memory.js";
import { peersPaces, peersSink } from "./measure.js";
import { peersCommandOf, type PeersOptions } from "./options.js";
import { loadPeers } from "./peers.js";
import { groups, type MemoryResult, type PeersReport } from "./report.js";
import { runCase, type CaseSpec, type Top } from "./runCase.js";
import type { Peer } from "./types.js";

const long = { keys: 131_072, group: "memory" } as const;

export async function measurePeers(options: PeersOptions): Promise<PeersReport[]> {
  const { quick, filter, rounds } = options;
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  };
  // Before the build, which is load of our own.
  const machine = describeMachine();
  await installPeers(progress);
  const file = options.module ? resolve(options.module) : await buildIfNeeded(progress);
  const { peers, absent } = await loadPeers();
  const skipped = absent.map(({ name, reason }) => `${name}: ${reason}`);
  const { cases, missing } = await allCases(file, peers);
  skipped.push(...missing);
  const isAsked = (title: string, inQuick = false) =>
    (inQuick || !quick) && isWanted(title, filter);
  const chosen = cases.filter(({ group, name, quick }) => isAsked(`${group} ${name}`, quick));
  // Quick runs take the same keys with fewer queries.
  const lengths: Pick<MemoryResult, "queries" | "keys" | "size">[] = [64, 128]
    .map((size) => ({ queries: quick ? 64 : 1024, keys: long.keys, size }))
    .filter(({ size }) => isAsked(`${long.group} ${size}`, true));
  if (options.list) {
    for (const { group, name } of chosen) console.log(`${group} ${name}`);
    for (const { queries, keys, size } of lengths) console.log(`memory ${queries}×${keys}×${size}`);
    return [];
  }
  if (chosen.length + lengths.length === 0) throw new Error("no case has such a title; see --list");
  const tops = findTops();
  const usual = peersPaces[quick ? "quick" : "full"];
  const pace = { ...usual, rounds: rounds ?? usual.rounds };
  const memory: MemoryResult[] = [];
  for (const sizes of lengths) {
    progress(`memory ${sizes.queries}×${sizes.keys}×${sizes.size}`);
    memory.push(await measureMemory(file, sizes));
  }
  const results = [];
  for (const spec of chosen) {
    results.push(await runCase(spec, tops.get(spec.dtype), pace, progress));
  }
  progress("");
  const report: PeersReport = {
    kind: "qkv peers",
    format: 1,
    date: new Date().toISOString(),
    command: peersCommandOf(options),
    measured: relative(root, file),
    revision: describeRevision(root),
    machine,
    rounds: pace.rounds,
    versions: Object.fromEntries(peers.map(({ name, version }) => [name, version])),
    skipped,
    ceilings: Object.fromEntries(
      [...tops]
        .filter(([, { best }]) => best < Infinity)
        .map(([dtype, { flops, best }]) => [dtype, flops / best / 1e9]),
    ),
    cases: results,
    memory,
    sink: peersSink() + sink(),
  };
  return [report];
}

async function allCases(
  file: string,
  peers: readonly Peer[],
): Promise<{ cases: CaseSpec[]; missing: string[] }> {
  const make = () => freshLibrary(file);
  const threads = join(dirname(file), "threads.node.js");
  const missing: string[] = [];
  const decoding = canDecode(await make());
  if (!decoding) missing.push("decode: this build has no createKvCache");
  if (!existsSync(threads)) missing.push("threads: this build has no threads.node.js");
  const cases = [
    ...attentionCases(make, peers),
    ...windowCases(make, peers),
    ...(decoding ? decodeCases(make, peers) : []),
    ...threadsCases(make, threads),
    ...matmulCases(make, peers),
  ];
  cases.sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  return { cases, missing };
}

/** The WebAssembly ceilings, warm; none where the engine has no SIMD. */
function findTops(): Map<string, Top> {
  const all = ceilings().filter(({ kind }) => kind === "machine");
  return new Map(
    all.map((top) => {
      const calls = Math.max(1, Math.round(warmUp(top, paces.full) / 8));
      return [top.dtype, { ...top, calls, best: Infinity }];
    }),
  );
}
