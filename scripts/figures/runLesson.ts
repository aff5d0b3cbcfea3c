import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";
import { root } from "../step.js";

export const lessonPage = "docs/what-the-model-looks-at.md";

/**
 * Runs the code of a section of the lesson and returns its variables: what a figure shows is what the code above it
 * computes.
 */
export async function runLesson<T>(
  heading: string,
  block: number,
  names: readonly (keyof T & string)[],
): Promise<T> {
  const code = codeOf(readFileSync(resolve(root, lessonPage), "utf8"), heading)[block];
  if (code === undefined) throw new Error(`${lessonPage}: “${heading}” has no code ${block}`);
  const modules = new Map<string, unknown>();
  for (const { fileName } of ts.preProcessFile(code).importedFiles) {
    const specifier = fileName.startsWith(".")
      ? resolve(root, dirname(lessonPage), fileName).replace(/\.js$/, ".ts")
      : fileName;
    modules.set(fileName, { ...((await import(specifier)) as object), __esModule: true });
  }
  const { outputText } = ts.transpileModule(`${code}\nexport { ${names.join(", ")} };`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported = {};
  const run = new Function("require", "exports", "console", outputText);
  run((specifier: string) => modules.get(specifier), exported, { log: () => undefined });
  return exported as T;
}

/** The TypeScript of a section, block by block. */
export function codeOf(text: string, heading: string): string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`${lessonPage} has no section “${heading}”`);
  return [...section.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);
}
