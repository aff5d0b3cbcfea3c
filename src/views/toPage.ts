import { describe, rangeError } from "../tensor/index.js";
import { escaped } from "./escaped.js";
import { pageStyle } from "./pageStyle.js";
import { dark, light, type Theme } from "./theme.js";
import { fontFamily, toSvg } from "./toSvg.js";
import type { Picture, Table } from "./types.js";

/** What a page says beside its pictures. */
export interface PageOptions {
  /** Default: the title of the first picture. */
  readonly title?: string | undefined;
  /** Where the numbers are from: the model, the data, the program. */
  readonly source?: string | undefined;
  /** Where the pictures were made, for readers who want to go on: an address with http, https or file. */
  readonly link?: string | undefined;
}

/** More rows than these are folded: a reader opens them. */
const mostRows = 40;

/** Colours that the style of the page knows, by their names. */
const named = {
  ...Object.fromEntries(Object.keys(light).map((name) => [name, `var(--qkv-${name})`])),
  word: (index) => `var(--qkv-word-${index})`,
} as Theme;

/**
 * Pictures as one HTML file that needs nothing else: to send, to print, to keep. Each with its title, settings,
 * caption and numbers; light or dark as its reader's system is, and light on paper. It holds no script, and its
 * Content-Security-Policy allows none.
 *
 * @throws RangeError where there is no picture, or a link of another kind.
 */
export function toPage(pictures: Picture | readonly Picture[], options: PageOptions = {}): string {
  const all = "marks" in pictures ? [pictures] : pictures;
  if (all.length === 0) throw rangeError("toPage", "pictures", "at least one picture", "none");
  const { title = all[0].title, source, link } = options;
  if (link !== undefined && !/^(https?|file):/i.test(link))
    throw rangeError("toPage", "link", "an address with http, https or file", describe(link));
  const articles = all.map((picture) => article(picture, picture.title !== title)).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${coloursOf(articles)}
body { font: 16px/1.5 ${fontFamily} }${pageStyle}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
${articles}
</main>
${footer(source, link)}</body>
</html>
`;
}

function article(picture: Picture, titled: boolean): string {
  const { title, subtitle, badges, caption } = picture;
  return [
    "<article>",
    titled ? `<h2 dir="auto">${escaped(title)}</h2>` : "",
    subtitle && `<p class="of" dir="auto">${escaped(subtitle)}</p>`,
    badges.length > 0
      ? `<ul class="badges" aria-label="Settings">${badges.map((it) => `<li>${escaped(it)}</li>`).join("")}</ul>`
      : "",
    "<figure>",
    toSvg(picture, { theme: named, titled: false }),
    caption && `<figcaption>${escaped(caption)}</figcaption>`,
    "</figure>",
    tableOf(title, picture.table()),
    "</article>",
  ]
    .filter(Boolean)
    .join("\n");
}

function tableOf(title: string, { columns, rows }: Table): string {
  const head = columns.map((it) => `<th scope="col" dir="auto">${escaped(it)}</th>`).join("");
  const body = rows.map(([first, ...cells]) => {
    const rest = cells.map((it) => `<td dir="auto">${escaped(it)}</td>`).join("");
    return `<tr><th scope="row" dir="auto">${escaped(first)}</th>${rest}</tr>`;
  });
  return `<details${rows.length > mostRows ? "" : " open"}>
<summary>The numbers</summary>
<div class="numbers" role="region" aria-label="${escaped(`The numbers: ${title}`)}" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>
</details>`;
}

function footer(source: string | undefined, link: string | undefined): string {
  if (source === undefined && link === undefined) return "";
  const lines = [
    source === undefined ? "" : `<p>${escaped(source)}</p>\n`,
    link === undefined
      ? ""
      : `<p><a href="${escaped(link)}" rel="noreferrer">See it where it was made</a></p>\n`,
  ];
  return `<footer>\n${lines.join("")}</footer>\n`;
}

/** The colours that a page uses, in both themes. */
function coloursOf(html: string): string {
  const used = [...html.matchAll(/var\(--qkv-([\w-]+)\)/g)].map(([, name]) => name);
  const names = [...new Set(["ink", "soft", "line", "ground", "query", ...used])];
  const colour = (name: string, theme: Theme): string =>
    name.startsWith("word-")
      ? theme.word(Number(name.slice(5)))
      : (theme[name as keyof Theme] as string);
  const rule = (theme: Theme): string =>
    `:root { ${names.map((name) => `--qkv-${name}: ${colour(name, theme)}`).join("; ")} }`;
  return `\n${rule(light)}\n@media screen and (prefers-color-scheme: dark) {\n${rule(dark)}\n}`;
}
