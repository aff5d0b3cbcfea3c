import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", core: "src/core.ts" },
  tsconfig: "tsconfig.src.json",
  format: ["esm", "cjs"],
  // TypeScript 6 reports the `baseUrl` that the declaration bundler sets.
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  target: "es2022",
  platform: "neutral",
  external: ["ndarray"],
  // One self-contained file per entry: dist/core.js can be served to a page as it is.
  splitting: false,
  sourcemap: true,
  clean: true,
});
