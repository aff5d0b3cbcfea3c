import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { here } from "./here.js";
import { makeProject, type Project } from "./project.js";

let project: Project;
beforeAll(async () => (project = await makeProject()));
afterAll(() => project.remove());

const qkv = (...args: string[]) => here(project, args);

const right = `
import { attention as qkv } from "qkv/core";
export function attention(query, key, value, { mask, causal }) {
  return qkv(query, key, value, { ...(mask ? { allow: mask } : {}), ...(causal ? { causal } : {}) });
}
export const supports = { mask: "allow", causal: "square" };
`;

const unscaled = `
import { attention as qkv } from "qkv/core";
export default (query, key, value) => qkv(query, key, value, { scale: 1 });
`;

describe("qkv check", () => {
  it("0: all that applies holds", async () => {
    project.write("right.js", right);
    const { code, out, err } = await qkv("check", "right.js", "--runs", "12");
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toContain("\n./right.js (attention)\n");
    expect(out).toMatch(/^✓ causal {12}\d+ cases, at most [\d.]+ % of the bound$/m);
    expect(out).toMatch(/^✓ mask-polarity .*: "allow" \(1 = may attend\)$/m);
    expect(out).toMatch(/^– softcap-order {5}not claimed that it takes a softcap/m);
    expect(out).toMatch(/^\d\d held, \d\d not applicable in \d+\.\d s$/m);
    expect(out).toContain("npx qkv check ./right.js --runs 12 --seed=1");
  });

  it("1: a law is broken; the code that it prints fails where it should", async () => {
    project.write("unscaled.js", unscaled);
    const { code, out } = await qkv("check", "unscaled.js", "--only", "result,scale", "--seed=-7");
    expect(code).toBe(1);
    expect(out).toMatch(/^✓ result/m);
    expect(out).toMatch(/^✗ scale +expected the default, 0\.707.* for D = 2; got no scale/m);
    expect(out).toContain("npx qkv check ./unscaled.js --only scale --seed=-7");
    expect(out).toContain("(default export)");
    expect(out).toContain("Nothing is said of what it supports");
    const code2 = out.slice(out.indexOf("    import assert"), out.indexOf("\n1 held"));
    project.write("again.js", code2);
    const again = project.read("again.js").replaceAll(/^ {4}/gm, "");
    project.write("again.js", again);
    await expect(import(`${project.folder}/again.js`)).rejects.toThrow(
      /evaluated to a falsy value|false == true/,
    );
    project.write(
      "again2.js",
      again.replace("unscaled.js", "right.js").replace("import attention", "import { attention }"),
    );
    await import(`${project.folder}/again2.js`);
  });

  it("what the command line says of the function goes before what the file says", async () => {
    const wrong = await qkv(
      "check",
      "right.js",
      "--only",
      "mask-polarity",
      "--supports",
      '{"mask":"block"}',
    );
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('expected "block" (1 = may not attend); got the inverted mask');
    expect(wrong.out).toContain(`--supports '{"mask":"block"}'`);
    const both = await qkv(
      "check",
      "right.js",
      "--only=definition",
      "--dtype",
      "float32,float64",
      "--runs",
      "6",
    );
    expect(both.code).toBe(0);
    expect(both.out).toContain(`--supports '{"dtype":["float32","float64"]}'`);
    const none = await qkv("check", "right.js", "--only=lse");
    expect(none.code).toBe(2);
  });

  it("a budget is kept", async () => {
    const { code, out } = await qkv("check", "right.js", "--budget", "1ms", "--runs", "100000");
    expect(code).toBe(2);
    expect(out).toMatch(/not run: stopped by the budget/);
  });
});

describe("which function", () => {
  const nothing = "() => { throw new Error('called'); }";
  const cases: Record<string, [file: string, text: string, args: string[], shown: string]> = {
    "the default export": ["a.js", `export default ${nothing}; export const x = 1;`, [], "default export"],
    "attention": ["b.js", `export const attention = ${nothing}; export const other = () => 1;`, [], "attention"],
    "the only one": ["c.js", `export const mine = ${nothing};`, [], "mine"],
    "a chosen one": ["d.js", `export const a = () => 1; export const b = ${nothing};`, ["--export", "b"], "b"],
    "module.exports": ["e.cjs", `module.exports = ${nothing};`, [], "default export"],
    "an object of module.exports": ["f.cjs", `module.exports = { [["attention"][0]]: ${nothing} };`, [], "attention"],
    "the same under two names": ["g.js", `export const attention = ${nothing}; export default attention;`, [], "default export"],
  }; // prettier-ignore
  for (const [name, [file, text, args, shown]] of Object.entries(cases)) {
    it(name, async () => {
      project.write(file, text);
      const { code, out } = await qkv("check", file, "--only=result", ...args);
      expect(code).toBe(1);
      expect(out).toContain(`\n./${file} (${shown})\n`);
      expect(out).toContain("the function throws Error: called");
      // The code that is printed finds the function.
      const printed = /^ {4}import [^]*?(?=\n\n\S|\n\d)/m.exec(out)![0].replaceAll(/^ {4}/gm, "");
      project.write(`again-${file}.mjs`, printed);
      await expect(import(`${project.folder}/again-${file}.mjs`)).rejects.toThrow("called");
    });
  }
});

describe("2: it cannot run, and says why", () => {
  const cases: Record<string, [text: string, args: string[], says: RegExp]> = {
    "no file": ["", ["check"], /^qkv check: expected one file; got none\. Fix: npx qkv check/],
    "two files": ["", ["check", "a.js", "b.js"], /got a\.js and b\.js/],
    "a file that is not there": ["", ["check", "gone.js"], /expected a file with the function; got gone\.js, which is none/],
    "a folder": ["", ["check", "."], /which is none/],
    "an unknown command": ["", ["chekc", "a.js"], /^qkv: expected check, selftest or laws; got "chekc"\. Fix: write npx qkv check\./],
    "an unknown flag": ["", ["check", "x.js", "--onyl=scale"], /expected a known flag; got --onyl\. Fix: write --only\./],
    "a short flag": ["", ["check", "x.js", "-o"], /expected a known flag; got -o\. Fix: see qkv check --help\./],
    "a flag without its value": ["", ["check", "x.js", "--seed"], /--seed: expected a value; got none\. Fix: write --seed=…\./],
    "a value for a flag twice": ["", ["check", "x.js", "--seed=1", "--seed=2"], /--seed: expected it once; got two/],
    "an unknown law": ["", ["check", "x.js", "--only", "causl"], /got "causl"\. Fix: write causal\./],
    "no law that is left": ["", ["check", "x.js", "--only", "scale", "--skip", "scale"], /--skip: expected a law that is left; got none/],
    "a time without a unit": ["", ["check", "x.js", "--budget", "30"], /expected a time with its unit, .*; got "30"\. Fix: write 30s or 30ms\./],
    "no time": ["", ["check", "x.js", "--timeout", "soon"], /expected a time with its unit, .*; got "soon"\.$/m],
    "no number": ["", ["check", "x.js", "--runs", "many"], /--runs: expected a positive integer; got "many"/],
    "half a seed": ["", ["check", "x.js", "--seed", "0.5"], /--seed: expected an integer; got "0\.5"/],
    "an unknown precision": ["", ["check", "x.js", "--dtype", "float16"], /expected float32, float64 or both; got "float16"/],
    "supports that is no JSON": ["", ["check", "x.js", "--supports", "causal"], /--supports: expected JSON; got .* Fix: --supports '\{"causal":"square"\}'/],
    "supports that is no object": ["", ["check", "x.js", "--supports", "[1]"], /expected a JSON object; got \[1\]/],
    "supports that does not exist": ["", ["check", "right.js", "--supports", '{"mask":true}'], /supports\.mask: expected .*"allow" or "block".*; got true/],
    "an unknown reporter": ["", ["check", "x.js", "--reporter", "xml"], /expected one of pretty, json, junit, github; got "xml"/],
    "two reporters on one screen": ["", ["check", "x.js", "--reporter", "json", "--reporter", "github"], /one reporter on the screen; got json and github/],
    "a reporter without its file": ["", ["check", "x.js", "--reporter", "json="], /expected a file after =/],
    "two reports in one file": ["", ["check", "x.js", "--reporter", "json=a", "--reporter", "junit=a"], /a file of its own for each reporter; got "a" twice/],
    "a report that cannot be written": ["", ["check", "x.js", "--reporter", "json=no/such/folder.json"], /expected a file that can be written; got ENOENT/],
    "no function": ["export const x = 1;", ["check", "x.js"], /got no exported function\. Fix: export the function\./],
    "several functions": ["export const a = () => 1; export const b = () => 2;", ["check", "x.js"], /got the exported functions a, b\. Fix: choose one with --export\./],
    "a default export and another attention": ["export default () => 1; export const attention = () => 2;", ["check", "x.js"], /got the exported functions attention, default/],
    "an export that is none": ["export const a = () => 1;", ["check", "x.js", "--export", "b"], /expected an export "b" that is a function; got the exported function a/],
    "supports that is a text": ["export const a = () => 1; export const supports = 'all';", ["check", "x.js"], /the export supports: expected an object .*; got string/],
    "a mistake in the file": ["export const a = () => {;;", ["check", "x.js"], /could not be loaded\. [^]*x\.js:1[^]*SyntaxError: Unexpected end of input/],
    "an import that fails": ["import './gone.js';", ["check", "x.js"], /could not be loaded\. Error \[ERR_MODULE_NOT_FOUND\]/],
    "an error while loading": ["\n\nthrow new Error('no GPU');", ["check", "x.js"], /could not be loaded\. Error: no GPU\n +at .*x\.js:3:7$/m],
    "something else is thrown": ["throw 'text';", ["check", "x.js"], /could not be loaded\. text/],
    "a loop while loading": ["while (true);", ["check", "x.js", "--budget", "2s", "--timeout", "1s"], /the module did not finish loading within 2 s/],
    "waiting for ever while loading": ["await new Promise(() => {});", ["check", "x.js", "--budget", "1s", "--timeout", "1s"], /the module did not finish loading within 1 s/],
    "an export that every object has": ["export const a = () => 1;", ["check", "x.js", "--export", "constructor"], /expected an export "constructor" that is a function; got the exported function a/],
    "it ends while loading": ["process.exit(0);", ["check", "x.js"], /the function ended the process \(exit code 0\)/],
    "a flag of selftest": ["", ["selftest", "--only=scale"], /qkv selftest: expected a known flag; got --only/],
    "a file for selftest": ["", ["selftest", "x.js"], /qkv selftest: expected flags only; got x\.js/],
  }; // prettier-ignore
  for (const [name, [text, args, says]] of Object.entries(cases)) {
    it(name, async () => {
      project.write("x.js", text);
      project.write("right.js", right);
      const { code, out, err } = await qkv(...args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(says);
      if (!/loaded/.test(err)) expect(err).not.toMatch(/\n +at /);
    });
  }
});

describe("an ES module that Node reads as CommonJS", () => {
  const fix =
    /SyntaxError: .*\nFix: if this is an ES module, name it \.mjs, or write "type": "module"/;

  it.each(["export const a = () => 1;", "import 'qkv/core';\nexport const a = () => 1;"])(
    "%j: what to do is said, once",
    async (text) => {
      mkdirSync(join(project.folder, "common"), { recursive: true });
      project.write("common/package.json", '{ "type": "commonjs" }');
      project.write("common/x.js", text);
      const { code, err } = await qkv("check", "common/x.js");
      expect(code).toBe(2);
      expect(err).toMatch(fix);
      const told = err.slice(err.indexOf("could not be loaded"));
      expect(told).not.toContain("Warning");
    },
  );

  it("but not of other mistakes, nor of files that say what they are", async () => {
    project.write("x.js", "const a = ;\nexport const b = a;");
    expect((await qkv("check", "x.js")).err).not.toContain("Fix:");
    project.write("x.cjs", "export const a = () => 1;");
    expect((await qkv("check", "x.cjs")).err).not.toContain("Fix:");
  });
});

describe("findings", () => {
  const cases: Record<string, [text: string, says: RegExp]> = {
    "a loop without end": ["(q) => { for (;;); }", /the call did not return within 300 ms/],
    "a promise that never settles": ["() => new Promise(() => {})", /the promise did not settle within 300 ms/],
    "an end of the process": ["() => process.exit(3)", /the function ended the process \(exit code 3\)/],
    "a signal": ["() => process.kill(process.pid, 'SIGKILL')", /the process was ended by SIGKILL/],
    "an abort": ["() => process.abort()", /the process was aborted: it may be out of memory/],
    "an error": ["() => { throw new TypeError('no kernel'); }", /the function throws TypeError: no kernel/],
    "an error of a timer": ["() => { setTimeout(() => { throw new Error('late'); }); return new Promise(() => {}); }", /an error outside of the call: late/],
    "a rejection that nobody waits for": ["() => { Promise.reject(new Error('lost')); return new Promise(() => {}); }", /an error outside of the call: lost/],
    "another shape": ["() => [[1, 2, 3]]", /output: expected shape \[1, 1\], got shape \[1, 3\]/],
    "NaN": ["() => [[NaN]]", /a\.output\.data\[0\] is NaN/],
    "text": ["() => 'text'", /expected a tensor \(a view .* or nested arrays\); got "text"/],
    "nothing": ["() => {}", /expected a tensor \(.*; got undefined/],
  }; // prettier-ignore
  for (const [name, [fn, says]] of Object.entries(cases)) {
    it(name, async () => {
      project.write("x.js", `export const attention = ${fn};`);
      const { code, out, err } = await qkv("check", "x.js", "--timeout=300ms", "--only=result");
      expect(code).toBe(1);
      expect(err).toBe("");
      expect(out).toMatch(says);
      // The smallest call, as code.
      expect(out).toMatch(/^ {4}const query = tensor\(\[\[-?[\d.]+\]\]\);$/m);
      expect(out).toMatch(/await attention\(query, key, value, \{\}\)/);
    });
  }

  it("the laws after one that ended the process are checked; after two of them the rest is not", async () => {
    const body = `let calls = 0;
      import { attention as qkv } from "qkv/core";
      export const attention = (q, k, v) => (++calls === 30 ? process.exit() : qkv(q, k, v));`;
    project.write("x.js", body);
    const { code, out } = await qkv(
      "check",
      "x.js",
      "--runs=20",
      "--only=result,inputs,scale,definition,linear",
    );
    expect(code).toBe(1);
    expect(out.match(/^[✓✗?] [a-z]+(?= {2,})/gm)).toEqual([
      "✓ result",
      "✗ inputs",
      "✓ definition",
      "✗ scale",
      "? linear",
    ]);
    expect(out).toContain("not run: twice the function ended the process (exit code 0)");
  });

  it("nothing is lost where it cannot be started again", async () => {
    const once = `import { existsSync, writeFileSync } from "node:fs";
      if (existsSync("loaded")) throw new Error("only once"); writeFileSync("loaded", "");`;
    project.write(
      "x.js",
      `${once} let n = 0; ${right.replace("return", "if (++n > 10) process.exit(); return")}`,
    );
    const { code, out } = await qkv("check", "x.js", "--runs=10", "--only=result,inputs,scale");
    expect(code).toBe(1);
    expect(out).toMatch(/^✓ result/m);
    expect(out).toMatch(/^✗ inputs +the function ended the process/m);
    expect(out).toMatch(
      /^\? scale +not run: it could not be started again: qkv check: the module/m,
    );
  });

  it("what it prints is no part of the report", async () => {
    project.write(
      "x.js",
      `console.log("loading"); ${right.replace("return", "console.log('calling'); return")}`,
    );
    const { code, out, err } = await project.qkv(["check", "x.js", "--runs=2", "--reporter=json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    expect(err).toMatch(/^loading\ncalling\n/);
  });
});

describe("help", () => {
  it("of every command", async () => {
    for (const args of [["--help"], ["-h"], ["help"], ["check", "--help"], ["selftest", "-h"]]) {
      const { code, out } = await qkv(...args);
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: npx qkv /);
      for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
    }
    const { code, err } = await qkv();
    expect(code).toBe(2);
    expect(err).toMatch(/^Usage/);
    expect(await qkv("--version")).toEqual({ code: 0, out: "1.2.3\n", err: "" });
  });

  it("the laws", async () => {
    const { code, out } = await qkv("laws");
    expect(code).toBe(0);
    expect(out).toContain("\nmask-polarity\n  mask polarity: ");
    const some = await qkv("laws", "linear,scale", "one-key");
    expect(some.code).toBe(0);
    expect(some.out.match(/^\S+$/gm)).toEqual(["scale", "one-key", "linear"]);
    const none = await qkv("laws", "caussal");
    expect(none.code).toBe(2);
    expect(none.err).toMatch(
      /^qkv laws: expected the id of a law; got "caussal"\. Fix: write causal\.$/m,
    );
    expect((await qkv("laws", "--help")).out).toMatch(/^Usage: npx qkv laws /);
  });
});
