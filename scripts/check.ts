// Every gate of a release. `npm run check -- lint size` runs the named ones only.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { apiReport } from "./api-report.js";
import { checkBuilt } from "./checkBuilt.js";
import { consumerSteps, installConsumer, removeConsumer } from "./consumers.js";
import { thresholds } from "../vitest.config.js";
import { emptyPackFolder, kilobytes, pack, tarballOf } from "./pack.js";
import {
  node,
  npm,
  readJson,
  root,
  runSteps,
  tool,
  writeReport,
  type Result,
  type Step,
} from "./step.js";

let tarball = "";
let consumer = "";

/** Needed by the others, so they run first and one by one. */
const preparation: Step[] = [
  {
    name: "build",
    run: async () => {
      await npm(["run", "--silent", "build"]);
      await checkBuilt();
      return `index.js ${kilobytes(join(root, "dist/index.js"))}, core.js ${kilobytes(join(root, "dist/core.js"))}`;
    },
  },
  {
    name: "pack",
    run: async () => {
      emptyPackFolder();
      const packed = await pack();
      tarball = tarballOf(packed);
      const unpacked = (packed.unpackedSize / 1e6).toFixed(2);
      return `${kilobytes(tarball)}, ${packed.files.length} files, ${unpacked} MB unpacked`;
    },
  },
  {
    name: "install the tarball",
    run: async () => {
      consumer = await installConsumer(tarball);
      return "offline, with its dependencies only";
    },
  },
];

const gates: Step[] = [
  {
    name: "lint",
    run: async () => {
      await tool("eslint", [".", "--max-warnings", "0"]);
      return "eslint";
    },
  },
  {
    name: "format",
    run: async () => {
      await tool("prettier", ["--check", "--log-level", "warn", "."]);
      return "prettier";
    },
  },
  {
    name: "generated",
    run: async () => {
      await tool("tsx", ["scripts/ndarray-api.ts", "--check"]);
      const { stdout } = await tool("tsx", ["scripts/kernels.ts", "--check"]);
      await tool("tsx", ["scripts/examples.ts", "--check"]);
      await tool("tsx", ["scripts/figures.ts", "--check"]);
      return `src/ndarray says what src/core.ts says; ${stdout.trim()}, as committed`;
    },
  },
  { name: "api", run: () => apiReport() },
  {
    name: "docs",
    run: async () => {
      const { stdout } = await node(["--import", "tsx", join(root, "scripts/docs/index.ts")]);
      return stdout.trim().split("\n").at(-1)!;
    },
  },
  {
    name: "typedoc",
    run: async () => {
      await tool("typedoc", ["--emit", "none"]);
      return "no warnings";
    },
  },
  {
    name: "publint",
    run: async () => {
      await tool("publint", [tarball, "--strict"]);
      return "strict";
    },
  },
  {
    name: "attw",
    run: async () => {
      await tool("@arethetypeswrong/cli", [tarball, "--no-color", "--no-emoji"]);
      return "node10, node16 (import, require), bundler";
    },
  },
  { name: "size", run: size },
  ...consumerSteps(() => consumer),
];

/** Alone, because they use every core. */
const last: Step[] = [
  {
    name: "pages in Chromium",
    run: async () => {
      const { stdout } = await tool("vitest", ["run", "--project", "page"]);
      return `${/Tests +(\d+ passed)/.exec(stdout)?.[1] ?? "?"}`;
    },
  },
  {
    name: "threads in Chromium",
    run: async () => {
      const { stdout } = await node(["--import", "tsx", join(root, "scripts/browser.ts")]);
      return `${stdout.match(/^ {2}passed/gm)?.length ?? 0} passed, isolated and not`;
    },
  },
  { name: "coverage", run: coverage },
];

async function size(): Promise<string> {
  const { stdout } = await tool("size-limit", ["--json"]).catch((error: Error) => {
    throw new Error(`over the budget:\n${error.message}`);
  });
  const measured = JSON.parse(stdout) as { name: string; size: number; sizeLimit?: number }[];
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`;
  const limit = (bytes?: number) => (bytes === undefined ? "" : ` of ${kB(bytes)}`);
  const figures = measured.map((it) => `${it.name} ${kB(it.size)}${limit(it.sizeLimit)}`);
  return `${figures.join(", ")} (gzip)`;
}

async function coverage(): Promise<string> {
  // What runs in a browser is not counted. CI has measured already, as it tests once.
  const measured = process.env["QKV_COVERAGE"] === "measured";
  const tests = ["run", "--project", "quick", "--project", "thorough"];
  if (!measured) await tool("vitest", [...tests, "--coverage", "--reporter=dot"]);
  const { total } = readJson<{ total: Record<string, { pct: number }> }>(
    join(root, "coverage/coverage-summary.json"),
  );
  for (const part of ["lines", "branches"] as const) {
    const least = thresholds[part];
    if (!(total[part]!.pct >= least))
      throw new Error(`${part} ${total[part]!.pct} % of ${least} %`);
  }
  return `lines ${total["lines"]!.pct} %, branches ${total["branches"]!.pct} %`;
}

const wanted = process.argv.slice(2);
const every = [...preparation, ...gates, ...last];
const unknown = wanted.filter((word) => !every.some(({ name }) => name.includes(word)));
if (unknown.length > 0) {
  console.error(
    `no such step: ${unknown.join(", ")}; there are: ${every.map((s) => s.name).join(", ")}`,
  );
  process.exit(2);
}
const chosen = (steps: Step[]) =>
  steps.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const independent = ["lint", "format", "generated", "api", "typedoc", "docs", "pages", "coverage"];
const prepare = every.some(
  (step) => chosen([step]).length > 0 && !independent.some((word) => step.name.startsWith(word)),
);

const results: Result[] = [];
/** Without the tarball the steps that use it would only repeat its failure, or test an old one. */
const possible = (steps: Step[]) =>
  results.every(({ passed }) => passed)
    ? steps
    : steps.map((step) =>
        independent.some((word) => step.name.startsWith(word))
          ? step
          : { ...step, run: () => Promise.reject(new Error("not run: no tarball to test")) },
      );
try {
  for (const step of prepare ? preparation : []) {
    results.push(...(await runSteps(possible([step]), 1)));
  }
  const width = Math.min(2, availableParallelism());
  results.push(...(await runSteps(possible(chosen(gates)), width)));
  results.push(...(await runSteps(chosen(last), 1)));
} finally {
  if (consumer) removeConsumer(consumer);
}
const failed = results.filter(({ passed }) => !passed).length;
writeReport("check-report.json", { passed: results.length - failed, failed, results });
console.log(`${results.length - failed} of ${results.length} checks passed`);
process.exitCode = failed > 0 ? 1 : 0;
