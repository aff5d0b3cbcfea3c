import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join, sep } from "node:path";

/** One block of code that a reader can paste. */
export interface Example {
  /** Relative to the repository, with `/`. */
  file: string;
  /** 1-based line of the first line of code. */
  line: number;
  language: "ts" | "js";
  code: string;
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/;
const LANGUAGES: Record<string, "ts" | "js"> = {
  ts: "ts",
  typescript: "ts",
  js: "js",
  javascript: "js",
  mjs: "js",
};

/** The fenced ts and js blocks of a Markdown text, without those marked `no-run`. */
export function markdownExamples(file: string, text: string, firstLine = 1): Example[] {
  const examples: Example[] = [];
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const opening = FENCE.exec(lines[i]!);
    if (!opening) continue;
    const [, indent, fence, language, info] = opening;
    const code: string[] = [];
    const start = ++i;
    while (i < lines.length && lines[i]!.trim() !== fence) {
      code.push(lines[i]!.startsWith(indent!) ? lines[i]!.slice(indent!.length) : lines[i]!);
      i++;
    }
    if (i === lines.length)
      throw new Error(`${file}:${firstLine + start - 1}: fence is not closed`);
    const known = LANGUAGES[language!.toLowerCase()];
    if (known === undefined || /\bno-run\b/.test(info!)) continue;
    examples.push({ file, line: firstLine + start, language: known, code: code.join("\n") });
  }
  return examples;
}

/** The `@example` blocks of the doc comments of a TypeScript text, fenced or bare. */
export function docCommentExamples(file: string, text: string): Example[] {
  const examples: Example[] = [];
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const firstLine = text.slice(0, comment.index).split("\n").length;
    const lines = comment[0]
      .replace(/^\/\*\*/, "")
      .replace(/\s*\*\/$/, "")
      .split(/\r?\n/)
      .map((line, index) => (index === 0 ? line : line.replace(/^\s*\*( |$)/, "")));
    let inFence = false;
    let from = -1;
    const finish = (end: number) => {
      if (from < 0) return;
      const block = lines.slice(from, end).join("\n");
      if (/^\s*(`{3,}|~{3,})/m.test(block)) {
        examples.push(...markdownExamples(file, block, firstLine + from));
      } else {
        const skipped = block.length - block.trimStart().length;
        const line = firstLine + from + block.slice(0, skipped).split("\n").length - 1;
        examples.push({ file, line, language: "ts", code: block.trim() });
      }
      from = -1;
    };
    lines.forEach((line, index) => {
      if (/^\s*(`{3,}|~{3,})/.test(line)) inFence = !inFence;
      if (inFence) return;
      const tag = /^\s*@(\w+)(.*)$/.exec(line);
      if (!tag) return;
      finish(index);
      // What stands on the tag's own line is a title.
      if (tag[1] === "example") from = index + 1;
    });
    finish(lines.length);
  }
  return examples;
}

function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(ending))
    .sort();
}

/** Every example of README.md, CHANGELOG.md, docs and the doc comments of src. */
export function allExamples(root: string): Example[] {
  const markdown = [
    ...["README.md", "CHANGELOG.md"].filter((path) => existsSync(join(root, path))),
    ...filesBelow(join(root, "docs"), ".md")
      .filter((path) => !path.startsWith("api/"))
      .map((path) => `docs/${path}`),
  ];
  const source = filesBelow(join(root, "src"), ".ts").map((path) => `src/${path}`);
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  return [
    ...markdown.flatMap((file) => markdownExamples(file, read(file))),
    ...source.flatMap((file) => docCommentExamples(file, read(file))),
  ];
}
