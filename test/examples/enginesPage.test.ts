import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { kernelModules } from "../../src/engine/kernels.js";
import { readPage, root } from "./markdown.js";

const page = readPage("docs/engines.md");

/** The number in front of these words of the page. */
function numberBefore(words: string): number {
  const pattern = words.replaceAll(" ", "\\s+");
  return Number(new RegExp(`(\\d+)\\s+${pattern}`).exec(page)![1]);
}

/** The number that a constant of a source file has. */
function constant(file: string, name: string): number {
  const source = readFileSync(join(root, "src", file), "utf8");
  return Number(new RegExp(`const ${name} = (\\d+);`).exec(source)![1]);
}

it("docs/engines.md gives the size of the modules", () => {
  const { float32, float64 } = kernelModules;
  expect(numberBefore("kB in hexadecimal digits together")).toBe(
    Math.round((float32.length + float64.length) / 1000),
  );
});

it("docs/engines.md gives the work from which auto takes WebAssembly", () => {
  const files = ["attention/call.ts", "matmul/product.ts", "softmax/readRows.ts"];
  const [attention, product, softmax] = files.map((file) => constant(file, "wasmThreshold"));
  expect([attention, product]).toEqual(Array(2).fill(numberBefore("multiply-adds on")));
  expect(softmax).toBe(numberBefore("scores of a softmax"));
});
