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

type Plugins = NonNullable<Options["plugins"]>;

/**
 * esbuild fills the object of `export * as masks` by a statement that no bundler may drop, so that
 * `import { attention }` would carry all rules along. As one pure expression it can be dropped.
 * The lines stay where they are, for the source map.
 */
const pureNamespaces: Plugins[number] = {
  name: "pure namespaces",
  renderChunk(code) {
    if (this.format !== "esm") return undefined;
    const helper = /(var __export = \(target, all\) => \{\n.*\n.*;)(\n\};)/;
    const namespace = /var (\w+) = \{\};\n__export\(\1, \{/g;
    const pure = code
      .replace(helper, "$1 return target;$2")
      .replace(namespace, "var $1 =\n/* @__PURE__ */ __export({}, {");
    if (/^__export\(/m.test(pure)) throw new Error("a namespace is not written as expected");
    return { code: pure };
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
  plugins: [pureNamespaces],
  // No chunks: dist/core.js is one file that can be served to a page as it is.
  splitting: false,
  sourcemap: true,
  clean: true,
});
