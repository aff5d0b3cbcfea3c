import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFlags, type NodeAbilities } from "../../src/cli/check/nodeFlags.js";
import { makeProject, type Project } from "./project.js";

// The program as a user starts it.

let project: Project;
beforeAll(async () => (project = await makeProject()));
afterAll(() => project.remove());

const right = `
import { attention as qkv } from "qkv/core";
export const attention = (q, k, v) => qkv(q, k, v);
`;

describe("Ctrl-C", () => {
  it("ends the check, and prints what was found so far", async () => {
    project.write(
      "slow.js",
      `${right.replace("=> qkv", "=> { const end = Date.now() + 3; while (Date.now() < end); return qkv").replace("v);", "v); };")}`,
    );
    const interrupt = { at: /✓ inputs/ };
    const { code, out, err } = await project.qkv(
      ["check", "slow.js", "--reporter=pretty", "--reporter=json=report.json"],
      { interrupt },
    );
    expect(err).toBe("");
    expect(code).toBe(2);
    expect(out).toMatch(/^✓ result {12}60 cases$/m);
    expect(out).toMatch(/^\? linear {12}not run: interrupted/m);
    expect(out).toMatch(/^\d+ held, \d+ not run.*, interrupted$/m);
    const report = JSON.parse(project.read("report.json")) as {
      interrupted: boolean;
      reports: { laws: unknown[] }[];
    };
    expect(report.interrupted).toBe(true);
    expect(report.reports[0].laws).toHaveLength(40);
  });

  it("a function that hangs does not keep it", async () => {
    project.write(
      "stuck.js",
      `let n = 0; ${right.replace("=> qkv", "=> { if (++n > 60) for (;;); return qkv").replace("v);", "v); };")}`,
    );
    const started = Date.now();
    const { code, out } = await project.qkv(["check", "stuck.js", "--timeout=1m"], {
      interrupt: { at: /✓ result/ },
    });
    expect(code).toBe(2);
    expect(out).toMatch(/^1 held, 39 not run.*, interrupted$/m);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it("once, though npx passes on what the terminal has sent already", async () => {
    const { code, out } = await project.qkv(["check", "slow.js"], {
      interrupt: { at: /✓ result/, after: [0, 20] },
    });
    expect(code).toBe(2);
    expect(out).toMatch(/^\d+ held, \d+ not run.*, interrupted$/m);
  });

  it("twice: ends at once", async () => {
    const { code, out } = await project.qkv(["check", "stuck.js", "--timeout=1m"], {
      interrupt: { at: /✓ result/, after: [0, 500] },
    });
    expect(code).toBe(2);
    expect(out).not.toContain("interrupted");
  });
});

it("a module that talks to its parent process does not reach the report", async () => {
  const talk = `process.send?.(null); process.send?.({ type: "done" });`;
  project.write(
    "talks.js",
    `${talk}${right.replace("=> qkv(q, k, v);", `=> { ${talk} return qkv(q, k, v); };`)}`,
  );
  const { code, out } = await project.qkv(["check", "talks.js", "--only=linear", "--runs=3"]);
  expect(out).toMatch(/^1 held in/m);
  expect(code).toBe(0);
});

it("a name with letters that mean something in URLs and shells", async () => {
  const file = "an att'n#1?50%41.js";
  project.write(file, "export const attention = (q, k, v) => v;");
  const args = ["check", file, "--only=result", "--timeout=2s"];
  const { code, out } = await project.qkv(args);
  expect(code).toBe(1);
  expect(out).toContain(`import { attention } from "./an att'n%231%3F50%2541.js";`);
  // What is printed runs.
  const lines = out.split("\n").filter((line) => line.startsWith("    "));
  project.write("shown.mjs", lines.join("\n"));
  const shown = spawnSync(process.execPath, ["shown.mjs"], {
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(shown.stderr).toContain("AssertionError");
  const [, repeat] = / · npx qkv (.*)$/m.exec(out)!;
  expect(repeat).toContain("--timeout 2000ms");
  const again = `"${process.execPath}" "${project.bin}" ${repeat}`;
  expect(spawnSync(again, { shell: true, cwd: project.folder }).status).toBe(1);
});

it("a reader that has seen enough is no mistake", () => {
  project.write("right.js", right);
  // The exit code of the program, and not that of head.
  const program = `"${process.execPath}" "${project.bin}" check right.js --runs=3`;
  const command = `(${program}; echo "exit $?" >code.txt) | head -n 2`;
  const { stdout, stderr } = spawnSync(command, {
    shell: true,
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(stdout).toBe("\n./right.js (attention)\n");
  expect(stderr).toBe("");
  expect(project.read("code.txt")).toBe("exit 2\n");
});

it("GitHub: annotations, and a summary in the file of the job", async () => {
  project.write("wrong.js", `export default (q, k, v) => v;`);
  const summary = join(project.folder, "summary.md");
  const env = { GITHUB_STEP_SUMMARY: summary };
  const { code, out } = await project.qkv(
    ["check", "wrong.js", "--only=result", "--reporter=github", "--reporter=junit=report.xml"],
    { env },
  );
  expect(code).toBe(1);
  expect(out).toMatch(/^::error file=wrong\.js,title=qkv%3A result::/);
  expect(readFileSync(summary, "utf8")).toContain("### qkv: ./wrong.js");
  expect(project.read("report.xml")).toMatch(/^<\?xml/);
});

describe("TypeScript", () => {
  const abilities: NodeAbilities = {
    version: "20.1.0",
    typescript: undefined,
    allowed: new Set(),
    execArgv: ["--enable-source-maps"],
    nodeOptions: "",
  };
  const strip = "--experimental-strip-types";

  it("JavaScript needs nothing", () => {
    for (const file of ["a.js", "a.mjs", "a.cjs"])
      expect(nodeFlags(file, abilities)).toEqual(abilities.execArgv);
  });

  it("where Node strips types, with a flag, or under a loader", () => {
    for (const file of ["a.ts", "a.mts", "a.cts"]) {
      expect(nodeFlags(file, { ...abilities, typescript: "strip" })).toEqual(abilities.execArgv);
      expect(nodeFlags(file, { ...abilities, allowed: new Set([strip]) })).toContain(strip);
      expect(nodeFlags(file, { ...abilities, nodeOptions: "--import tsx" })).toEqual(
        abilities.execArgv,
      );
      expect(nodeFlags(file, { ...abilities, execArgv: [strip] })).toEqual([strip]);
    }
  });

  it("otherwise it says what would help", () => {
    expect(() => nodeFlags("a.ts", abilities)).toThrow(
      /^qkv check: a\.ts: expected a Node that runs TypeScript \(22\.6 or newer\); got Node 20\.1\.0\. Fix: .*tsx/,
    );
  });

  it("runs, if this Node can", async () => {
    project.write(
      "typed.ts",
      `import { attention as qkv } from "qkv/core";\nexport const attention = (q: any, k: any, v: any): unknown => qkv(q, k, v);`,
    );
    const { code, out, err } = await project.qkv([
      "check",
      "typed.ts",
      "--only=result",
      "--runs=3",
    ]);
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major > 22 || (major === 22 && minor >= 6))
      expect({ code, err }).toEqual({ code: 0, err: "" });
    else expect(err).toContain("expected a Node that runs TypeScript");
    expect(out === "").toBe(code === 2);
  });
});

describe("qkv selftest", () => {
  it("without WebAssembly: the portable engine alone, with the same bits", async () => {
    const env = {
      NODE_OPTIONS: `--import=data:text/javascript,delete${"%20"}globalThis.WebAssembly`,
    };
    const { code, out } = await project.qkv(["selftest", "--runs=6", "--reporter=json"], { env });
    expect(code).toBe(0);
    const { golden, reports } = JSON.parse(out) as {
      golden: { engine: string }[];
      reports: { notes: string[] }[];
    };
    expect(golden.map(({ engine }) => engine)).toEqual(["portable"]);
    expect(reports[0].notes).toEqual([
      expect.stringContaining("there is no WebAssembly with SIMD here"),
    ]);
  });
});
