import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The least coverage of src, in percent. */
export const thresholds = { lines: 95, branches: 95 };

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^qkv$/, replacement: source("index.ts") },
      { find: /^qkv\/core$/, replacement: source("core.ts") },
      { find: /^qkv\/explain$/, replacement: source("explain/index.ts") },
      { find: /^qkv\/testing$/, replacement: source("testing/index.ts") },
      { find: /^qkv\/testing\/fast-check$/, replacement: source("testing/fast-check/index.ts") },
      { find: /^qkv\/threads$/, replacement: source("../test/threads/fromSource.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // The library has no global state, so files can share a worker: no start-up cost per file.
    pool: "forks",
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ["src/**/*.ts"],
      // AssemblyScript, compiled by `npm run kernels`; and what runs in processes of its own.
      exclude: ["src/**/*.as.ts", "src/cli/bin.ts", "src/cli/check/child.ts"],
      reporter: ["text-summary", "json-summary", "json"],
      reportOnFailure: true,
      thresholds,
    },
  },
});
