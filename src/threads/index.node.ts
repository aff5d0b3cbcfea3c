import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { createEngine } from "./createEngine.js";
import type * as browser from "./index.js";
import type { Platform } from "./platform.js";

/** Workers of Node. */
export const node: Platform = {
  check: () => undefined,
  parallelism: availableParallelism,
  start(url, { message, died }) {
    const file = url ?? new URL("./threads.worker.node.js", import.meta.url);
    const worker = new Worker(typeof file === "string" ? new URL(file) : new URL(file.href), {
      name: "qkv",
      // The worker is plain JavaScript: what the program loads for itself would only slow it down.
      execArgv: [],
    });
    worker.on("message", message);
    worker.on("messageerror", died);
    worker.on("error", died);
    worker.on("exit", (code) => died(new Error(`exit code ${code}`)));
    return {
      post: (order) => worker.postMessage(order),
      keepAlive: (needed) => (needed ? worker.ref() : worker.unref()),
      end: () => worker.terminate(),
    };
  },
};

// Declared and documented in index.ts, which browsers get.
export const createThreadedEngine: typeof browser.createThreadedEngine = (...given) =>
  createEngine(node, given[0], given.length);
