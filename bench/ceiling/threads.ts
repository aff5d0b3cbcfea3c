import { Worker } from "node:worker_threads";
import { accumulators, simdModule } from "./simdModule.js";

const count = 20_000;
/** Operations of one turn. */
const flops = 2 * 4 * accumulators * count;

/** Pure multiply-adds, shared out to threads: how far the machine itself scales. */
export interface MultiplyAddThreads {
  /** Operations of one run, whatever the number of threads. */
  flops: number;
  /** The work by one of the threads, or half of it by each of two. */
  run(threads: 1 | 2): Promise<number>;
  close(): Promise<void>;
}

/** Starts two workers. `seconds` is about what one of them is to take. */
export async function multiplyAddThreads(seconds: number): Promise<MultiplyAddThreads> {
  const workers = [0, 1].map(
    () =>
      new Worker(new URL("./multiplyAddWorker.mjs", import.meta.url), {
        workerData: { bytes: simdModule("float32"), count, x: 1 - 2 ** -10, y: 2 ** -10 },
        execArgv: [],
      }),
  );
  const work = (worker: Worker, times: number) =>
    new Promise<number>((done, fail) => {
      const settle = (sum: number) => {
        worker.off("error", fail);
        done(sum);
      };
      worker.once("message", settle).once("error", fail).postMessage(times);
    });
  const trial = 200;
  await work(workers[0], trial);
  const start = performance.now();
  await work(workers[0], trial);
  const turn = (performance.now() - start) / 1000 / trial;
  const half = Math.max(1, Math.round(seconds / turn / 2));
  return {
    flops: 2 * half * flops,
    run: async (threads) => {
      if (threads === 1) return work(workers[0], 2 * half);
      const [a, b] = await Promise.all(workers.map((worker) => work(worker, half)));
      return a + b;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
