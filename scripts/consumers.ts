// Installs the packed tarball into an empty project, offline, and uses it the ways users do.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { pack } from "./pack.js";
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
        return "qkv/core without code generation from strings";
      },
    },
    {
      name: "consumer: bundler",
      run: async () => {
        const whole = await bundle(folder(), "esm.mjs");
        const core = await bundle(folder(), "core.mjs");
        if (/ndarray/.test(core.inputs)) throw new Error(`ndarray in qkv/core:\n${core.inputs}`);
        return `esbuild, minified: qkv ${whole.size}, qkv/core ${core.size}`;
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
