import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { FloatArray } from "qkv/core";
import { multiplyAddThreads, type MultiplyAddThreads } from "../../ceiling/threads.js";
import { qkvAttention, tensorsOf, type MakeLibrary } from "../contestants/qkv.js";
import { attentionReference } from "../reference.js";
import { ratioWithin } from "../report.js";
import type { CaseSpec, Entrant } from "../runCase.js";
import type { AttentionWork, Way } from "../types.js";
import { attentionFlops, attentionWork } from "../work.js";
import { float32Bound } from "./attention.js";

/** The part of `qkv/threads` that is used. */
interface Threads {
  createThreadedEngine(options: { threads: number }): ThreadedEngine | Promise<ThreadedEngine>;
}

interface ThreadedEngine {
  attention(...tensors: unknown[]): Promise<{ data: FloatArray }>;
  close(): void | Promise<void>;
}

const shape = { heads: 2, queries: 4096, keys: 4096, size: 64, causal: false };
const names = {
  two: "qkv, 2 threads",
  pureOne: "multiply-add, 1 thread",
  pureTwo: "multiply-add, 2 threads",
} as const;

/** Two threads against one, beside the scaling of pure multiply-adds in the same rounds. */
export function threadsCases(make: MakeLibrary, file: string): CaseSpec[] {
  if (!existsSync(file)) return [];
  return [
    {
      group: "threads",
      name: "2 threads, 2×4096×64",
      dtype: "float32",
      flops: attentionFlops(shape),
      bound: float32Bound,
      prepare: async () => {
        const work = attentionWork(shape);
        const pure = await multiplyAddThreads(0.2);
        return {
          expected: attentionReference(work),
          entrants: [
            { by: "qkv", ways: qkvAttention(make, work) },
            { by: names.two, ways: [threaded(file, work)] },
            ...pureEntrants(pure),
          ],
        };
      },
      ratiosOf: (rowBy): Record<string, number> => {
        const gain = (one: string, two: string) =>
          ratioWithin(rowBy(one)?.samples ?? [], rowBy(two)?.samples ?? []) ?? NaN;
        const scaling = gain("qkv", names.two);
        const pure = gain(names.pureOne, names.pureTwo);
        return { scaling, "scaling of multiply-add": pure, "over multiply-add": scaling / pure };
      },
    },
  ];
}

function threaded(file: string, work: AttentionWork): Way {
  const open = async () => {
    const { createThreadedEngine } = (await import(pathToFileURL(file).href)) as Threads;
    const engine = await createThreadedEngine({ threads: 2 });
    const tensors = tensorsOf(work);
    const compute = async () => (await engine.attention(...tensors)).data;
    return {
      run: async () => (await compute())[0],
      results: compute,
      release: () => engine.close(),
    };
  };
  return { open };
}

/** Both share the workers; the second one to be released has nothing left to close. */
function pureEntrants(pure: MultiplyAddThreads): Entrant[] {
  const entrant = (by: string, threads: 1 | 2): Entrant => ({
    by,
    flops: pure.flops,
    expected: null,
    ways: [
      {
        open: () => ({
          run: () => pure.run(threads),
          results: () => Float32Array.of(),
          release: () => pure.close(),
        }),
      },
    ],
  });
  return [entrant(names.pureOne, 1), entrant(names.pureTwo, 2)];
}
