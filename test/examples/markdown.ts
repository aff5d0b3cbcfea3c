import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { anchorOf, withoutCode } from "../../scripts/docs/markdown.js";

export { localLinks, withoutCode } from "../../scripts/docs/markdown.js";

export const root = resolve(import.meta.dirname, "../..");

/** The pages whose text and links are checked, relative to the repository. */
export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...["docs", "docs/decisions"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];

export function readPage(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** The fenced blocks of a language. */
export function fences(text: string, language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^\\1\`\`\`$`, "gm");
  return [...text.matchAll(fence)].map(([, , code]) => code);
}

/** The anchors of the headings, as GitHub makes them. */
export function anchors(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, title]) => anchorOf(title));
}

/** The rows of the first table between two marks, without its head; cells are trimmed and unescaped. */
export function tableBetween(text: string, name: string): string[][] {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`].map((mark) => {
    const at = text.indexOf(mark);
    if (at < 0 || text.indexOf(mark, at + 1) >= 0) throw new Error(`expected one ${mark}`);
    return at;
  });
  const lines = text.slice(start, end).split("\n");
  return lines
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => {
      const cells = line.slice(1, -1).split(/(?<!\\)\|/);
      return cells.map((cell) => cell.trim().replace(/\\([|_*<>[\]])/g, "$1"));
    });
}
