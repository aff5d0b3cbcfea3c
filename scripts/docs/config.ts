import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { defineConfig, type DefaultTheme, type MarkdownOptions } from "vitepress";
import { cache, readJson } from "../step.js";
import { sourcePageOf } from "./assemble.js";
import { figuresFile } from "./figuresFile.js";
import { anchorOf, localLinks } from "./markdown.js";

const pages = join(cache, "site");

/** Tables of many columns scroll to the side, all but the names of their rows. */
const wideTables = `
.vp-doc table:has(th:nth-child(8)) {
  td { white-space: nowrap; }
  tr { background-color: var(--vp-c-bg); }
  tr:nth-child(2n), thead tr { background-color: var(--vp-c-bg-soft); }
  :is(th, td):first-child { position: sticky; left: 0; background-color: inherit; }
}`;

/** Pictures in the colours of the site, which a reader may switch. */
const pictures = `
:root { --qkv-ground: var(--vp-c-bg); --qkv-ink: var(--vp-c-text-1); --qkv-soft: var(--vp-c-text-2); }
.figure { margin: 16px 0; overflow-x: auto; }
.figure svg { display: block; max-width: 100%; height: auto; }
.figure > svg { min-width: 520px; }
.figure qkv-attention { display: block; padding: 20px; border: 1px solid var(--vp-c-divider); }`;

const figures = readJson<Record<string, string>>(figuresFile);

export default defineConfig({
  title: "qkv",
  description: "Numerical attention for JavaScript",
  cleanUrls: false,
  head: [
    ["style", {}, wideTables + pictures],
    ["script", { type: "module", src: `${process.env["DOCS_BASE"] ?? "/"}qkv-attention.js` }],
  ],
  markdown: {
    anchor: { slugify: anchorOf },
    config: (md) => {
      md.core.ruler.push("repository links", linkPages);
      md.core.ruler.push("figures", showFigures);
    },
    // Links lead to lines of source files.
    codeTransformers: [
      {
        line(node, line) {
          const { __raw } = this.options.meta as { __raw?: string };
          if (__raw?.includes("anchors")) node.properties["id"] = `L${line}`;
        },
      },
    ],
  },
  themeConfig: {
    nav: [
      { text: "Start", link: "/README" },
      { text: "Documentation", link: "/docs/README" },
      { text: "Explainer", link: "/explainer/index.html", target: "_self" },
      { text: "API", link: "/api/" },
      { text: "Changes", link: "/CHANGELOG" },
    ],
    sidebar: {
      "/api/": readJson<DefaultTheme.SidebarItem[]>(join(pages, "api/typedoc-sidebar.json")),
      "/": [{ text: "Start", link: "/README" }, ...guides()],
    },
    search: { provider: "local" },
    outline: [2, 3],
  },
});

/** The sidebar is the list of docs/README.md: a group for each paragraph in bold. */
function guides(): DefaultTheme.SidebarItem[] {
  const text = readFileSync(join(pages, "docs/README.md"), "utf8");
  return [...text.matchAll(/^\*\*(.+?)\*\*[^]*?(?=^\*\*|(?![^]))/gm)].map(([section, title]) => ({
    text: title,
    items: localLinks(section).map(({ text: label, path }) => ({
      text: label.replaceAll("`", ""),
      link: pageOf(posix.join("docs", path)),
    })),
  }));
}

/** Links to files of the repository, as their pages are called here. */
function linkPages({ tokens, env }: Parameters<MarkdownRule>[0]): void {
  const folder = posix.dirname((env as { relativePath: string }).relativePath);
  for (const { children } of tokens) {
    for (const token of children ?? []) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href === null || /^([a-z]+:|#|\/)/.test(href)) continue;
      const [path, anchor] = href.split("#");
      const page = pageOf(posix.join(folder, decodeURI(path!)));
      token.attrSet("href", anchor === undefined ? page : `${page}#${anchor}`);
    }
  }
}

/** Pictures of the lesson become drawings in the colours of the site. */
function showFigures({ tokens }: Parameters<MarkdownRule>[0]): void {
  for (const token of tokens) {
    const name = /^<picture>[^]*\/lessons\/(\w+)\.light\.svg/.exec(token.content)?.[1];
    const html = name === undefined ? undefined : figures[name];
    if (token.type !== "html_block" || html === undefined) continue;
    // Vue would read a drawing as a template, and leave out the data in it.
    const text = encodeURIComponent(html).replaceAll("'", "%27");
    token.content = `<div class="figure" v-html='decodeURIComponent("${text}")'></div>\n`;
  }
}

type MarkdownRule = Parameters<
  Parameters<NonNullable<MarkdownOptions["config"]>>[0]["core"]["ruler"]["push"]
>[1];

/** The page of a file or folder of the repository. */
function pageOf(path: string): string {
  const at = join(pages, path);
  if (existsSync(join(pages, sourcePageOf(path)))) return `/${sourcePageOf(path)}`;
  return existsSync(at) && statSync(at).isDirectory()
    ? `/${path.replace(/\/?$/, "/")}`
    : `/${path}`;
}
