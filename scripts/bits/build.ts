import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { cache, npm, root } from "../step.js";

/** Where everything lies that this command makes. */
export const folder = join(cache, "bits");

/** Builds the package (or takes dist as it is) and what runs beside it; all end up in one folder. */
export async function prepare(skipBuild: boolean): Promise<void> {
  if (!skipBuild) await npm(["run", "--silent", "build"]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  await build({
    entryPoints: ["main.ts", "page.ts"].map((file) => join(import.meta.dirname, file)),
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "error",
  });
}
