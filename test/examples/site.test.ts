import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { assemble } from "../../scripts/docs/assemble.js";
import { brokenLinks } from "../../scripts/docs/brokenLinks.js";

const folder = mkdtempSync(join(tmpdir(), "qkv-site-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, files: Record<string, string>): string {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(folder, name);
}

it("planted: missing pages, missing anchors and links out of the base are seen, right ones are not", () => {
  const site = write("planted", {
    "index.html": `<a href="/base/a/b.html#here">right</a><a class="x" href="a/b.html">right</a>
      <a href="https://example.org">elsewhere</a><a href="#top" id="top">right</a><a href="/base/">right</a>
      <a href="a/b.html#text=a+state">right</a>`,
    "a/b.html": `<h2 id="here">x</h2><a href="../c.html">1</a><a href="#there">2</a><img src="/d.png">`,
  });
  expect(brokenLinks(site, "/base/")).toEqual([
    { page: "a/b.html", link: "../c.html", why: "leads to no file" },
    { page: "a/b.html", link: "#there", why: "leads to no anchor of that page" },
    { page: "a/b.html", link: "/d.png", why: "is outside /base/" },
  ]);
});

describe("the pages of the site", () => {
  it("are what README and docs reach: pages, lists of folders, code, pictures", () => {
    const repository = write("repository", {
      "README.md": "[code](src/a.ts#L1) ![picture](docs/img/p.svg)",
      "CHANGELOG.md": "# Changes",
      "docs/README.md": "[folder](../src/deep/) [page](../examples/index.html)",
      "docs/guide.md":
        '# A guide\n\n<picture>\n<source media="x" srcset="./img/d.svg">\n<img alt="" src="./img/l.svg">\n</picture>',
      "docs/img/p.svg": "<svg/>",
      "docs/img/d.svg": "<svg>dark</svg>",
      "docs/img/l.svg": "<svg>light</svg>",
      "src/a.ts": "const fence = `${'```'}`;",
      "src/deep/b.ts": "2",
      "src/unseen.ts": "3",
      "examples/index.html": "<p>",
    });
    const pages = join(folder, "pages");
    assemble(repository, pages);
    expect(wrongFiles(pages)).toEqual([]);
    expect(existsSync(join(pages, "src/unseen.ts.md"))).toBe(false);
  });

  function wrongFiles(pages: string): string[] {
    const expected = {
      "src/a.ts.md": "````ts anchors\nconst fence = `${'```'}`;\n````",
      "src/deep/index.md": "- [b.ts](./b.ts)",
      "src/deep/b.ts.md": "```ts anchors\n2\n```",
      "examples/index-html.md": "```html anchors\n<p>\n```",
      "docs/guide.md": "# A guide",
      "docs/img/p.svg": "<svg/>",
      "docs/img/d.svg": "dark",
      "docs/img/l.svg": "light",
      "index.md": "layout: home",
    };
    return Object.entries(expected).flatMap(([file, text]) =>
      existsSync(join(pages, file)) && readFileSync(join(pages, file), "utf8").includes(text)
        ? []
        : [file],
    );
  }
});
