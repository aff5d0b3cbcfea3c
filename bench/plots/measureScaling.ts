import { join, resolve } from "node:path";
import { root } from "../../scripts/step.js";
import { freshLibrary } from "../library.js";
import { describeMachine, describeRevision } from "../machine.js";
import { peersPaces, sampleOf, warmUpOf } from "../peers/measure.js";
import { buildIfNeeded } from "../peers/install.js";
import { measureMemory } from "../peers/memory.js";
import { optionsOf, tensorsOf } from "../peers/contestants/qkv.js";
import { attentionWork } from "../peers/work.js";
import { spreadOf } from "../statistics.js";
import { plotsCommandOf, type PlotsOptions } from "./options.js";
import { series, type MemoryPoint, type Scaling, type Series, type TimePoint } from "./scaling.js";

const size = 64;
const queries = 256;
const shapes = {
  dense: { causal: false },
  causal: { causal: true },
  "window 256": { causal: true, left: 255 },
} as const satisfies Record<Series, object>;

/** `first`, doubled up to `last`. */
function doublings(first: number, last: number): number[] {
  return first > last ? [] : [first, ...doublings(2 * first, last)];
}

interface Running {
  series: Series;
  length: number;
  run: () => number;
  calls: number;
  samples: number[];
}

export async function measureScaling(
  options: PlotsOptions,
  progress: (text: string) => void,
): Promise<Scaling> {
  const { quick, module } = options;
  const machine = describeMachine();
  const file = module ? resolve(module) : await buildIfNeeded(progress);
  const rounds = options.rounds ?? (quick ? 1 : 7);
  const memory: MemoryPoint[] = [];
  for (const keys of doublings(1024, quick ? 16_384 : 131_072)) {
    progress(`memory, S ${keys}`);
    const { resident, buffers } = await measureMemory(file, { queries, keys, size });
    memory.push({ keys, resident, buffers });
  }
  const running: Running[] = [];
  for (const name of series) running.push(...(await prepare(name, file, quick, progress)));
  for (let round = 0; round < rounds; round++) {
    progress(`time, round ${round + 1} of ${rounds}`);
    for (const one of running) one.samples.push(await sampleOf(one, one.calls));
  }
  progress("");
  const time: TimePoint[] = running.map(({ series, length, samples }) => ({
    ...{ series, length },
    seconds: spreadOf(samples).median,
  }));
  return {
    kind: "qkv scaling",
    format: 1,
    date: new Date().toISOString(),
    command: plotsCommandOf(options),
    revision: describeRevision(root),
    machine,
    rounds,
    time,
    queries,
    memory,
  };
}

/** Warms up one length after the other, up to the first that takes too long. */
async function prepare(
  name: Series,
  file: string,
  quick: boolean,
  progress: (text: string) => void,
): Promise<Running[]> {
  const longest = quick ? 0.2 : 4;
  const growth = name === "window 256" ? 2 : 4;
  const { attention } = await freshLibrary(file);
  const running: Running[] = [];
  for (const length of doublings(256, 16_384)) {
    progress(`time, ${name} ${length}`);
    const work = attentionWork({
      ...{ heads: 1, queries: length, keys: length, size },
      ...shapes[name],
    });
    const [q, k, v] = tensorsOf(work);
    const options = optionsOf(work);
    const run = () => attention(q, k, v, options).data[0];
    const { calls, best } = await warmUpOf({ run }, peersPaces[quick ? "quick" : "full"]);
    running.push({ series: name, length, run, calls, samples: [] });
    if (growth * best > longest) break;
  }
  return running;
}

/** Where the plots belong. */
export const images = join(root, "docs/img");
