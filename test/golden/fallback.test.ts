import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleChild, expectedOf } from "./bundle.js";
import { differences } from "../../src/golden/golden.js";

// Where WebAssembly is missing or forbidden everything works, with the same bits.

interface Way {
  readonly name: string;
  readonly flags?: string[] | undefined;
  /** Runs before the library is loaded. */
  readonly before?: string | undefined;
  readonly type: "undefined" | "object";
  /** Every how many problems: without a compiler each takes thirty times as long. */
  readonly step: number;
}

const ways: Way[] = [
  { name: "deleted", before: "delete globalThis.WebAssembly", type: "undefined", step: 3 },
  {
    name: "forbidden, as by a Content-Security-Policy",
    before: "WebAssembly.Module = function () { throw new WebAssembly.CompileError('no') }",
    type: "object",
    step: 7,
  },
  {
    name: "forbidden when it is instantiated, as by WebKit under that policy",
    before: "WebAssembly.Instance = function () { throw new WebAssembly.CompileError('no') }",
    type: "object",
    step: 7,
  },
  { name: "missing under --jitless", flags: ["--jitless"], type: "undefined", step: 17 },
];

describe("without WebAssembly", () => {
  let bundle: Awaited<ReturnType<typeof bundleChild>>;
  beforeAll(async () => (bundle = await bundleChild()));
  afterAll(() => bundle.remove());

  it.each(ways)("WebAssembly $name: the golden bits, and a clear error", (way) => {
    const { flags = [], before = "", type, step } = way;
    const code =
      `${before}; const { hashes, wasmErrors } = await import(${JSON.stringify(bundle.url)});` +
      `console.log(JSON.stringify([typeof WebAssembly, hashes("auto", ${step}), wasmErrors()]))`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...flags, "--input-type=module", "--eval", code],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    const [kind, hashes, errors] = JSON.parse(stdout) as [string, ...Record<string, string>[]];
    expect(kind).toBe(type);
    expect(differences(hashes, expectedOf(step))).toEqual([]);
    for (const [fn, message] of Object.entries(errors)) {
      expect(message).toMatch(
        new RegExp(`^RangeError: .*${fn}.*engine.*WebAssembly with SIMD`, "s"),
      );
    }
  });
});
