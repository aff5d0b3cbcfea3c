import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as core from "../../src/core.js";
import * as main from "../../src/index.js";
import { evaluate } from "./evaluate.js";
import { errorsPage } from "./page.js";
import { table } from "./table.js";

/** What a call threw, or what it returned as text. */
function outcome(wrote: string, entry: object): { type: string; message: string } {
  try {
    const result = evaluate(wrote, entry as Record<string, unknown>);
    return { type: "no error", message: String(result) };
  } catch (error) {
    return {
      type: (error as Error).constructor.name,
      message: (error as Error).message,
    };
  }
}

describe.each(table)("$title", ({ rows }) => {
  test.each(rows)("$wrote", ({ wrote, type, message }) => {
    const expected = { type: type.name, message };
    expect(outcome(wrote, core)).toEqual(expected);
    expect(outcome(wrote, main)).toEqual(expected);
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

// `releaseScratch` takes no arguments and cannot fail.
test("every public function has a row", () => {
  const calls = table.flatMap(({ rows }) => rows.map(({ wrote }) => wrote)).join("\n");
  const names = Object.keys(core).filter((name) => name !== "releaseScratch");
  for (const name of names) expect(calls).toMatch(new RegExp(`\\b${name}\\b`));
});

// Written anew by `npx vitest run test/errors --update`.
test("docs/errors.md shows exactly the table", async () => {
  const page = fileURLToPath(new URL("../../docs/errors.md", import.meta.url));
  await expect(errorsPage()).toMatchFileSnapshot(page);
});
