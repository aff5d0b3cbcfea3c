import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The least coverage of src, in percent. */
export const thresholds = { lines: 95, branches: 95 };

/** Needs a browser: `npm run test:page`, and a gate of `npm run check`. */
const page = ["test/explainer/page.test.ts", "test/views/page.test.ts"];

/** Start processes, or ask the same of many random problems: seconds each. `npm run test:quick` leaves them out. */
const thorough = [
  "test/attention-hard/{sizes,wild}.test.ts",
  "test/cli/{check,page,processes,selftest}.test.ts",
  "test/decode/law.test.ts",
  "test/examples/{educators,readme,scriptTag,typescript,worker}.test.ts",
  "test/golden/fallback.test.ts",
  "test/laws/laws.test.ts",
  "test/scripts/{openPage,withChild}.test.ts",
  "test/testing/{arithmetic,foreign,options,runners}.test.ts",
  "test/threads/{bits,calls,process}.test.ts",
  "test/universal-sentence-encoder/command.test.ts",
];

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

const group = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude },
});

export default defineConfig({
  resolve: {
    alias: [
      { find: /^qkv$/, replacement: source("index.ts") },
      { find: /^qkv\/core$/, replacement: source("core.ts") },
      { find: /^qkv\/explain$/, replacement: source("explain/index.ts") },
      { find: /^qkv\/testing$/, replacement: source("testing/index.ts") },
      { find: /^qkv\/testing\/fast-check$/, replacement: source("testing/fast-check/index.ts") },
      { find: /^qkv\/views\/element$/, replacement: source("views/element/index.ts") },
      { find: /^qkv\/views$/, replacement: source("views/index.ts") },
      { find: /^qkv\/threads$/, replacement: source("../test/threads/fromSource.ts") },
    ],
  },
  test: {
    projects: [
      group("quick", ["test/**/*.test.ts"], [...thorough, ...page]),
      group("thorough", thorough),
      group("page", page),
    ],
    // The library has no global state, so files can share a worker: no start-up cost per file.
    pool: "forks",
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ["src/**/*.ts"],
      // AssemblyScript, compiled by `npm run kernels`; and what runs in processes of its own.
      // What draws runs in a browser, in tests of its own.
      exclude: [
        "src/**/*.as.ts",
        "src/cli/bin.ts",
        "src/cli/check/child.ts",
        "src/views/dom/**",
        "src/views/element/**",
      ],
      reporter: ["text-summary", "json-summary", "json"],
      reportOnFailure: true,
      thresholds,
    },
  },
});
