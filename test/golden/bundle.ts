import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** The committed hashes. `npm run bits -- --update` writes them, in a major version only. */
export const expected = JSON.parse(
  readFileSync(new URL("./hashes.json", import.meta.url), "utf8"),
) as Readonly<Record<string, string>>;

/** Every `step`-th of them. */
export function expectedOf(step: number): Record<string, string> {
  return Object.fromEntries(Object.entries(expected).filter((_, n) => n % step === 0));
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
