import { DOMParser } from "linkedom";
import { describe, expect, it } from "vitest";
import { coloursFor } from "../../src/cli/reporters/colours.js";
import { githubLines, githubSummary } from "../../src/cli/reporters/github.js";
import { jsonText } from "../../src/cli/reporters/json.js";
import { junitText } from "../../src/cli/reporters/junit.js";
import { prettyReporter } from "../../src/cli/reporters/pretty.js";
import { exitCodeOf, type Run } from "../../src/cli/run.js";
import { reportOf } from "../../src/testing/reportOf.js";
import type { LawResult } from "../../src/testing/types.js";

const plain = { cases: 7, seed: 1, milliseconds: 1234 };
const sizes = { B: 1, H: 1, Hkv: 1, L: 1, S: 2, D: 1, E: 1 };
const nasty = `is 1 < 2 & "x" > 0, 50 %, a|b\nsecond line \u0000\u001b`;
const laws: LawResult[] = [
  {
    ...plain,
    ...{ id: "first", name: "one holds", equation: "a = b", status: "held", finding: "zero" },
    worst: { deviation: 1, bound: 8 },
  },
  {
    ...plain,
    ...{ id: "second", name: "one does not", equation: "|a| ≤ 1", status: "broken", reason: nasty },
    counterexample: { message: nasty, index: 3, sizes, code: "// a comment\nconst x = 1 < 2;\n" },
  },
  {
    ...plain,
    ...{ id: "third", name: "one is not asked", equation: "c", status: "not applicable" },
    reason: "not claimed",
  },
  {
    ...plain,
    ...{ id: "fourth", name: "no time", equation: "d", status: "not run", reason: "interrupted" },
  },
];
const machine = { qkv: "1.2.3", node: "20.0.0", platform: "linux x64", cpu: "a processor" };
const subject = { name: "./a.js", file: "./a.js", exported: "attention", notes: ["A note."] };
const runOf = (list: readonly LawResult[], more: Partial<Run> = {}): Run => ({
  ...{ command: "check", machine, repeat: "npx qkv check ./a.js", interrupted: false },
  subjects: [{ ...subject, report: reportOf(list, 1, 5000) }],
  ...more,
});
const golden = [
  { engine: "portable", problems: 9, hashes: {}, digest: "abc", different: [] },
  { engine: "wasm", problems: 9, hashes: {}, digest: "abd", different: ["one", "two"] },
];

it("exit codes: 0 all holds, 1 something is broken, 2 not everything was checked", () => {
  expect(exitCodeOf(runOf([laws[0], laws[2]]))).toBe(0);
  expect(exitCodeOf(runOf(laws))).toBe(1);
  expect(exitCodeOf(runOf([laws[0], laws[3]]))).toBe(2);
  expect(exitCodeOf(runOf([laws[2]]))).toBe(2);
  expect(exitCodeOf(runOf([laws[0]], { interrupted: true }))).toBe(2);
  expect(exitCodeOf(runOf(laws, { interrupted: true }))).toBe(1);
  expect(exitCodeOf(runOf([laws[0]], { golden: golden.slice(0, 1) }))).toBe(0);
  expect(exitCodeOf(runOf([laws[0]], { golden }))).toBe(1);
  expect(exitCodeOf(runOf([], { subjects: [] }))).toBe(2);
});

describe("junit", () => {
  const parse = (run: Run) => new DOMParser().parseFromString(junitText(run), "text/xml");

  it("is XML that says what was found", () => {
    const document = parse(runOf(laws, { golden }));
    const suites = [...document.querySelectorAll("testsuite")];
    expect(suites.map((suite) => suite.getAttribute("name"))).toEqual([
      ...["qkv: ./a.js", "qkv: golden problems, portable", "qkv: golden problems, wasm"],
    ]);
    const attributes = ["tests", "failures", "errors", "skipped", "time"];
    expect(attributes.map((name) => suites[0].getAttribute(name))).toEqual([
      ...["4", "1", "1", "1", "5.000"],
    ]);
    const inside = [...suites[0].querySelectorAll("testcase")].map((test) => [
      test.getAttribute("name"),
      test.firstElementChild?.tagName,
    ]);
    expect(inside).toEqual([
      ["first: one holds", undefined],
      ["second: one does not", "failure"],
      ["third: one is not asked", "skipped"],
      ["fourth: no time", "error"],
    ]);
    expect(suites[2].querySelector("failure")!.getAttribute("message")).toBe(
      "2 of 9 golden problems have other bits",
    );
  });

  it("escapes what XML has no place for", () => {
    const text = junitText(runOf(laws));
    expect(text).toContain(
      'message="is 1 &lt; 2 &amp; &quot;x&quot; &gt; 0, 50 %, a|b&#10;second line ??"',
    );
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    expect(junitText(runOf([{ ...laws[1], reason: "\ud800 😀" }]))).toContain('message="? 😀"');
    const failure = parse(runOf(laws)).querySelector("failure")!;
    expect(failure.textContent).toContain("const x = 1 < 2;");
    expect(failure.textContent).not.toContain("// a comment");
  });
});

describe("github", () => {
  it("annotates the file for each broken law", () => {
    const lines = githubLines(runOf(laws)).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(
      '::error file=a.js,title=qkv%3A second::one does not does not hold (seed 1).%0A|a| ≤ 1%0Ais 1 < 2 & "x" > 0, 50 %25, a|b%0Asecond line \u0000\u001b%0A%0Aconst x = 1 < 2;',
    );
    expect(lines[1]).toBe("::warning file=a.js,title=qkv%3A fourth::./a.js: interrupted");
  });

  it("says nothing where all is well, and that something was not checked", () => {
    expect(githubLines(runOf([laws[0], laws[2]]))).toBe("");
    expect(githubLines(runOf([laws[3]]))).toContain(
      "::error title=qkv::not everything was checked\n",
    );
    expect(githubLines(runOf([laws[0]], { golden }))).toBe(
      "::error title=qkv%3A bits%2C engine wasm::2 of 9: one, two\n",
    );
  });

  it("the summary is a table", () => {
    const text = githubSummary(runOf(laws, { golden }));
    expect(text).toContain("### qkv: ./a.js\n\n| | law | | cases | |\n");
    expect(text).toContain("| ✓ | first | one holds | 7 | zero |\n");
    expect(text).toContain("a\\|b second line");
    expect(text).toContain("```js\n");
    expect(text).toContain("✗ wasm: bits of 9 golden problems, abd");
  });
});

describe("json", () => {
  it("has everything, and parses", () => {
    const result = JSON.parse(jsonText(runOf(laws, { golden }))) as Record<string, unknown>;
    expect(result).toMatchObject({ command: "check", ...machine, ok: false, interrupted: false });
    expect(result).toMatchObject({ golden });
    const [report] = result["reports"] as Record<string, unknown>[];
    expect(report).toMatchObject({
      name: "./a.js",
      file: "./a.js",
      export: "attention",
      ok: false,
    });
    expect(report["laws"]).toHaveLength(4);
  });
});

describe("pretty", () => {
  const shown = (run: Run, terminals = { out: false, err: false }, width = 60, env = {}) => {
    let [out, err] = ["", ""];
    const reporter = prettyReporter({
      out: (text) => (out += text),
      err: (text) => (err += text),
      ...{ terminals, width, env },
    });
    for (const { report, ...about } of run.subjects) {
      reporter.start!(about);
      report.laws.forEach((law, index) => {
        reporter.progress!({ law: law.id, index, laws: 4, run: 0, cases: 0, runs: 7 });
        reporter.law!(law);
      });
    }
    reporter.end(run);
    return { out, err };
  };

  it("a line for each law, what is broken, and the end", () => {
    const { out, err } = shown(runOf(laws));
    expect(err).toBe("");
    expect(out).toContain(
      "\n./a.js (attention)\nA note.\n\n✓ first             7 cases, at most 13 % of the bound: zero\n",
    );
    expect(out).toMatch(/^– third {13}not claimed$/m);
    expect(out).toMatch(/^\? fourth {12}not run: interrupted$/m);
    expect(out).toContain("✗ one does not (second)\n  |a| ≤ 1\n");
    expect(out).toContain("\n\n    const x = 1 < 2;\n");
    expect(out).not.toContain("a comment");
    expect(out).toMatch(/\n1 held, 1 broken, 1 not run, 1 not applicable in 5\.0 s\n/);
    expect(out).not.toContain("\u001b[");
  });

  it("cuts lines to the width", () => {
    const { out } = shown(runOf([{ ...laws[1], reason: "long ".repeat(40) }]));
    for (const line of out.split("\n").slice(0, 6)) expect(line.length).toBeLessThanOrEqual(60);
  });

  it("shows three counterexamples in full, those first that name the mistake", () => {
    const broken = ["a", "b", "c", "d", "e"].map((id) => ({ ...laws[1], id, name: `law ${id}` }));
    broken[3] = { ...broken[3], reason: "expected 1; got no scale" };
    broken[1] = { ...broken[1], reason: "expected 1; got something else, which nothing explains" };
    const { out } = shown(runOf(broken));
    expect(out.match(/^✗ law . \(.\)$/gm)).toEqual(["✗ law d (d)", "✗ law a (a)", "✗ law b (b)"]);
    expect(out).toContain("\n✗ also broken: c, e (--only c,e shows them)\n");
    expect(shown(runOf(broken.slice(0, 3))).out).not.toContain("also broken");
  });

  it("colours and progress on a terminal only; NO_COLOR and FORCE_COLOR decide", () => {
    const terminal = shown(runOf(laws), { out: true, err: true }, 80);
    expect(terminal.out).toContain("\u001b[32m✓\u001b[39m first");
    expect(terminal.err).toContain("\r\u001b[K░░░░░░░░░░░░░░░░░░░░ 1/4 first, case 1");
    const [red, plainRed] = ["\u001b[31mx\u001b[39m", "x"];
    const painted = (on: boolean, env: Record<string, string>): string =>
      coloursFor(on, env).red("x");
    expect(painted(true, {})).toBe(red);
    expect(painted(true, { NO_COLOR: "1" })).toBe(plainRed);
    expect(painted(true, { NO_COLOR: "" })).toBe(red);
    expect(painted(true, { TERM: "dumb" })).toBe(plainRed);
    expect(painted(false, {})).toBe(plainRed);
    expect(painted(false, { FORCE_COLOR: "1" })).toBe(red);
    expect(painted(true, { FORCE_COLOR: "0" })).toBe(plainRed);
    expect(coloursFor(true, {}).dim("x")).toBe("\u001b[2mx\u001b[22m");
  });

  it("bits of golden problems", () => {
    const { out } = shown(runOf([laws[0]], { golden, interrupted: true }));
    expect(out).toMatch(/^✓ bits, portable {4}9 golden problems equal the published hashes abc$/m);
    expect(out).toMatch(/^✗ bits, wasm {8}2 of 9 golden problems differ .*\n {4}one\n {4}two$/m);
    expect(out).toContain(", interrupted");
  });
});
