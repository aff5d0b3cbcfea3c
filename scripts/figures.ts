// The figures of docs/what-the-model-looks-at.md, from what its code computes: `npm run figures` writes them, and
// their places in the page. `--check` compares instead.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { toSvg } from "qkv/views";
import { fillBetween } from "../bench/page.js";
import { lessonFigures, type Figure } from "./figures/lessons.js";
import { lessonPage } from "./figures/runLesson.js";
import { root } from "./step.js";

const folder = "docs/img/lessons";

/** The files of the figures and the page with them: path → text. */
export async function figureFiles(): Promise<Map<string, string>> {
  const figures = await lessonFigures();
  const files = new Map<string, string>();
  let page = readFileSync(join(root, lessonPage), "utf8");
  for (const figure of figures) {
    for (const theme of ["light", "dark"] as const) {
      files.set(`${folder}/${figure.name}.${theme}.svg`, `${toSvg(figure.picture, { theme })}\n`);
    }
    const [, width] = / width="(\d+)"/.exec(toSvg(figure.picture))!;
    page = fillBetween(page, `figure ${figure.name}`, block(figure, width));
  }
  return files.set(lessonPage, page);
}

/** A figure in the page. GitHub shows the one that fits its theme. What a reader cannot see, the caption says. */
function block({ name, picture: { title, caption } }: Figure, width: string): string {
  const path = `./img/lessons/${name}`;
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${path}.dark.svg">
  <img alt="${attribute(`${title}. ${caption}`)}" src="${path}.light.svg" width="${width}">
</picture>`;
}

const attribute = (content: string): string =>
  content.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

if (process.argv[1]?.endsWith("figures.ts")) {
  const files = await figureFiles();
  mkdirSync(join(root, folder), { recursive: true });
  for (const [name, text] of files) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if (!process.argv.includes("--check")) writeFileSync(path, text);
    else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
      throw new Error(`${name} is not what the code of the lesson gives; npm run figures`);
    }
  }
  console.log(`${files.size - 1} figures`);
}
