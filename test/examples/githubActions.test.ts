import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkAttention } from "../../src/testing/index.js";
import { runExample } from "../docs-examples/run.js";
import { fences, root } from "./markdown.js";

const folder = join(root, "examples/github-actions");
const readme = readFileSync(join(folder, "README.md"), "utf8");

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { "timeout-minutes": number; steps: Step[]; permissions?: unknown }>;
}

/** YAML is read by the parser that typedoc brings along. */
function readWorkflow(): Workflow {
  const typedoc = createRequire(import.meta.url).resolve("typedoc");
  const yaml = createRequire(typedoc)("yaml") as { parse(text: string, options: object): unknown };
  const text = readFileSync(join(folder, "qkv-check.yml"), "utf8");
  return yaml.parse(text, { strict: true, uniqueKeys: true }) as Workflow;
}

describe("examples/github-actions", () => {
  const { on, permissions, jobs } = readWorkflow();
  const [job] = Object.values(jobs);
  const { steps } = job;

  it("runs for pushes and pull requests, may read the repository and nothing else, and ends", () => {
    expect(Object.keys(on)).toEqual(["push", "pull_request"]);
    expect([permissions, job.permissions]).toEqual([{ contents: "read" }, undefined]);
    expect(Object.keys(jobs)).toHaveLength(1);
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(15);
  });

  it("checks out, installs, checks, and keeps the report of a failure", () => {
    const told = steps.map(({ uses, run }) => uses?.replace(/@v\d+$/, "") ?? run);
    expect(told).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "npm ci",
      "npx qkv check src/attention.js --budget 60s --reporter github --reporter junit=qkv.xml",
      "actions/upload-artifact",
    ]);
    const [checkout, node, , check, upload] = steps;
    expect(checkout.with).toEqual({ "persist-credentials": false });
    expect(node.with?.["node-version"]).toBeGreaterThanOrEqual(20);
    expect([check.if, upload.if]).toEqual([undefined, "failure()"]);
    expect(check.run).toContain(`junit=${String(upload.with?.path)}`);
  });

  it("the function of the README is where the workflow looks, and keeps every law that it claims", async () => {
    expect(readme).toContain("`src/attention.js`");
    const [code] = fences(readme, "js");
    const given: Record<string, unknown> = {};
    await runExample(
      {
        file: "examples/github-actions/README.md",
        line: 1,
        language: "js",
        code: `import { given } from "./given";\n${code}\nObject.assign(given, { attention, supports });`,
      },
      async () => ({ given }),
    );
    const report = await checkAttention(given.attention as never, {
      supports: given.supports as never,
    });
    report.assert();
    expect(report.laws.filter(({ status }) => status === "held").length).toBeGreaterThan(15);
  });
});
