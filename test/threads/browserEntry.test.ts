import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as core from "../../src/core.js";
import { createThreadedEngine } from "../../src/threads/index.js";
import { builtFolder } from "./build.js";

// The real thing is `npm run test:browser`; here the entry and the worker of browsers run in Node.

/** A worker of Node that looks like one of a browser from both sides. */
class BrowserWorker {
  onmessage = (_: { data: unknown }): void => {};
  onmessageerror = (_: unknown): void => {};
  onerror = (_: unknown): void => {};
  readonly #worker: Worker;

  constructor(url: { href: string } | string, options: { type: string }) {
    expect(options).toEqual({ type: "module" });
    asked.push(String(url));
    const file = String(url).includes("/src/") ? standard : String(url);
    const code = `
      const { parentPort } = require("node:worker_threads");
      globalThis.self = { postMessage: (message) => parentPort.postMessage(message) };
      import(${JSON.stringify(file)}).then(() => {
        parentPort.on("message", (data) => self.onmessage({ data }));
      }, (error) => parentPort.postMessage({ broken: error }));`;
    this.#worker = new Worker(code, { eval: true });
    this.#worker.on("message", (data: { broken?: Error }) => {
      if (data.broken) this.onerror(data.broken);
      else this.onmessage({ data });
    });
  }

  postMessage(message: unknown): void {
    this.#worker.postMessage(message);
  }

  terminate(): void {
    void this.#worker.terminate();
  }
}

let standard = "";
let asked: string[] = [];
beforeEach(async () => {
  standard = pathToFileURL(join(await builtFolder(), "threads.worker.js")).href;
  asked = [];
  vi.stubGlobal("Worker", BrowserWorker);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("computes with the file beside the entry, one worker for each thread of the machine", async () => {
  vi.stubGlobal("navigator", { hardwareConcurrency: 3 });
  vi.stubGlobal("crossOriginIsolated", true);
  const engine = await createThreadedEngine();
  expect(engine.threads).toBe(3);
  expect(asked.map((url) => url.replace(/.*\//, ""))).toEqual(
    new Array(3).fill("threads.worker.js"),
  );
  const x = [[1, 0], [0, 2], [1, 1]]; // prettier-ignore
  const { data } = await engine.attention(x, x, x, { causal: true });
  expect([...data]).toEqual([...core.attention(x, x, x, { causal: true }).data]);
  await engine.close();
});

it("takes the file that it is given, and two threads where the browser does not say", async () => {
  vi.stubGlobal("navigator", {});
  const engine = await createThreadedEngine({ workerUrl: new URL(standard) });
  expect([engine.threads, ...asked]).toEqual([2, standard, standard]);
  await engine.close();
});

it("says when the file is not there", async () => {
  const created = createThreadedEngine({ threads: 1, workerUrl: "file:///none/here.js" });
  await expect(created).rejects.toThrow(/expected a worker that starts; got .*here\.js/);
});

it("names the headers where memory cannot be shared", async () => {
  const message =
    "createThreadedEngine(): page: expected one that is cross-origin isolated (crossOriginIsolated is true), so that threads can share memory; got one that is not. Fix: serve it, and the file of the worker, with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.";
  vi.stubGlobal("crossOriginIsolated", false);
  await expect(createThreadedEngine()).rejects.toThrow(new RangeError(message));
  vi.stubGlobal("crossOriginIsolated", undefined);
  vi.stubGlobal("SharedArrayBuffer", undefined);
  await expect(createThreadedEngine()).rejects.toThrow(message);
});
