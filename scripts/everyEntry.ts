import { statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { bundle, buildPage, textOf } from "./bundlers.js";
import { kilobytes } from "./pack.js";
import { readJson } from "./step.js";

/**
 * Bundles an application that imports every entry, and counts: what core.js says once is there once. Returns
 * its size.
 */
export async function everyEntry(folder: string): Promise<string> {
  const qkv = join(folder, "node_modules/qkv");
  const entries = entriesOf(join(qkv, "package.json"));
  const texts = textsOf(textOf(join(qkv, "dist/core.js")));
  const options = { minify: true, external: ["fast-check"] };

  const imports = entries.map((entry, i) => `import * as entry${i} from "${entry}";`);
  const names = entries.map((_, i) => `entry${i}`);
  const code = [...imports, `globalThis.entries = [${names.join(", ")}];`].join("\n");
  writeFileSync(join(folder, "every.mjs"), code);
  const modules = join(folder, "every.bundle.mjs");
  await bundle(folder, "every.mjs", modules, { ...options, platform: "browser" });
  checkTexts("esbuild, ESM", textOf(modules), texts);

  const requires = entries.map((entry) => `require("${entry}")`);
  writeFileSync(join(folder, "every.cjs"), `globalThis.entries = [${requires.join(", ")}];`);
  const scripts = join(folder, "every.bundle.cjs");
  await bundle(folder, "every.cjs", scripts, { ...options, format: "cjs", platform: "node" });
  checkTexts("esbuild, CommonJS", textOf(scripts), texts);

  // The worker is a program of its own.
  const files = (await buildPage(folder, "every", code)).filter(
    (path) => !basename(path).startsWith("threads.worker"),
  );
  checkTexts("Vite", files.map(textOf).join("\n"), texts);

  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
  return `${entries.length} entries: ${kilobytes(modules)} (esbuild), ${(bytes / 1000).toFixed(1)} kB (Vite)`;
}

/** The names by which the entries of a package are imported; data are none. */
function entriesOf(manifest: string): string[] {
  const { name, exports } = readJson<{ name: string; exports: Record<string, unknown> }>(manifest);
  return Object.keys(exports)
    .filter((key) => !key.endsWith(".json"))
    .map((key) => name + key.slice(1));
}

/** The long texts in code, and how often each is there: the kernels, and what checks and rules say. */
function textsOf(code: string): Map<string, number> {
  const texts = new Map<string, number>();
  for (const [, text] of code.matchAll(/[ \t(]"(\w[^"`$\\\n]{39,})"/g)) {
    texts.set(text!, code.split(text!).length - 1);
  }
  const kernels = [...texts.keys()].some((text) => text.startsWith("0061736d")); // "\0asm" in hexadecimal digits
  if (!kernels) throw new Error("dist/core.js has no kernels");
  return texts;
}

function checkTexts(bundler: string, code: string, texts: Map<string, number>): void {
  for (const [text, expected] of texts) {
    const count = code.split(text).length - 1;
    if (count === expected) continue;
    const shown = `${text.slice(0, 60)}…`;
    throw new Error(
      `${bundler}: expected "${shown}" ${expected} times, as in core.js; got ${count}`,
    );
  }
}
