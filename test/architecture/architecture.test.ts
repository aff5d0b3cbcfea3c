import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allViolations, circles, importSpecifiers, sourceFiles, violations } from "./imports.js";

const src = fileURLToPath(new URL("../../src", import.meta.url));

describe("the layers of src", () => {
  it("reads a source tree that is there", () => {
    expect(sourceFiles(src).length).toBeGreaterThan(0);
  });

  it("imports point strictly down, ndarray and node: stay in their folders", () => {
    expect(allViolations(src)).toEqual([]);
  });

  it("no two files import each other, not even types", () => {
    const files = sourceFiles(src).filter((path) => !path.endsWith(".as.ts"));
    const texts = files.map((path) => [path, readFileSync(join(src, path), "utf8")] as const);
    expect(circles(new Map(texts))).toEqual([]);
  });
});

it("planted circles are seen", () => {
  const files = new Map([
    ["a/x.ts", `import type { Y } from "./y.js";`],
    ["a/y.ts", `export { z } from "../b/z.js";`],
    ["b/z.ts", `import { x } from "../a/x.js";`],
    ["b/w.ts", `import { z } from "./z.js";`],
  ]);
  expect(circles(files)).toEqual([["a/x.ts", "a/y.ts", "b/z.ts"]]);
});

describe("every kind of import is seen", () => {
  const cases: Record<string, string> = {
    import: `import { a } from "x";`,
    "type import": `import type { A } from "x";`,
    "inline type import": `import { type A } from "x";`,
    "import for effect": `import "x";`,
    "default import": `import a from "x";`,
    "namespace import": `import * as a from "x";`,
    "re-export": `export { a } from "x";`,
    "re-export of all": `export * from "x";`,
    "type re-export": `export type { A } from "x";`,
    "dynamic import": `const a = await import("x");`,
    "dynamic import in a function": `function f() { return () => import("x"); }`,
    "import type": `type A = import("x").A;`,
    "typeof import type": `let a: typeof import("x");`,
    "import equals": `import a = require("x");`,
    require: `const a = require("x");`,
    "type reference": `/// <reference types="x" />`,
  };
  for (const [name, text] of Object.entries(cases)) {
    it(name, () => {
      expect(importSpecifiers(text).map(({ specifier }) => specifier)).toEqual(["x"]);
    });
  }

  it("is not misled by comments and strings", () => {
    expect(importSpecifiers(`// import "x"\n/** import("x") */ const a = 'import "x"';`)).toEqual(
      [],
    );
  });
});

describe("planted violations are caught", () => {
  const planted: [string, string, string][] = [
    ["tensor/a.ts", `import { b } from "../matmul/b.js";`, "may not import from matmul above it"],
    ["softmax/a.ts", `import type { M } from "../masks/m.js";`, "may not import from masks"],
    ["attention/a.ts", `type M = import("../heads/m.js").M;`, "may not import from heads"],
    ["masks/a.ts", `const m = () => import("../attention/m.js");`, "may not import from attention"],
    ["masks/a.ts", `export * from "../core.js";`, "may not import from core.ts"],
    ["core.ts", `export * from "./ndarray/a.js";`, "may not import from ndarray above it"],
    ["core.ts", `export type { NdArray } from "ndarray";`, "only src/ndarray imports ndarray"],
    ["tensor/types.ts", `type A = import("ndarray").NdArray;`, "only src/ndarray imports ndarray"],
    ["testing/a.ts", `import fc from "fast-check";`, "only src/testing/fast-check/ imports"],
    ["explain/a.ts", `import { draw } from "../views/draw.js";`, "may not import from views"],
    ["matmul/a.ts", `import { readFileSync } from "node:fs";`, "may import from Node"],
    ["ndarray/a.ts", `import { join } from "node:path";`, "may import from Node"],
    ["cli/a.ts", `import { join } from "path";`, "src imports nothing else by name"],
    ["ndarray/a.ts", `import ops from "ndarray-ops";`, "src imports nothing else by name"],
    ["matmul/a.ts", `const name = "../x"; await import(name);`, "src imports nothing else by name"],
    ["matmul/a.ts", `import { a } from "qkv";`, "src imports nothing else by name"],
    ["matmul/a.ts", `import { a } from "../../test/a.js";`, "leaves src"],
    ["matmul/a.ts", `import { a } from "./b";`, "ends with .js"],
    ["stray/a.ts", `export const a = 1;`, "is not a layer"],
  ];
  for (const [path, text, reason] of planted) {
    it(`${path}: ${text}`, () => {
      expect(violations(path, text).join("\n")).toContain(reason);
    });
  }

  it("a file that does not exist", () => {
    const text = `import { a } from "../tensor/gone.js";`;
    expect(violations("matmul/a.ts", text, () => false).join("\n")).toContain("no such file");
  });

  it("downward imports, ndarray and node: in their folders pass", () => {
    expect(violations("heads/a.ts", `import { b } from "../attention/b.js";`)).toEqual([]);
    expect(violations("heads/a.ts", `import { b } from "./b.js";`)).toEqual([]);
    expect(violations("ndarray/a.ts", `import ndarray from "ndarray";`)).toEqual([]);
    expect(violations("testing/fast-check/a.ts", `import fc from "fast-check";`)).toEqual([]);
    expect(violations("ndarray/a.ts", `import * as core from "../core.js";`)).toEqual([]);
    expect(violations("cli/a.ts", `import { argv } from "node:process";`)).toEqual([]);
    expect(violations("index.ts", `export * from "./ndarray/index.js";`)).toEqual([]);
  });
});
