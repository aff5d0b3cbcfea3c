import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import { makeBuiltCopy } from "./builtCopy.js";

let copy: Awaited<ReturnType<typeof makeBuiltCopy>>;
beforeAll(async () => {
  copy = await makeBuiltCopy();
});
afterAll(() => copy.remove());

it("examples/worker/node computes heads in two worker threads", async () => {
  const main = join(copy.folder, "examples/worker/node/main.js");
  const { stdout } = await promisify(execFile)(process.execPath, [main]);
  expect(stdout).toBe(
    [0, 1].map((id) => `worker ${id}: 2 heads, the bits of one call: true\n`).join(""),
  );
});

/** A worker thread that looks like the worker of a browser to the module it runs. */
function startBrowserWorker(file: string): Worker {
  const code = `
    const { parentPort } = require("node:worker_threads");
    globalThis.self = { postMessage: (message, transfer) => parentPort.postMessage(message, transfer) };
    import(${JSON.stringify(pathToFileURL(file).href)}).then(() => {
      parentPort.on("message", (data) => self.onmessage({ data }));
    });`;
  return new Worker(code, { eval: true });
}

function ask(worker: Worker, message: unknown): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.postMessage(message);
  });
}

it("examples/worker/browser/worker.js answers jobs, and errors with their message", async () => {
  const worker = startBrowserWorker(join(copy.folder, "examples/worker/browser/worker.js"));
  const query = qkv.tensor([[1, 0], [0, 1]]); // prettier-ignore
  const job = { id: 7, query, key: query, value: query, options: { causal: true } };
  const expected = qkv.attention(query, query, query, job.options);
  expect(await ask(worker, job)).toEqual({ id: 7, output: expected });
  expect(await ask(worker, { ...job, options: { isCausal: true } })).toEqual({
    id: 7,
    error: expect.stringContaining("write `causal`") as string,
  });
  await worker.terminate();
});

it("examples/worker/browser/main.js sends the first sample and shows the answer", () => {
  const code = readFileSync(join(copy.folder, "examples/worker/browser/main.js"), "utf8")
    .replace(/^import \{(.*)\} from "(.*)";$/m, (_, names: string, from: string) => {
      expect(from).toBe("../../../dist/core.js");
      return `const {${names}} = qkv;`;
    })
    .replaceAll("import.meta.url", '"https://example.org/main.js"');
  const output = { textContent: "" };
  const document = { querySelector: (name: string) => (name === "output" ? output : null) };
  class FakeWorker {
    onmessage = (_: { data: unknown }): void => {};
    constructor(url: URL, options: { type: string }) {
      expect([url.pathname, options.type]).toEqual(["/worker.js", "module"]);
    }
    postMessage({ query, key, value, options }: Record<string, never>): void {
      this.onmessage({ data: { output: qkv.attention(query, key, value, options) } });
    }
  }
  new Function("qkv", "document", "Worker", code)(qkv, document, FakeWorker);
  expect(output.textContent).toBe("float32 [2, 2]\n 6.6976 3.3024\n 3.9833 6.0167");
});
