// What each entry of the built package costs a user: time to import, bytes to load, lines to read.
// `npm run import-time -- 51` takes 51 rounds instead of 31.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { importsOf } from "./checkBuilt.js";
import { npm, root } from "./step.js";

const names = [
  "index",
  "core.entry",
  "explain",
  "threads.node",
  "testing",
  "views",
  "views.element",
];
const entries = names.flatMap((entry) => [`${entry}.js`, `${entry}.cjs`]);
const dist = join(root, "dist");
const rounds = Number(process.argv[2] ?? 31);

await npm(["run", "--silent", "build"]);

/** Wall time in milliseconds of a fresh Node that runs a line of code as a module or a script. */
function wall(code: string, type: string): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [`--input-type=${type}`, "--eval", code], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const programs = entries.map((entry) => {
  const path = `./dist/${entry}`;
  return entry.endsWith(".cjs")
    ? {
        entry,
        type: "commonjs",
        code: `require(${JSON.stringify(path)})`,
        empty: "require('node:fs')",
      }
    : { entry, type: "module", code: `import ${JSON.stringify(path)}`, empty: "import 'node:fs'" };
});

// Each difference is taken within one round, so that a slow minute of the machine cancels out.
const differences = programs.map((): number[] => []);
for (let round = -2; round < rounds; round++) {
  programs.forEach(({ code, empty, type }, index) => {
    const without = wall(empty, type);
    const difference = wall(code, type) - without;
    if (round >= 0) differences[index]!.push(difference);
  });
}

/** The files of the package that an entry loads. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const imports = importsOf(readFileSync(join(dist, file), "utf8"));
  for (const name of imports) if (name.startsWith("./")) loadedBy(name.slice(2), found);
  return found;
}

console.log(
  `Node ${process.version}, ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${process.platform}`,
);
console.log(
  `\nentry               import (median of ${rounds})     size       gzip, with what it imports of the package`,
);
programs.forEach(({ entry }, index) => {
  const bytes = Buffer.concat([...loadedBy(entry)].map((file) => readFileSync(join(dist, file))));
  const milliseconds = median(differences[index]!).toFixed(1).padStart(8);
  const kB = (size: number) => `${(size / 1000).toFixed(1)} kB`.padStart(10);
  console.log(
    `${entry.padEnd(17)} ${milliseconds} ms          ${kB(bytes.length)} ${kB(gzipSync(bytes).length)}`,
  );
});

interface Lines {
  files: number;
  lines: number;
  longest: string;
  most: number;
}

/** Lines of the `.ts` files below a path. */
function count(path: string): Lines {
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name))
    : [path];
  const total: Lines = { files: 0, lines: 0, longest: "", most: 0 };
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const lines = readFileSync(file, "utf8").split("\n").length - 1;
    total.files++;
    total.lines += lines;
    if (lines > total.most) Object.assign(total, { most: lines, longest: file });
  }
  return total;
}

const src = join(root, "src");
console.log(`\nsrc            files   lines   longest file`);
const parts = existsSync(src) ? readdirSync(src).sort() : [];
for (const part of [...parts, "."]) {
  const { files, lines, longest, most } = count(join(src, part));
  if (files === 0) continue;
  const name = part === "." ? "all" : part;
  const where = longest.slice(src.length + 1);
  console.log(
    `${name.padEnd(14)} ${String(files).padStart(5)} ${String(lines).padStart(7)}   ${where} ${most}`,
  );
}
