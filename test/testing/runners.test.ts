import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { attention } from "../../src/core.js";
import { checkAttention, type AttentionFunction } from "../../src/testing/index.js";
import { runExample } from "../docs-examples/run.js";

// The snippets of docs/testing.md for test runners, as a reader pastes them.

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/testing.md"), "utf8");
const snippets = new Map(
  [...page.matchAll(/^```ts no-run (\S+)\n([^]*?)^```$/gm)].map(([, runner, code]) => [
    runner,
    code,
  ]),
);

const fn: AttentionFunction = (query, key, value, { causal }) =>
  attention(query, key, value, { causal });

const { laws } = await checkAttention(fn, { supports: { causal: "square" } });
const held = laws.filter(({ status }) => status === "held");

/** What a runner was told: the tests, and those that it skips. */
function collector() {
  const tests: string[] = [];
  const skipped: string[] = [];
  const test = (name: string) => void tests.push(name);
  return {
    tests,
    skipped,
    test: Object.assign(test, { skip: (name: string) => void skipped.push(name) }),
  };
}

describe("the snippets for test runners", () => {
  it("are there for four of them", () => {
    expect([...snippets.keys()]).toEqual(["vitest", "node:test", "jest", "mocha"]);
  });

  it.each([...snippets.keys()])("%s: one test for each law that applies", async (runner) => {
    const { tests, skipped, test } = collector();
    const example = {
      file: "docs/testing.md",
      line: 1,
      language: "ts",
      code: snippets.get(runner)!,
    } as const;
    await runExample(example, async (specifier) => {
      if (specifier === "qkv/testing") return import("../../src/testing/index.js");
      if (specifier === "./attention.js") return { attention: fn };
      expect(specifier).toContain(runner);
      return { test, it: test };
    });
    expect([tests, skipped.length]).toEqual([
      held.map(({ id, name }) => `${name} (${id})`),
      laws.length - held.length,
    ]);
  });
});

describe("node:test runs its snippet", () => {
  const folder = mkdtempSync(join(tmpdir(), "qkv-node-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The exit code of the runner, and what it printed. */
  async function run(name: string, options: string): Promise<{ code: number; stdout: string }> {
    const source = (path: string) => JSON.stringify(pathToFileURL(join(root, "src", path)).href);
    writeFileSync(
      join(folder, "attention.js"),
      `import { attention as qkv } from ${source("core.ts")};
       export const attention = (query, key, value, { causal }) => qkv(query, key, value, ${options});`,
    );
    const file = join(folder, `${name}.mts`);
    const testing = source("testing/index.ts");
    writeFileSync(file, snippets.get("node:test")!.replace('"qkv/testing"', testing));
    const args = ["--import", "tsx", "--test", "--test-reporter", "tap", file];
    const child = promisify(execFile)(process.execPath, args, { cwd: root });
    return child.then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }) => ({ code, stdout }),
    );
  }

  it("a right function passes, laws that do not apply are skipped", async () => {
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
    const { code, stdout } = await run("right", "{ causal }");
    expect(held.length).toBeGreaterThan(10);
    expect(stdout).toContain(`\n# pass ${held.length}\n`);
    expect(stdout).toContain(`\n# skipped ${laws.length - held.length}\n`);
    expect(code).toBe(0);
  });

  it("planted: a function that does not look at `causal` fails, with code", async () => {
    const { code, stdout } = await run("wrong", "{}");
    expect(stdout).toContain("not ok");
    expect(stdout).toContain("const key2 = tensor(");
    expect(code).toBe(1);
  });
});
