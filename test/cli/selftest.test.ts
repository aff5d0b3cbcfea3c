import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { published } from "../../src/golden/published.js";
import { here } from "./here.js";
import { makeProject, type Project } from "./project.js";

let project: Project;
beforeAll(async () => (project = await makeProject()));
afterAll(() => project.remove());

describe("qkv selftest", () => {
  it("every law on every engine, and the published bits", async () => {
    const summary = join(project.folder, "summary.md");
    const args = ["selftest", "--runs=12", "--seed=1", "--reporter=pretty"];
    const files = [
      "--reporter=junit=report.xml",
      "--reporter=json=report.json",
      "--reporter=github=github.txt",
      "--reporter=pretty=report.txt",
    ];
    const { code, out, err } = await here(project, [...args, ...files], {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("\nengine portable\n");
    expect(out).toContain("\nengine wasm\n");
    const count = Object.keys(published).length;
    const line = (engine: string): RegExp =>
      new RegExp(
        `^✓ bits, ${engine} +${count} golden problems equal the published hashes [0-9a-f]{16}$`,
        "m",
      );
    expect(out).toMatch(line("portable"));
    expect(out).toMatch(line("wasm"));
    expect(out).toMatch(/^80 held in/m);
    expect(out).toContain("npx qkv selftest --runs 12 --seed=1");
    expect(project.read("report.txt")).toBe(out);
    expect(project.read("github.txt")).toBe("");
    expect(readFileSync(summary, "utf8")).toContain("### qkv: engine wasm");
    expect(JSON.parse(project.read("report.json"))).toMatchObject({
      ok: true,
      golden: [
        { different: [], hashes: published },
        { different: [], hashes: published },
      ],
    });
  });
});
