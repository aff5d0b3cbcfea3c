import { describe, expect, it } from "vitest";
import { compare } from "../../scripts/bits/compare.js";
import type { Report } from "../../scripts/bits/report.js";
import type { Runtime } from "../../scripts/bits/runtime.js";

// What `npm run bits` makes of runtimes that are made up.

const expected = { first: "a", second: "b", third: "c" };
const refusal = "RangeError: matmul(): options.engine: expected WebAssembly with SIMD; got a place";
const fine = { portable: expected, wasm: expected, auto: expected };

const runtime = (name: string, report: Partial<Report> = {}, more: Partial<Runtime> = {}) => ({
  name,
  install: `get ${name}`,
  wasm: "equal" as const,
  run: () => Promise.resolve({ version: "1.2.3", report: { ...fine, ...report } }),
  ...more,
});

/** The verdict, and the printed lines, each as its cells without the seconds. */
async function printed(...runtimes: Runtime[]): Promise<[boolean, string[][]]> {
  const texts: string[] = [];
  const good = await compare(runtimes, expected, (...all: unknown[]) => texts.push(all.join(" ")));
  const lines = texts.join("\n").split("\n");
  return [good, lines.map((line) => line.replace(/ +[\d.]+$/, "").split(/ {2,}/))];
}

const head = ["runtime", "version", "portable", "wasm", "auto", "seconds"];
const good = ["good", "1.2.3", "equal", "equal", "equal"];

describe("npm run bits", () => {
  it("is content where every engine is equal, or refused where it has to be", async () => {
    const strict = runtime("strict", { wasm: refusal }, { wasm: "refused" });
    expect(await printed(runtime("good"), strict)).toEqual([
      true,
      [head, good, ["strict", "1.2.3", "equal", "refused", "equal"]],
    ]);
  });

  const differing: [string, Record<string, string>, string][] = [
    ["differs", { ...expected, second: "x" }, "second"],
    ["differs twice", { ...expected, second: "x", third: "x" }, "second and 1 more"],
    ["is missing", { first: "a", third: "c" }, "second"],
    ["is one too many", { ...expected, fourth: "d" }, "fourth"],
  ];
  it.each(differing)("fails where a hash %s, and names it", async (_, hashes, named) => {
    expect(await printed(runtime("good"), runtime("bad", { auto: hashes }))).toEqual([
      false,
      [head, good, ["bad", "1.2.3", "equal", "equal", "different"], [`bad, auto: ${named}`]],
    ]);
  });

  const memory = "RangeError: matmul(): options.engine: expected 65536 bytes of WebAssembly memory";
  const failing: [string, Runtime, string, string][] = [
    ["is missing", runtime("bad", { wasm: refusal }), "failed", refusal],
    ["runs", runtime("bad", {}, { wasm: "refused" }), "ran", "ran where WebAssembly is forbidden"],
    ["has no memory", runtime("bad", { wasm: memory }, { wasm: "refused" }), "failed", memory],
  ];
  it.each(failing)("fails where WebAssembly %s and should not", async (_, bad, cell, reason) => {
    expect(await printed(runtime("good"), bad)).toEqual([
      false,
      [head, good, ["bad", "1.2.3", "equal", cell, "equal"], [`bad, wasm: ${reason}`]],
    ]);
  });

  it("accepts the refusal from WebAssembly alone", async () => {
    const bad = runtime("bad", { wasm: refusal, portable: refusal }, { wasm: "refused" });
    const [verdict, lines] = await printed(bad);
    expect([verdict, lines.at(-1)]).toEqual([false, [`bad, portable: ${refusal}`]]);
  });

  it("names a runtime that crashes, and goes on with the next", async () => {
    const crash = () => Promise.reject(new Error("/bin/bad ended with SIGSEGV"));
    expect(await printed(runtime("bad", {}, { run: crash }), runtime("good"))).toEqual([
      false,
      [head, ["bad", "failed", "failed", "failed"], good, ["bad: /bin/bad ended with SIGSEGV"]],
    ]);
  });

  it("says once how to get what it leaves out, and is content with the rest", async () => {
    const away = { run: undefined, install: "npm install both" };
    const [one, two] = [runtime("one", {}, away), runtime("two", {}, away)];
    expect(await printed(one, runtime("good"), two)).toEqual([
      true,
      [head, good, ["left out: one, two: npm install both"]],
    ]);
  });

  it("fails where nothing ran", async () => {
    expect((await printed(runtime("away", {}, { run: undefined })))[0]).toBe(false);
    expect((await printed())[0]).toBe(false);
  });
});
