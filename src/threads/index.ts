/**
 * `attention` and `matmul` on several threads, in Node and in browsers: the same bits as on one, and the
 * thread that asks stays free.
 *
 * @packageDocumentation
 */
import { rangeError } from "../tensor/index.js";
import { createEngine } from "./createEngine.js";
import type { Platform } from "./platform.js";
import type { ThreadedEngine, ThreadedEngineOptions } from "./types.js";

export type { AttentionWithLse, AttentionWithWeights } from "../attention/index.js";
export type { AbortSignalLike } from "./signal.js";
export type {
  Abortable,
  AsyncClosing,
  ThreadedEngine,
  ThreadedEngineOptions,
  UrlLike,
} from "./types.js";

// The little of the browser that is used here.
interface BrowserWorker {
  onmessage: (event: { data: unknown }) => void;
  onmessageerror: (event: unknown) => void;
  onerror: (event: { message?: string }) => void;
  postMessage(message: unknown): void;
  terminate(): void;
}
declare const Worker: new (
  url: string | { readonly href: string },
  options: { type: "module"; name?: string },
) => BrowserWorker;
declare const URL: new (url: string, base: string) => { readonly href: string };
declare const navigator: { readonly hardwareConcurrency?: number } | undefined;
declare const crossOriginIsolated: boolean | undefined;

const browser: Platform = {
  check() {
    const isolated = typeof crossOriginIsolated === "undefined" || crossOriginIsolated;
    if (typeof SharedArrayBuffer === "function" && isolated) return;
    throw rangeError(
      "createThreadedEngine",
      "page",
      "one that is cross-origin isolated (crossOriginIsolated is true), so that threads can share memory",
      "one that is not",
      "serve it, and the file of the worker, with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
    );
  },
  parallelism: () => (typeof navigator === "object" && navigator.hardwareConcurrency) || 2,
  start(url, { message, died }) {
    // Written out as bundlers look for it.
    const worker =
      url === undefined
        ? new Worker(new URL("./threads.worker.js", (import.meta as { url: string }).url), {
            type: "module",
          })
        : new Worker(url, { type: "module" });
    worker.onmessage = ({ data }) => message(data);
    worker.onmessageerror = died;
    worker.onerror = died;
    return {
      post: (order) => worker.postMessage(order),
      keepAlive: () => undefined,
      end: () => worker.terminate(),
    };
  },
};

/**
 * Starts workers that compute `attention` and `matmul` together: the same bits as one thread, and the
 * thread that asks is never blocked.
 *
 * In a browser the page must be cross-origin isolated. In Node the program can end while the engine is
 * open; it stays for calls that are not done.
 *
 * @param options - `threads`, and where the worker is; see {@link ThreadedEngineOptions}.
 * @returns the engine, when its workers listen.
 * @throws TypeError or RangeError, by rejection, for impossible options, or a page that is not
 *   cross-origin isolated; Error if a worker cannot be started.
 *
 * @example
 * ```ts
 * import { format } from "qkv/core";
 * import { createThreadedEngine } from "qkv/threads";
 *
 * const engine = await createThreadedEngine({ threads: 2 });
 * const x = [[1, 0], [0, 2], [1, 1]];
 * console.log(format(await engine.attention(x, x, x, { causal: true })));
 * // → float32 [3, 2]
 * // →  1.0000 0.0000
 * // →  0.0558 1.8884
 * // →  0.5989 1.2033
 * await engine.close();
 * ```
 */
export function createThreadedEngine(options?: ThreadedEngineOptions): Promise<ThreadedEngine> {
  return createEngine(browser, options, arguments.length);
}
