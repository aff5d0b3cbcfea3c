import { describe, expect, it } from "vitest";
import { tableOf, type Row } from "../../scripts/bits/table.js";

// The verdict of `npm run bits` on reports that are made up.

const expected = { first: "a", second: "b", third: "c" };
const refusal = "RangeError: matmul(): options.engine: expected WebAssembly with SIMD";
const fine = { portable: expected, wasm: expected, auto: expected };
const row = (more: Partial<Row>): Row => ({
  runtime: "Node",
  report: fine,
  wasm: "equal",
  ...more,
});

describe("the table of npm run bits", () => {
  it("is good where every engine is equal, or refused where it has to be", () => {
    const strict = row({ report: { ...fine, wasm: refusal }, wasm: "refused", runtime: "strict" });
    const { text, good } = tableOf([row({}), strict], expected);
    expect(good).toBe(true);
    expect(text.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["runtime", "portable", "wasm", "auto"],
      ["Node", "equal", "equal", "equal"],
      ["strict", "equal", "refused", "equal"],
    ]);
  });

  it("names the first difference, also where a problem is missing or too many", () => {
    const of = (hashes: Record<string, string>) => ({ ...fine, auto: hashes });
    const wrong = tableOf(
      [row({ report: of({ ...expected, second: "x", third: "x" }) })],
      expected,
    );
    expect(wrong.good).toBe(false);
    expect(wrong.text).toContain("different: second and 1 more");
    const missing = tableOf([row({ report: of({ first: "a", third: "c" }) })], expected);
    expect(missing.text).toContain("different: second");
    const more = tableOf([row({ report: of({ ...expected, fourth: "d" }) })], expected);
    expect([more.good, more.text.includes("different: fourth")]).toEqual([false, true]);
  });

  it("is bad where an engine is missing, runs where it is forbidden, or fails otherwise", () => {
    const bad: Partial<Row>[] = [
      { report: { ...fine, wasm: refusal } },
      { report: fine, wasm: "refused" },
      { report: { ...fine, wasm: "TypeError: wasm is not a function" }, wasm: "refused" },
      { report: { ...fine, portable: refusal }, wasm: "refused" },
      { report: undefined, failure: "no answer" },
    ];
    for (const more of bad) expect(tableOf([row({}), row(more)], expected).good).toBe(false);
    expect(tableOf([], expected).good).toBe(false);
  });
});
