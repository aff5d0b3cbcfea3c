import { defineConfig } from "tsup";

// The declarations only; the code is that of rolldown.config.ts.
export default defineConfig({
  entry: {
    index: "src/index.ts",
    core: "src/core.ts",
    explain: "src/explain/index.ts",
    threads: "src/threads/index.ts",
    testing: "src/testing/index.ts",
    "testing.fast-check": "src/testing/fast-check/index.ts",
    views: "src/views/index.ts",
    "views.element": "src/views/element/index.ts",
  },
  format: ["esm", "cjs"],
  tsconfig: "tsconfig.src.json",
  // TypeScript 6 reports the `baseUrl` that the declaration bundler sets.
  dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0" } },
  external: ["ndarray", "fast-check"],
});
