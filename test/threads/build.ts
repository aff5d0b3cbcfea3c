import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPackage } from "../helpers/buildPackage.js";

let built: Promise<string> | undefined;

/** The entries and workers built from src into a folder of their own; no test depends on dist. */
export function builtFolder(): Promise<string> {
  built ??= make();
  return built;
}

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-threads-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await buildPackage(folder);
  return join(folder, "dist");
}

/** The worker of Node: Node 20 cannot run it from TypeScript. */
export async function workerUrl(): Promise<string> {
  return pathToFileURL(join(await builtFolder(), "threads.worker.node.js")).href;
}
