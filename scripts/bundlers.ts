// Bundles programs of the consumer project, as its owner would.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { build as viteBuild, createLogger } from "vite";

/** Bundles a program with esbuild into one file; returns what went into it. A warning is an error. */
export async function bundle(
  folder: string,
  entry: string,
  outfile: string,
  options: BuildOptions,
): Promise<string[]> {
  const { metafile, warnings } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    ...options,
    metafile: true,
  });
  if (warnings.length > 0) throw new Error(JSON.stringify(warnings, null, 2));
  return Object.keys(metafile.inputs);
}

/** Builds a page of one script with Vite; returns the paths of its files of code. A warning is an error. */
export async function buildPage(folder: string, name: string, code: string): Promise<string[]> {
  const page = join(folder, name);
  rmSync(page, { recursive: true, force: true });
  mkdirSync(page);
  writeFileSync(join(page, "main.js"), code);
  writeFileSync(join(page, "index.html"), '<script type="module" src="./main.js"></script>');
  const warnings: string[] = [];
  const customLogger = createLogger("silent");
  customLogger.warn = (text) => void warnings.push(text);
  await viteBuild({
    root: page,
    configFile: false,
    logLevel: "warn",
    customLogger,
    build: {
      target: "es2022",
      // A worker that is a file, however small.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: Infinity,
      // A peer that the project has not installed. Vite's code for preloading is then not found either.
      rolldownOptions: { external: ["fast-check"] },
      modulePreload: false,
    },
  });
  if (warnings.length > 0) throw new Error(warnings.join("\n"));
  const assets = join(page, "dist/assets");
  return readdirSync(assets).map((file) => join(assets, file));
}

export function textOf(path: string): string {
  return readFileSync(path, "utf8");
}
