import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildPackage } from "../helpers/buildPackage.js";

export const root = resolve(import.meta.dirname, "../..");

/**
 * The examples beside a package built from src, in a folder of its own: they run as they stand in the
 * repository after `npm run build`, and no test depends on what is in dist.
 */
export async function makeBuiltCopy(): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-examples-"));
  await buildPackage(folder);
  for (const example of ["worker", "script-tag"]) {
    cpSync(join(root, "examples", example), join(folder, "examples", example), { recursive: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
