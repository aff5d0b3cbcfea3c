import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { published } from "../../src/golden/published.js";

/** Every `step`-th of them. */
export function expectedOf(step: number): Record<string, string> {
  return Object.fromEntries(Object.entries(published).filter((_, n) => n % step === 0));
}

/** child.ts and the library from source as one file. */
export async function bundleChild(): Promise<{ url: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-golden-"));
  const outfile = join(folder, "child.mjs");
  await build({
    entryPoints: [resolve(import.meta.dirname, "child.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "error",
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { url: pathToFileURL(outfile).href, remove };
}
