import { statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { bundle, buildPage, textOf } from "./bundlers.js";
import { kilobytes } from "./pack.js";
import { readJson } from "./step.js";

/** What an application holds once, however many entries it imports. */
const once = {
  "the kernels": /float32:\s*["'`]AGFzbQ/g, // "\0asm" in base64
  "the check of a tensor": /a view whose data is a Float32Array/g,
  "the rule of causal alignment": /the last query stands at the last key/g,
};

/** Bundles an application that imports every entry, and counts; returns its size. */
export async function everyEntry(folder: string): Promise<string> {
  const entries = entriesOf(join(folder, "node_modules/qkv/package.json"));
  const options = { minify: true, external: ["fast-check"] };

  const imports = entries.map((entry, i) => `import * as entry${i} from "${entry}";`);
  const names = entries.map((_, i) => `entry${i}`);
  const code = [...imports, `globalThis.entries = [${names.join(", ")}];`].join("\n");
  writeFileSync(join(folder, "every.mjs"), code);
  const modules = join(folder, "every.bundle.mjs");
  await bundle(folder, "every.mjs", modules, { ...options, platform: "browser" });
  countOnce("esbuild, ESM", textOf(modules));

  const requires = entries.map((entry) => `require("${entry}")`);
  writeFileSync(join(folder, "every.cjs"), `globalThis.entries = [${requires.join(", ")}];`);
  const scripts = join(folder, "every.bundle.cjs");
  await bundle(folder, "every.cjs", scripts, { ...options, format: "cjs", platform: "node" });
  countOnce("esbuild, CommonJS", textOf(scripts));

  // The worker is a program of its own.
  const files = (await buildPage(folder, "every", code)).filter(
    (path) => !basename(path).startsWith("threads.worker"),
  );
  countOnce("Vite", files.map(textOf).join("\n"));

  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
  return `${entries.length} entries: ${kilobytes(modules)} (esbuild), ${(bytes / 1000).toFixed(1)} kB (Vite)`;
}

/** The names by which the entries of a package are imported. */
function entriesOf(manifest: string): string[] {
  const { name, exports } = readJson<{ name: string; exports: Record<string, unknown> }>(manifest);
  return Object.keys(exports)
    .filter((key) => key !== "./package.json")
    .map((key) => name + key.slice(1));
}

function countOnce(bundler: string, code: string): void {
  for (const [what, mark] of Object.entries(once)) {
    const count = code.match(mark)?.length ?? 0;
    if (count !== 1) throw new Error(`${bundler}: expected ${what} once; got it ${count} times`);
  }
}
