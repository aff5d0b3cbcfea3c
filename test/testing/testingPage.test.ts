import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { checkAttention } from "../../src/testing/index.js";
import { readSupports } from "../../src/testing/readSupports.js";

const page = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/testing.md"), "utf8");

/** The first column of the table in a section. */
function namesIn(title: string): string[] {
  const [section] = page.split(`## ${title}\n`)[1].split(/^## /m);
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
}

it("docs/testing.md lists every field of `supports`", () => {
  const fields = Object.keys(readSupports("page")).map((name) =>
    name === "dtypes" ? "dtype" : name,
  );
  expect(namesIn("What it supports").sort()).toEqual(fields.sort());
});

it("docs/testing.md lists every option of `checkAttention`", async () => {
  // What it says to an option that it does not have.
  const error = await checkAttention(() => 0, { options: 1 } as never).catch(String);
  const [, list] = /expected one of (.*); got/.exec(String(error)) ?? [];
  expect(namesIn("Options").sort()).toEqual(list.split(", ").sort());
});
