import { defineConfig, type Plugin, type RolldownOptions } from "rolldown";

/**
 * What src/core.ts reaches is one file, dist/core.js, which a page can load alone. It also exports what other
 * entries import and is not public, so `qkv/core` is dist/core.entry.js, which exports the public names only.
 */
const entries = {
  index: "src/index.ts",
  "core.entry": "src/core.ts",
  explain: "src/explain/index.ts",
  testing: "src/testing/index.ts",
  "testing.fast-check": "src/testing/fast-check/index.ts",
  "threads.node": "src/threads/index.node.ts",
  views: "src/views/index.ts",
  "views.element": "src/views/element/index.ts",
};

/** Modules only: what browsers get, the workers, and the command line. */
const modules = {
  threads: "src/threads/index.ts",
  "threads.worker": "src/threads/worker.ts",
  "threads.worker.node": "src/threads/worker.node.ts",
  cli: "src/cli/bin.ts",
  "cli.child": "src/cli/check/child.ts",
};

/** `qkv selftest` asks `qkv/core` by its public names, whatever they are: it imports all of them. */
const published: Plugin = {
  name: "published core",
  resolveId(specifier, importer) {
    if (!/\/core\.js$/.test(specifier) || !/\/src\/cli\//.test(importer ?? "")) return null;
    return { id: "./core.entry.js", external: true };
  },
};

function build(input: Record<string, string>, format: "esm" | "cjs"): RolldownOptions {
  const extension = format === "esm" ? "js" : "cjs";
  return {
    input,
    plugins: [published],
    external: [/^node:/, "ndarray", "fast-check"],
    // For CommonJS this says how a file finds the worker beside it.
    platform: format === "esm" ? "neutral" : "node",
    tsconfig: "tsconfig.src.json",
    transform: { target: "es2022" },
    resolve: { extensionAlias: { ".js": [".ts"] } },
    output: {
      format,
      strict: true,
      dir: "dist",
      // The modules are built first.
      cleanDir: format === "esm",
      entryFileNames: `[name].${extension}`,
      chunkFileNames: ({ name }) => `${name === "core" ? "" : "shared."}${name}.${extension}`,
      banner: ({ name }) => (name === "cli" ? "#!/usr/bin/env node" : ""),
      codeSplitting: { groups: [{ name: "core", test: /\/src\/core\.ts$/ }] },
      minifyInternalExports: false,
      // Maps would be half of the package. The code keeps its names and lines, and src is published too.
      sourcemap: false,
      comments: { legal: true, annotation: true, jsdoc: false },
    },
  };
}

export default defineConfig([build({ ...entries, ...modules }, "esm"), build(entries, "cjs")]);
