import type { AttentionOptions } from "../attention/index.js";
import { checkArguments, checkOptions, describe, numberError, typeError } from "../tensor/index.js";
import type { FloatArray, Tensor, TensorLike } from "../tensor/index.js";
import { prepareAttention, type KeptName } from "./attentionCall.js";
import { prepareMatmul } from "./matmulCall.js";
import type { Platform } from "./platform.js";
import { Pool } from "./pool.js";
import type { Job } from "./protocol.js";
import type { Schedule } from "./schedule.js";
import { splitSignal, type AbortSignalLike } from "./signal.js";
import type { Abortable, ThreadedEngine, ThreadedEngineOptions } from "./types.js";

/** As `Hints`. */
export const engineHints = {
  "write `threads`":
    "workers num_workers num_threads n_threads max_workers pool_size concurrency intra_op_num_threads",
  "write `workerUrl` for the file of the worker, `threads` for their number": "worker",
};

/** `createThreadedEngine` on a platform; `count` is how many arguments it got. */
export async function createEngine(
  platform: Platform,
  options?: ThreadedEngineOptions,
  count = 1,
): Promise<ThreadedEngine> {
  const fn = "createThreadedEngine";
  checkArguments(fn, count, ["options"]);
  const own = checkOptions(fn, options, ["threads", "workerUrl"], engineHints);
  const { threads = Math.min(mostThreads, platform.parallelism()), workerUrl } = own;
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    throw numberError(fn, "options.threads", `an integer from 1 to ${mostThreads}`, threads);
  }
  if (workerUrl !== undefined && typeof workerUrl !== "string" && !workerUrl?.href) {
    throw typeError(fn, "options.workerUrl", "a URL or its text", describe(workerUrl));
  }
  platform.check();
  const pool = new Pool(platform, threads, workerUrl);
  await pool.started;
  return engineOf(pool, threads);
}

const mostThreads = 1024;

const operands = ["query", "key", "value", "options"];

/** A checked call, ready to be sent. */
interface Prepared<R> {
  readonly job: Job;
  readonly schedule: Schedule;
  finish(firstEmpty: number): R;
}

function engineOf(pool: Pool, threads: number): ThreadedEngine {
  async function attend<A extends FloatArray>(
    fn: string,
    inputs: readonly [TensorLike<A>, TensorLike<A>, TensorLike<A>],
    options: (AttentionOptions<A> & Abortable) | undefined,
    kept?: KeptName,
  ): Promise<{ output: Tensor<A>; kept: Tensor<A> | undefined }> {
    const { signal, rest } = splitSignal<AttentionOptions<A>>(fn, options);
    return call(pool, fn, signal, () => prepareAttention(fn, inputs, rest, kept, threads));
  }
  async function close(): Promise<void> {
    checkArguments("close", arguments.length, []);
    return pool.close();
  }
  const engine: Omit<ThreadedEngine, symbol> = {
    threads,
    async attention(query, key, value, options) {
      checkArguments("attention", arguments.length, operands);
      return (await attend("attention", [query, key, value], options)).output;
    },
    async attentionWithLse(query, key, value, options) {
      const fn = "attentionWithLse";
      checkArguments(fn, arguments.length, operands);
      const { output, kept } = await attend(fn, [query, key, value], options, "lse");
      return { output, lse: kept! };
    },
    async attentionWithWeights(query, key, value, options) {
      const fn = "attentionWithWeights";
      checkArguments(fn, arguments.length, operands);
      const { output, kept } = await attend(fn, [query, key, value], options, "weights");
      return { output, weights: kept! };
    },
    async matmul(a, b, options) {
      checkArguments("matmul", arguments.length, ["a", "b", "options"]);
      const { signal, rest } = splitSignal("matmul", options);
      return call(pool, "matmul", signal, () => prepareMatmul(a, b, rest, threads));
    },
    close,
  };
  // `await using`, where the language has it.
  const { asyncDispose } = Symbol as { asyncDispose?: symbol };
  if (asyncDispose) Object.defineProperty(engine, asyncDispose, { value: close });
  return engine as ThreadedEngine;
}

/** Sends a call to the workers, unless its signal or the engine says no. */
async function call<R>(
  pool: Pool,
  fn: string,
  signal: AbortSignalLike | undefined,
  prepare: () => Prepared<R>,
): Promise<R> {
  if (signal?.aborted) throw signal.reason;
  pool.checkOpen(fn);
  const { job, schedule, finish } = prepare();
  // A function given to `masks.where` may have done anything meanwhile.
  if (signal?.aborted) throw signal.reason;
  let stop!: (reason: unknown) => void;
  const abort = (): void => stop(signal!.reason);
  const done = pool.run(fn, job, schedule, (given) => (stop = given));
  signal?.addEventListener("abort", abort);
  try {
    return finish(await done);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
