import { defineConfig, type Plugin, type RolldownOptions } from "rolldown";

/**
 * `qkv/core` and what it reaches is one file, dist/core.js, which a page can load alone. It has what the
 * other entries share under names of its own, so `qkv/core` itself is dist/core.entry.js: the public names.
 */
const entries = {
  index: "src/index.ts",
  "core.entry": "src/core.ts",
  explain: "src/explain/index.ts",
  testing: "src/testing/index.ts",
  "testing.fast-check": "src/testing/fast-check/index.ts",
  "threads.node": "src/threads/index.node.ts",
};

/** Modules only: what browsers get, the workers, and the command line. */
const modules = {
  threads: "src/threads/index.ts",
  "threads.worker": "src/threads/worker.ts",
  "threads.worker.node": "src/threads/worker.node.ts",
  cli: "src/cli/bin.ts",
  "cli.child": "src/cli/check/child.ts",
};

/** The self-test is about `qkv/core` as it is published. */
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
    // Of Node, for CommonJS, is only how a file finds the worker beside it.
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
      // The code is as it was written, with its names, and src is beside it: that is what one debugs.
      sourcemap: false,
      comments: { legal: true, annotation: true, jsdoc: false },
    },
  };
}

export default defineConfig([build({ ...entries, ...modules }, "esm"), build(entries, "cjs")]);
