// Changes the source in small ways, one at a time, and runs the tests of its folder: a change that no test notices is
// a survivor. `npm run mutation -- masks softmax` takes folders of src, and files: `masks/window.ts`. docs/mutation.md
// has the results.
import { Stryker } from "@stryker-mutator/core";

/** The tests that are to notice what changes in a folder: the quick ones that are about it. */
const testsOf: Record<string, readonly string[]> = {
  tensor: ["tensor/*", "ndarray/*", "masks/*", "errors/errors"],
  elementary: ["elementary/{bits,exponent,float64,special}"],
  softmax: ["softmax/*", "attention/semantics", "errors/errors"],
  masks: ["masks/*", "attention/semantics", "explain/reasons", "errors/errors"],
  attention: [
    ...[
      "attention/*",
      "attention-hard/{nonfinite,overflow,poison}",
      "engines/{edges,ranges,reference}",
    ],
    "errors/errors",
  ],
  positions: ["positions/*", "errors/errors"],
  explain: ["explain/{edges,entropy,reasons,views}", "errors/errors"],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((path) => !(path.split("/")[0]! in testsOf));
if (wanted.length === 0 || unknown.length > 0) {
  console.error(
    `npm run mutation -- <folder or file>; folders: ${Object.keys(testsOf).join(", ")}`,
  );
  process.exit(2);
}

for (const path of wanted) {
  const folder = path.split("/")[0]!;
  const stryker = new Stryker({
    mutate: [path === folder ? `src/${folder}/**/*.ts` : `src/${path}`, "!src/**/*.as.ts"],
    testFiles: testsOf[folder]!.map((name) => `test/${name}.test.ts`),
    testRunner: "vitest",
    // Every test file of a folder is meant, also where it reaches the source through an entry.
    vitest: { configFile: "vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    // What runs once, when a module is loaded, would need all tests again for each change.
    ignoreStatic: true,
    // The types of a changed line are those of the right one.
    disableTypeChecks: true,
    concurrency: 2,
    // Tests are quick; a loop without end is noticed after this.
    timeoutMS: 10_000,
    ignorePatterns: ["bench/peers/node_modules", "coverage", "dist", "etc", "site", ".cache"],
    tempDirName: ".cache/mutation",
    reporters: ["clear-text", "json", "progress-append-only"],
    jsonReporter: { fileName: `.cache/mutation-${path.replaceAll("/", "-")}.json` },
    clearTextReporter: {
      allowColor: false,
      logTests: false,
      reportTests: false,
      reportScoreTable: true,
    },
    thresholds: { high: 100, low: 0, break: null },
    checkers: [],
    allowEmpty: false,
  });
  await stryker.runMutationTest();
}
