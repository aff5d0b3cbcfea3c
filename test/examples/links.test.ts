import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { anchors, localLinks, pages, readPage, root } from "./markdown.js";

describe("links inside the repository lead somewhere", () => {
  it.each(pages)("%s", (page) => {
    const text = readPage(page);
    for (const { text: label, path, anchor } of localLinks(text)) {
      const target = path === "" ? join(root, page) : join(root, dirname(page), path);
      expect(existsSync(target), `${page}: ${path}`).toBe(true);
      if (anchor === undefined || statSync(target).isDirectory()) continue;
      const line = /^L(\d+)$/.exec(anchor)?.[1];
      const found = readFileSync(target, "utf8");
      if (line === undefined) {
        expect(anchors(found), `${page}: ${path}#${anchor}`).toContain(anchor);
        continue;
      }
      // A link to a line has the line as its text.
      const lines = found.split("\n").map((code) => code.trim());
      const quoted = label.replace(/^`|`$/g, "");
      expect(`${path}#L${lines.indexOf(quoted) + 1}: ${quoted}`, page).toBe(
        `${path}#L${line}: ${quoted}`,
      );
    }
  });
});

it("docs/README.md, which is the contents of the site, and the list of decisions name every page", () => {
  const lists = ["docs/README.md", "docs/decisions/README.md"];
  const named = lists.flatMap((list) =>
    localLinks(readPage(list)).map(({ path }) => posix.join(posix.dirname(list), path)),
  );
  const wanted = pages.filter((page) => page !== "README.md" && page !== "docs/README.md");
  expect(named).toEqual(expect.arrayContaining(wanted));
});

it("planted: broken links, anchors and lines are seen", () => {
  const links = localLinks("[a](x.md#b) [`c`](d.ts#L3) [e](https://example.org)\n```\n[f](g)\n```");
  expect(links).toEqual([
    { text: "a", path: "x.md", anchor: "b" },
    { text: "`c`", path: "d.ts", anchor: "L3" },
  ]);
  expect(anchors("# A title, with `code`\n```\n# none\n```\n## Same bits")).toEqual([
    "a-title-with-code",
    "same-bits",
  ]);
});
