// Installs the packed tarball into an empty project, offline, and uses it the ways users do.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { buildPage, bundle, textOf } from "./bundlers.js";
import { everyEntry } from "./everyEntry.js";
import { kilobytes, pack, tarballOf } from "./pack.js";
import { node, npm, readJson, root, tool, type Step } from "./step.js";

/** Creates the project and returns its folder. */
export async function installConsumer(tarball: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "qkv-consumer-"));
  cpSync(join(root, "test/consumers/fixtures"), folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module" }),
  );
  const dependencies = await Promise.all(
    [...runtimeDependencies()].map(async (name) =>
      tarballOf(await pack(join(root, "node_modules", name))),
    ),
  );
  const quiet = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await npm(["install", ...quiet, tarball, ...dependencies], folder);
  return folder;
}

export function removeConsumer(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The dependencies of the package and theirs: what the tarball needs and nothing else. */
function runtimeDependencies(manifest = join(root, "package.json"), found = new Set<string>()) {
  const { dependencies = {} } = readJson<{ dependencies?: Record<string, string> }>(manifest);
  for (const name of Object.keys(dependencies)) {
    if (found.has(name)) continue;
    found.add(name);
    runtimeDependencies(join(root, "node_modules", name, "package.json"), found);
  }
  return found;
}

async function expectOk(args: string[], folder: string): Promise<void> {
  const { stdout } = await node(args, folder);
  if (stdout !== "ok\n") throw new Error(`expected "ok", got:\n${stdout}`);
}

/** The consumers, each of which uses the project in `folder()`. */
export function consumerSteps(folder: () => string): Step[] {
  const types = (project: string) => async () => {
    await tool("typescript", ["-p", project], folder());
    return "strict, skipLibCheck: false";
  };
  const noEval = "--disallow-code-generation-from-strings";
  return [
    {
      name: "consumer: ESM import",
      run: async () => {
        await expectOk(["esm.mjs"], folder());
        return "qkv and qkv/core";
      },
    },
    {
      name: "consumer: CommonJS require",
      run: async () => {
        await expectOk(["commonjs.cjs"], folder());
        return "qkv and qkv/core";
      },
    },
    {
      name: "consumer: strict CSP",
      run: async () => {
        await expectOk([noEval, "core.mjs"], folder());
        await expectOk([noEval, "core.cjs"], folder());
        return "qkv/core and qkv/explain without code generation from strings";
      },
    },
    {
      name: "consumer: bundler",
      run: async () => {
        const whole = await runBundled(folder(), "esm.mjs");
        const core = await runBundled(folder(), "core.mjs");
        if (/ndarray/.test(core.inputs)) throw new Error(`ndarray in qkv/core:\n${core.inputs}`);
        return `esbuild, minified: qkv ${whole.size}, qkv/core with qkv/explain ${core.size}`;
      },
    },
    {
      name: "consumer: threads",
      run: async () => {
        await expectOk(["threads.mjs"], folder());
        await expectOk(["threads.cjs"], folder());
        await bundleThreads(folder());
        return `ESM import and CommonJS require, bundled too, in a browser ${await pageOfThreads(folder())}`;
      },
    },
    {
      name: "consumer: views",
      run: async () => {
        await expectOk(["views.mjs"], folder());
        await expectOk(["views.cjs"], folder());
        return "qkv/views and qkv/views/element without a page, ESM import and CommonJS require";
      },
    },
    { name: "consumer: every entry", run: () => everyEntry(folder()) },
    {
      name: "consumer: testing",
      run: async () => {
        await expectOk(["testing.mjs"], folder());
        await expectOk(["testing.cjs"], folder());
        return "ESM import and CommonJS require, without fast-check";
      },
    },
    {
      name: "consumer: command line",
      run: async () => {
        const bin = join(folder(), "node_modules/.bin/qkv");
        const check = await node([bin, "check", "attention.mjs", "--runs=20"], folder());
        const held = /^\d+ held, \d+ not applicable/m.exec(check.stdout)?.[0];
        if (held === undefined) throw new Error(check.stdout);
        const { stdout } = await node([bin, "selftest", "--runs=20"], folder());
        const bits = stdout.match(/^✓ bits, .*$/gm) ?? [];
        if (bits.length !== 2) throw new Error(stdout);
        return `check: ${held}; selftest: the published bits on both engines`;
      },
    },
    { name: "consumer: types, import", run: types("tsconfig.import.json") },
    { name: "consumer: types, require", run: types("tsconfig.require.json") },
    { name: "consumer: types, bundler", run: types("tsconfig.bundler.json") },
  ];
}

/** Bundles a program for a browser and runs the bundle. */
async function runBundled(
  folder: string,
  entry: string,
): Promise<{ size: string; inputs: string }> {
  const outfile = join(folder, `bundle-${entry}`);
  const inputs = await bundle(folder, entry, outfile, { minify: true, platform: "browser" });
  await expectOk([outfile], folder);
  return { size: kilobytes(outfile), inputs: inputs.join("\n") };
}

/** Bundles a program and the worker of Node into one file each. */
async function bundleThreads(folder: string): Promise<void> {
  const worker = "node_modules/qkv/dist/threads.worker.node.js";
  const out = join(folder, "bundled");
  await bundle(folder, worker, join(out, "threads.worker.node.js"), { platform: "node" });
  for (const format of ["esm", "cjs"] as const) {
    const entry = format === "esm" ? "threads.mjs" : "threads.cjs";
    await bundle(folder, entry, join(out, entry), { platform: "node", format });
    await expectOk([join(out, entry)], folder);
  }
}

/** Builds a page with Vite, which has to find the worker by itself and must not meet Node's modules. */
async function pageOfThreads(folder: string): Promise<string> {
  const files = await buildPage(folder, "page", textOf(join(folder, "threads.mjs")));
  const worker = files.find((path) => /^threads\.worker-.*\.js$/.test(basename(path)));
  const main = files.find((path) => basename(path).startsWith("index-"));
  if (!worker || !main) throw new Error(`no worker among ${files.join(", ")}`);
  const code = textOf(main);
  if (!code.includes(basename(worker))) throw new Error(`${main} does not name ${worker}`);
  if (/worker_threads|node:|blob:/.test(code)) throw new Error(`${main} names a module of Node`);
  return `${kilobytes(main)}, its worker ${kilobytes(worker)} (Vite)`;
}
