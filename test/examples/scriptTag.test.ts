import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeBuiltCopy, root } from "./builtCopy.js";

const html = readFileSync(join(root, "examples/script-tag/index.html"), "utf8");
const [, nonce, script] = /<script type="module" nonce="(\w+)">([^]*?)<\/script>/.exec(html)!;

let copy: Awaited<ReturnType<typeof makeBuiltCopy>>;
beforeAll(async () => {
  copy = await makeBuiltCopy();
});
afterAll(() => copy.remove());

/** Enough of a document for the page: a table whose cells are collected. */
const fakeDocument = `{
  const rows = [];
  const table = { insertRow() {
    const cells = [];
    rows.push(cells);
    return { insertCell() { const cell = {}; cells.push(cell); return cell; } };
  } };
  globalThis.document = { querySelector: (name) => (name === "table" ? table : null) };
  process.on("exit", () => console.log(JSON.stringify(rows.map((row) => row.map((cell) => cell.textContent)))));
}`;

describe("examples/script-tag", () => {
  it("runs its script against the built file, with code generation turned off", async () => {
    const dist = pathToFileURL(join(copy.folder, "dist/core.js")).href;
    // Imports are hoisted, so that the document may stand before them.
    const page = script.replace('"../../dist/core.js"', JSON.stringify(dist));
    expect(page).not.toBe(script);
    const flags = ["--disallow-code-generation-from-strings", "--input-type=module"];
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...flags,
      "--eval",
      fakeDocument + page,
    ]);
    expect(JSON.parse(stdout)).toEqual([
      ["the", "1.00", "0.00", "0.00"],
      ["river", "0.11", "0.89", "0.00"],
      ["bank", "0.05", "0.05", "0.89"],
    ]);
  });

  it("has a policy that forbids eval and allows the script and the style by their nonce", () => {
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)![1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe/);
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(html).toContain(`<style nonce="${nonce}">`);
  });
});
