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

export default defineConfig({
  entry: { index: "src/index.ts", core: "src/core.ts" },
  tsconfig: "tsconfig.src.json",
  format: ["esm", "cjs"],
  // TypeScript 6 reports the `baseUrl` that the declaration bundler sets.
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  target: "es2022",
  platform: "neutral",
  external: ["ndarray"],
  esbuildPlugins: [oneCore],
  // No chunks: dist/core.js is one file that can be served to a page as it is.
  splitting: false,
  sourcemap: true,
  clean: true,
});
