import { dirname, resolve } from "node:path";
import { format } from "node:util";
import ts from "typescript";
import type { Example } from "./extract.js";

const ARROW = /^\/\/ →( |$)/;

/** What a `// → ` comment says should be printed, and what was. */
export interface Expectation {
  line: number;
  expected: string[];
  printed: string[];
}

interface Attached {
  start: number;
  end: number;
  expectation: Expectation;
}

type Import = (specifier: string, example: Example) => Promise<Record<string, unknown>>;

/** Resolves `qkv` to src, a relative specifier beside the file of the example, others as Node does. */
export const importFromSource: Import = async (specifier, example) => {
  if (specifier === "qkv") return import("qkv");
  if (specifier === "qkv/core") return import("qkv/core");
  if (specifier === "qkv/explain") return import("qkv/explain");
  if (specifier === "qkv/testing") return import("qkv/testing");
  if (specifier === "qkv/testing/fast-check") return import("qkv/testing/fast-check");
  if (specifier === "qkv/threads") return import("qkv/threads");
  if (specifier === "qkv/views") return import("qkv/views");
  if (specifier.startsWith(".")) {
    const root = resolve(import.meta.dirname, "../..");
    return import(resolve(root, dirname(example.file), specifier).replace(/\.js$/, ".ts"));
  }
  return import(specifier);
};

/**
 * Runs an example as an ES module would run and returns its expectations.
 *
 * A group of `// → ` comments belongs to the statement that ends just before it. The lines that
 * this statement prints are collected, over all its executions.
 */
export async function runExample(
  example: Example,
  importModule: Import = importFromSource,
): Promise<Expectation[]> {
  const attached = expectations(example);
  const modules = new Map<string, unknown>();
  for (const { fileName } of ts.preProcessFile(example.code).importedFiles) {
    modules.set(fileName, { ...(await importModule(fileName, example)), __esModule: true });
  }
  const output: string[] = [];
  let from: number[] = [];
  const print = (...values: unknown[]) => void output.push(...format(...values).split("\n"));
  const fakeConsole = { ...console, log: print, info: print, error: () => {}, warn: () => {} };
  const enter = () => void from.push(output.length);
  const leave = (index: number) => {
    attached[index]!.expectation.printed.push(...output.slice(from.pop()));
  };
  const { outputText, diagnostics } = ts.transpileModule(instrument(example.code, attached), {
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      ignoreDeprecations: "6.0",
    },
  });
  const syntaxError = diagnostics?.find(({ category }) => category === ts.DiagnosticCategory.Error);
  if (syntaxError)
    throw new SyntaxError(ts.flattenDiagnosticMessageText(syntaxError.messageText, "\n"));
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = AsyncFunction("require", "exports", "console", "__enter", "__leave", outputText);
  const requireModule = (specifier: string) => modules.get(specifier);
  await run(requireModule, {}, fakeConsole, enter, leave);
  from = [];
  return attached.map(({ expectation }) => expectation);
}

/** Finds the `// → ` groups of an example and the statement each belongs to. */
function expectations({ file, line: firstLine, code }: Example): Attached[] {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const lines = code.split("\n");
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const endings = new Map<number, ts.Node>();
  const visit = (node: ts.Node): void => {
    const inList =
      node.parent &&
      (ts.isSourceFile(node.parent) ||
        ts.isBlock(node.parent) ||
        ts.isCaseOrDefaultClause(node.parent));
    if (ts.isStatement(node) && inList) {
      const line = lineOf(node.getEnd());
      // Of two statements that end in one line the later, and of nested ones the outer, is meant.
      const previous = endings.get(line);
      if (!previous || node.getEnd() > previous.getEnd()) endings.set(line, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);

  const found: Attached[] = [];
  for (let i = 0; i < lines.length; i++) {
    const trailing = trailingArrow(lines[i]!);
    const isGroup = ARROW.test(lines[i]!.trim());
    if (!isGroup && trailing === undefined) continue;
    const statement = endings.get(isGroup ? i - 1 : i);
    if (!statement) {
      throw new Error(`${file}:${firstLine + i}: this → comment follows no statement`);
    }
    const expected = isGroup ? [] : [trailing!];
    const line = firstLine + i;
    if (!isGroup) i++;
    for (; i < lines.length && ARROW.test(lines[i]!.trim()); i++) {
      expected.push(lines[i]!.trim().replace(ARROW, ""));
    }
    i--;
    found.push({
      start: statement.getStart(),
      end: statement.getEnd(),
      expectation: { line, expected, printed: [] },
    });
  }
  return found;
}

/** The text of a `// → ` comment that follows code in its line. */
function trailingArrow(line: string): string | undefined {
  const match = /^\s*[^\s/].*?[;})\]]\s*\/\/ →(?: (.*))?$/.exec(line);
  return match ? (match[1] ?? "") : undefined;
}

/** Puts a call before and after each statement with an expectation, in the same line. */
function instrument(code: string, attached: Attached[]): string {
  const insertions = attached.flatMap(({ start, end }, index) => [
    { position: start, order: 1, text: "__enter();" },
    { position: end, order: 0, text: `;__leave(${index});` },
  ]);
  insertions.sort((a, b) => b.position - a.position || b.order - a.order);
  for (const { position, text } of insertions) {
    code = code.slice(0, position) + text + code.slice(position);
  }
  return code;
}

/** What differs between the comments of an example and its output; empty when all is well. */
export function differences(example: Example, results: Expectation[]): string[] {
  const trim = (lines: string[]) => lines.map((text) => text.trimEnd()).join("\n");
  return results
    .filter(({ expected, printed }) => trim(expected) !== trim(printed))
    .map(
      ({ line, expected, printed }) =>
        `${example.file}:${line}: the comment says\n${trim(expected)}\nbut the code prints\n${trim(printed)}`,
    );
}
