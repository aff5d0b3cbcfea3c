// Installs the packed tarball into an empty project, offline, and uses it the ways users do.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { build as viteBuild, createLogger } from "vite";
import { kilobytes, pack } from "./pack.js";
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
    [...runtimeDependencies()].map((name) => pack(join(root, "node_modules", name))),
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
        const whole = await bundle(folder(), "esm.mjs");
        const core = await bundle(folder(), "core.mjs");
        if (/ndarray/.test(core.inputs)) throw new Error(`ndarray in qkv/core:\n${core.inputs}`);
        return `esbuild, minified: qkv ${whole.size}, qkv/core with qkv/explain ${core.size}`;
      },
    },
    {
      name: "consumer: threads",
      run: async () => {
        await expectOk(["threads.mjs"], folder());
        await expectOk(["threads.cjs"], folder());
        return `ESM import and CommonJS require, in a browser ${await viteBundle(folder())}`;
      },
    },
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
async function bundle(folder: string, entry: string): Promise<{ size: string; inputs: string }> {
  const outfile = join(folder, `bundle-${entry}`);
  const { metafile, warnings } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    metafile: true,
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(JSON.stringify(warnings, null, 2));
  await expectOk([outfile], folder);
  const size = `${(readFileSync(outfile).length / 1000).toFixed(1)} kB`;
  return { size, inputs: Object.keys(metafile.inputs).join("\n") };
}

/** Builds a page with Vite, which has to find the worker by itself and must not meet Node's modules. */
async function viteBundle(folder: string): Promise<string> {
  const page = join(folder, "page");
  mkdirSync(page);
  cpSync(join(folder, "threads.mjs"), join(page, "main.js"));
  writeFileSync(join(page, "index.html"), '<script type="module" src="./main.js"></script>');
  const warnings: string[] = [];
  const customLogger = createLogger("silent");
  customLogger.warn = (text) => void warnings.push(text);
  // A worker that is a file, however small.
  const options = { target: "es2022", assetsInlineLimit: 0 };
  await viteBuild({
    root: page,
    configFile: false,
    logLevel: "warn",
    customLogger,
    build: options,
  });
  if (warnings.length > 0) throw new Error(warnings.join("\n"));
  const assets = join(page, "dist/assets");
  const names = readdirSync(assets);
  const worker = names.find((name) => /^threads\.worker-.*\.js$/.test(name));
  const main = names.find((name) => name.startsWith("index-"));
  if (!worker || !main) throw new Error(`no worker among ${names.join(", ")}`);
  const code = readFileSync(join(assets, main), "utf8");
  if (!code.includes(worker)) throw new Error(`${main} does not name ${worker}`);
  if (/worker_threads|node:|blob:/.test(code)) throw new Error(`${main} names a module of Node`);
  return `${kilobytes(join(assets, main))}, its worker ${kilobytes(join(assets, worker))} (Vite)`;
}
