import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { localLinks } from "../../scripts/docs/markdown.js";
import { publishedFiles } from "../../scripts/pack.js";
import { root } from "../../scripts/step.js";

/** Without a build: dist has no pages. */
let files: string[];
beforeAll(async () => {
  files = await publishedFiles();
});

/** The links of a page that lead to no file, and no folder, of the package. */
function dead(page: string, text: string): string[] {
  return localLinks(text)
    .filter(({ path }) => path !== "")
    .map(({ path }) => posix.join(posix.dirname(page), path).replace(/\/$/, ""))
    .filter((target) => !files.some((file) => file === target || file.startsWith(`${target}/`)));
}

it("every link of a published page leads to a published file", () => {
  const pages = files.filter((file) => file.endsWith(".md"));
  expect(pages).toEqual(expect.arrayContaining(["README.md", "CHANGELOG.md", "docs/README.md"]));
  for (const page of pages) {
    // What is not published is named as code.
    expect(dead(page, readFileSync(join(root, page), "utf8")), page).toEqual([]);
  }
});

it("planted: a link to a file that stays in the repository is seen", () => {
  const text = "[a](../src/core.ts) [b](../src/masks/) [c](../test/laws) [d](errors.md#e) [f](#g)";
  expect(dead("docs/page.md", text)).toEqual(["test/laws"]);
});
