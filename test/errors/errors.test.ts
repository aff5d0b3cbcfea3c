import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as core from "../../src/core.js";
import * as main from "../../src/index.js";
import { otherEntries, outcome } from "./outcome.js";
import { errorsPage } from "./page.js";
import { table } from "./table.js";

describe.each(table)("$title", ({ rows }) => {
  test.each(rows)("$wrote", async ({ wrote, type, message }) => {
    const expected = { type: type.name, message };
    expect(await outcome(wrote, core)).toEqual(expected);
    expect(await outcome(wrote, main)).toEqual(expected);
  });
});

test("every message has the one format", () => {
  for (const { rows } of table) {
    for (const { wrote, message } of rows) {
      expect(message, wrote).toMatch(/^[\w.]+\(\): [^ ].*: expected .+; got .+\.$/);
    }
  }
});

test("no call stands in the table twice", () => {
  const calls = table.flatMap(({ rows }) => rows.map(({ wrote }) => wrote));
  expect(calls.length).toBe(new Set(calls).size);
});

// `releaseScratch` takes no arguments and cannot fail; `laws` is a list.
test("every public function has a row", () => {
  const calls = table.flatMap(({ rows }) => rows.map(({ wrote }) => wrote)).join("\n");
  const names = Object.keys({ ...core, ...otherEntries }).filter(
    (name) => name !== "releaseScratch" && name !== "laws",
  );
  for (const name of names) expect(calls).toMatch(new RegExp(`\\b${name}\\b`));
});

// Written anew by `npx vitest run test/errors --update`.
test("docs/errors.md shows exactly the table", async () => {
  const page = fileURLToPath(new URL("../../docs/errors.md", import.meta.url));
  await expect(errorsPage()).toMatchFileSnapshot(page);
});
