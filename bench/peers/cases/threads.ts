import { pathToFileURL } from "node:url";
import type * as threads from "qkv/threads";
import { attentionCase } from "../../cases/attentionCase.js";
import { qkvAttention } from "../../cases/qkv.js";
import { multiplyAddThreads } from "../../ceiling/threads.js";
import type { MakeLibrary } from "../../library.js";
import { pairedRatio } from "../../statistics.js";
import type { CaseSpec, Entrant } from "../../types.js";
import type { AttentionWork } from "../../work.js";

const names = {
  two: "qkv, 2 threads",
  pureOne: "multiply-add, 1 thread",
  pureTwo: "multiply-add, 2 threads",
} as const;

/** Two threads against one, and the scaling of pure multiply-adds in the same rounds. */
export function threadsCase(make: MakeLibrary, file: string): CaseSpec {
  return attentionCase({
    ...{ group: "threads", name: "2 threads, 2×4096×64" },
    shape: { heads: 2, queries: 4096, size: 64 },
    entrants: async (work) => [
      qkvAttention(make, work),
      threaded(file, work),
      ...(await pureEntrants()),
    ],
    ratiosOf: (rowBy): Record<string, number> => {
      const gain = (one: string, two: string) =>
        pairedRatio(rowBy(one)?.samples ?? [], rowBy(two)?.samples ?? []) ?? NaN;
      const scaling = gain("qkv", names.two);
      const pure = gain(names.pureOne, names.pureTwo);
      return { scaling, "scaling of multiply-add": pure, "over multiply-add": scaling / pure };
    },
  });
}

function threaded(file: string, { q, k, v }: AttentionWork): Entrant {
  const open = async () => {
    const { createThreadedEngine } = (await import(pathToFileURL(file).href)) as typeof threads;
    const engine = await createThreadedEngine({ threads: 2 });
    const compute = async () => (await engine.attention(q, k, v)).data;
    return {
      run: async () => (await compute())[0],
      results: async () => [await compute()],
      release: () => engine.close(),
    };
  };
  return { by: names.two, ways: [{ open }] };
}

/** Both share the workers; the second one to be released has nothing left to close. */
async function pureEntrants(): Promise<Entrant[]> {
  const { flops, run, close } = await multiplyAddThreads(0.2);
  const entrant = (by: string, threads: 1 | 2): Entrant => {
    const open = () => ({ run: () => run(threads), results: () => [], release: close });
    return { by, flops, expected: null, ways: [{ open }] };
  };
  return [entrant(names.pureOne, 1), entrant(names.pureTwo, 2)];
}
