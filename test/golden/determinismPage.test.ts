import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pageRuntimes } from "../../scripts/bits/pages.js";
import { programRuntimes } from "../../scripts/bits/programs.js";
import { root } from "../../scripts/step.js";

const runtimes = [...programRuntimes(), ...pageRuntimes()];

it("docs/determinism.md shows every runtime of npm run bits, each as it should be", () => {
  const page = readFileSync(join(root, "docs/determinism.md"), "utf8");
  const table = /^runtime +version.*\n([^]*?)\n```$/m.exec(page)![1];
  const rows = table.split("\n").map((line) => line.split(/ {2,}/));
  expect(rows.map(([name, , ...words]) => [name, ...words])).toEqual(
    runtimes.map(({ name, wasm }) => [name, "equal", wasm, "equal"]),
  );
});

it("every runtime but this Node says how to get it", () => {
  for (const { name, install } of runtimes) {
    expect(install, name).toMatch(/^(apt-get install |npm run bits -- --install)|^$/);
    expect(install === "", name).toBe(/^Node(?! \d)/.test(name));
  }
});
