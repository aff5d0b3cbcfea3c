import { rmSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * dist/index imports dist/core, as its declarations do, instead of repeating it: an application that
 * uses both entries loads the code once, and a rule made by one is known to the other.
 */
const oneCore: Plugin = {
  name: "one core",
  setup(build) {
    const path = build.initialOptions.format === "cjs" ? "./core.cjs" : "./core.js";
    build.onResolve({ filter: /\/core\.js$/ }, () => ({
      path,
      external: true,
      sideEffects: false,
    }));
  },
};

/** The command line uses the laws of dist/testing. */
const oneTesting: Plugin = {
  name: "one testing",
  setup(build) {
    build.onResolve({ filter: /\/testing\/index\.js$/ }, () => ({
      path: "./testing.js",
      external: true,
      sideEffects: false,
    }));
  },
};

/** CommonJS has no `import.meta.url`, from which the file of the worker is found. */
const moduleUrl: Plugin = {
  name: "module url",
  setup({ initialOptions }) {
    if (initialOptions.format !== "cjs") return;
    initialOptions.define = { ...initialOptions.define, "import.meta.url": "moduleUrl" };
    const banner =
      '"use strict"; const moduleUrl = require("node:url").pathToFileURL(__filename).href;';
    initialOptions.banner = { ...initialOptions.banner, js: banner };
  },
};

const shared: Options = {
  tsconfig: "tsconfig.src.json",
  target: "es2022",
  platform: "neutral",
  // Deno wants the `node:` of `node:os`.
  removeNodeProtocol: false,
  // No chunks: dist/core.js is one file that can be served to a page as it is.
  splitting: false,
  sourcemap: true,
};

// Not `clean`: the builds below run at the same time.
rmSync("dist", { recursive: true, force: true });

export default defineConfig([
  {
    ...shared,
    entry: {
      index: "src/index.ts",
      core: "src/core.ts",
      explain: "src/explain/index.ts",
      testing: "src/testing/index.ts",
      "testing.fast-check": "src/testing/fast-check/index.ts",
    },
    format: ["esm", "cjs"],
    dts: {
      entry: {
        index: "src/index.ts",
        core: "src/core.ts",
        explain: "src/explain/index.ts",
        threads: "src/threads/index.ts",
        testing: "src/testing/index.ts",
        "testing.fast-check": "src/testing/fast-check/index.ts",
      },
      // TypeScript 6 reports the `baseUrl` that the declaration bundler sets.
      compilerOptions: { ignoreDeprecations: "6.0" },
    },
    external: ["ndarray", "fast-check"],
    esbuildPlugins: [oneCore],
  },
  {
    ...shared,
    // What browsers get: nothing of Node.
    entry: { threads: "src/threads/index.ts" },
    format: ["esm"],
    esbuildPlugins: [oneCore],
  },
  {
    ...shared,
    entry: { "threads.node": "src/threads/index.node.ts" },
    format: ["esm", "cjs"],
    external: [/^node:/],
    esbuildPlugins: [oneCore, moduleUrl],
  },
  {
    ...shared,
    entry: { cli: "src/cli/bin.ts", "cli.child": "src/cli/check/child.ts" },
    // A program, and no code to step into.
    sourcemap: false,
    format: ["esm"],
    platform: "node",
    splitting: true,
    external: [/^node:/],
    banner: { js: "#!/usr/bin/env node" },
    esbuildPlugins: [oneCore, oneTesting],
  },
  {
    ...shared,
    // The workers stand alone, so that their file can be copied to where it is served.
    entry: {
      "threads.worker": "src/threads/worker.ts",
      "threads.worker.node": "src/threads/worker.node.ts",
    },
    format: ["esm"],
    external: [/^node:/],
  },
]);
