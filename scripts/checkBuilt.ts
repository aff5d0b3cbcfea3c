import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as source from "../src/core.js";
import { root } from "./step.js";

const dist = join(root, "dist");

/** Throws if something is in a file of dist where it must not be. */
export async function checkBuilt(): Promise<void> {
  const files = readdirSync(dist).map((name) => ({
    name,
    text: readFileSync(join(dist, name), "utf8"),
  }));
  const code = files.filter(({ name }) => /\.c?js$/.test(name));
  checkImports(code);
  checkOnce(code.filter(({ name }) => name.endsWith(".cjs")));
  checkOnce(code.filter(({ name }) => name.endsWith(".js")));
  checkWorkers(code);
  await checkCore(code);
  const maps = files.filter(({ name }) => name.endsWith(".map"));
  if (maps.length > 0) throw new Error(`dist has source maps, such as ${maps[0]!.name}`);
}

interface File {
  name: string;
  text: string;
}

/** Dependencies and Node's modules stay where they belong. */
function checkImports(code: File[]): void {
  const rules = [
    { imported: /^ndarray$/, by: /^index\./ },
    { imported: /^fast-check$/, by: /^testing\.fast-check\./ },
    { imported: /^(node:.*|url)$/, by: /^cli\.|\.node\./ },
    { imported: /^\.\//, by: /./ },
  ];
  for (const { name, text } of code) {
    for (const imported of importsOf(text)) {
      const allowed = rules.some((rule) => rule.imported.test(imported) && rule.by.test(name));
      if (!allowed) throw new Error(`dist/${name} imports ${imported}`);
    }
  }
}

/** What a built file imports. */
export function importsOf(text: string): string[] {
  const statements = /^(?:import|export) (?:[^;"]* from )?"([^"]+)";|\brequire\("([^"]+)"\)/gm;
  return [...text.matchAll(statements)].map(([, imported, required]) => (imported ?? required)!);
}

/** Every source file is in one file of dist: an application that imports all entries has it once. */
function checkOnce(code: File[]): void {
  const places = new Map<string, string>();
  for (const { name, text } of code) {
    for (const [, file] of text.matchAll(/^\/\/ (src\/.*)$/gm)) {
      const other = places.get(file!);
      if (other !== undefined) throw new Error(`${file} is in dist/${other} and in dist/${name}`);
      places.set(file!, name);
    }
  }
  if (places.size < 100) throw new Error("dist does not say which source its code comes from");
}

/** The entries name their workers as bundlers look for them. */
function checkWorkers(code: File[]): void {
  for (const worker of ["threads.worker.js", "threads.worker.node.js"]) {
    const literal = `new URL("./${worker}", import.meta.url)`;
    const entry = worker.replace(".worker", "");
    const found = code.find(({ name }) => name === entry);
    if (!found?.text.includes(literal)) throw new Error(`dist/${entry} does not say ${literal}`);
  }
}

/** dist/core.js is one file; `qkv/core` is its public names, and nothing else. */
async function checkCore(code: File[]): Promise<void> {
  for (const { name, text } of code.filter((file) => /^core\.c?js$/.test(file.name))) {
    const [imported] = importsOf(text);
    if (imported !== undefined) throw new Error(`dist/${name} imports ${imported}`);
    if (/SharedArrayBuffer\(|Atomics/.test(text)) throw new Error(`dist/${name} has threads`);
  }
  const load = async (name: string) =>
    (await import(pathToFileURL(join(dist, name)).href)) as Record<string, unknown>;
  const [entry, page] = [await load("core.entry.js"), await load("core.js")];
  const names = Object.keys(source).sort().join();
  if (Object.keys(entry).sort().join() !== names)
    throw new Error(`qkv/core exports ${Object.keys(entry).join(", ")}`);
  for (const name of Object.keys(entry)) {
    if (page[name] !== entry[name]) throw new Error(`dist/core.js has no ${name} of qkv/core`);
  }
}
