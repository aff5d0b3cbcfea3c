import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");

let built: Promise<string> | undefined;

/** The entries and workers built from src into a folder of their own; no test depends on dist. */
export function builtFolder(): Promise<string> {
  built ??= make();
  return built;
}

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-threads-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await build({
    absWorkingDir: root,
    entryPoints: {
      core: "src/core.ts",
      threads: "src/threads/index.ts",
      "threads.node": "src/threads/index.node.ts",
      "threads.worker": "src/threads/worker.ts",
      "threads.worker.node": "src/threads/worker.node.ts",
    },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    logLevel: "error",
  });
  return folder;
}

/** The worker of Node: Node 20 cannot run it from TypeScript. */
export async function workerUrl(): Promise<string> {
  return pathToFileURL(join(await builtFolder(), "threads.worker.node.mjs")).href;
}
