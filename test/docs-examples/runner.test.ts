import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { docCommentExamples, markdownExamples, type Example } from "./extract.js";
import { differences, runExample } from "./run.js";
import { typeErrors } from "./types.js";

const root = resolve(import.meta.dirname, "../..");

function example(code: string, language: "ts" | "js" = "ts"): Example {
  return { file: "docs/page.md", line: 10, language, code };
}

const modules: Record<string, Record<string, unknown>> = {
  double: { double: (x: number) => 2 * x, default: 7 },
};

async function check(code: string): Promise<string[]> {
  const one = example(code);
  return differences(one, await runExample(one, async (specifier) => modules[specifier]!));
}

describe("examples are found", () => {
  it("in Markdown: ts and js fences, indented ones too, not those marked no-run", () => {
    const text = [
      "# Title",
      "```ts",
      "a;",
      "b;",
      "```",
      "```sh",
      "c;",
      "```",
      "- item",
      "  ```js",
      "  d;",
      "  ```",
      "```ts no-run",
      "e;",
      "```",
      "````md",
      "```ts",
      "f;",
      "```",
      "````",
    ].join("\n");
    expect(markdownExamples("a.md", text)).toEqual([
      { file: "a.md", line: 3, language: "ts", code: "a;\nb;" },
      { file: "a.md", line: 11, language: "js", code: "d;" },
    ]);
  });

  it("in doc comments: fenced or bare, up to the next tag", () => {
    const text = [
      "const before = 1;",
      "/**",
      " * Says something.",
      " *",
      " * @example",
      " * ```ts",
      " * a;",
      " *",
      " * // @b is no tag here",
      " * ```",
      " * @throws never",
      " */",
      "/** @example",
      " * c;",
      " * @returns d",
      " */",
    ].join("\n");
    expect(docCommentExamples("a.ts", text)).toEqual([
      { file: "a.ts", line: 7, language: "ts", code: "a;\n\n// @b is no tag here" },
      { file: "a.ts", line: 14, language: "ts", code: "c;" },
    ]);
  });

  it("an open fence is an error", () => {
    expect(() => markdownExamples("a.md", "```ts\na;")).toThrow("not closed");
  });
});

describe("examples are run and compared", () => {
  const passing: Record<string, string> = {
    "one line": "console.log(1 + 1);\n// → 2",
    "several lines": 'console.log("a\\nb");\n// → a\n// → b',
    "several arguments": 'console.log("a", [1, 2], -0);\n// → a [ 1, 2 ] -0',
    "in the same line": "console.log(1); // → 1",
    "a statement of several lines": "console.log(\n  1,\n);\n// → 1",
    "a loop": "for (const i of [1, 2]) console.log(i);\n// → 1\n// → 2",
    "inside a loop": "for (const i of [3, 3]) {\n  console.log(i);\n  // → 3\n  // → 3\n}",
    "a whole block": "{\n  console.log(1);\n  console.log(2);\n}\n// → 1\n// → 2",
    "no comment, no comparison": "console.log(5);\nconsole.log(6);\n// → 6",
    imports: 'import seven, { double } from "double";\nconsole.log(double(seven));\n// → 14',
    "top-level await": "console.log(await Promise.resolve(3));\n// → 3",
    "an empty line": 'console.log("a\\n\\nb");\n// → a\n// →\n// → b',
    types: "const a: number = 1 as number;\ninterface B { c: number }\nconsole.log(a);\n// → 1",
    "an arrow in a string": 'const a = "// → 9";\nconsole.log(a);\n// → // → 9',
    "a caught error":
      "try {\n  throw new Error('x');\n} catch (e) {\n  console.log((e as Error).message);\n}\n// → x",
  };
  for (const [name, code] of Object.entries(passing)) {
    it(`passes: ${name}`, async () => expect(await check(code)).toEqual([]));
  }

  it("planted: a wrong result, with its place", async () => {
    expect(await check("const a = 1;\nconsole.log(a);\n// → 2")).toEqual([
      "docs/page.md:12: the comment says\n2\nbut the code prints\n1",
    ]);
  });

  const failing: Record<string, string> = {
    "a line too few": 'console.log("a\\nb");\n// → a',
    "a line too many": "console.log(1);\n// → 1\n// → 2",
    "nothing printed": "const a = 1 + 1;\n// → 2",
    "one digit": "console.log(0.1 + 0.2);\n// → 0.3",
    "never executed": "if (Math.sqrt(4) === 3) {\n  console.log(1);\n  // → 1\n}",
    "the second of two": "console.log(1);\n// → 1\nconsole.log(2);\n// → 3",
  };
  for (const [name, code] of Object.entries(failing)) {
    it(`planted: ${name}`, async () => expect(await check(code)).toHaveLength(1));
  }

  const throwing: Record<string, string> = {
    "an exception": "throw new Error('x');",
    "a missing import": "console.log(double(1));\n// → 2",
    "a syntax error": "const = 1;",
    "a comment after no statement": "\n// → 2\nconst a = 1;",
  };
  for (const [name, code] of Object.entries(throwing)) {
    it(`planted: ${name}`, async () => await expect(check(code)).rejects.toThrow());
  }

  it("planted: a type error, with its place", () => {
    const right = example("const a: number = 1;\nexport const b: string = `${a}`;");
    const wrong = example("const a = 1;\nconst b: string = a;");
    const javascript = example("const a = 1;\na.b.c;", "js");
    expect(typeErrors([right, wrong, javascript], root)).toEqual([
      "docs/page.md:11: Type 'number' is not assignable to type 'string'.",
    ]);
  });
});
