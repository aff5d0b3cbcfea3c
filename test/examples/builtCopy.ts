import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";

export const root = resolve(import.meta.dirname, "../..");

/**
 * The examples beside a package built from src, in a folder of its own: they run as they stand in the
 * repository after `npm run build`, and no test depends on what is in dist.
 */
export async function makeBuiltCopy(): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-examples-"));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  for (const example of ["worker", "script-tag"]) {
    cpSync(join(root, "examples", example), join(folder, "examples", example), { recursive: true });
  }
  await build({
    entryPoints: [join(root, "src/core.ts")],
    outfile: join(folder, "dist/core.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "error",
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
