import { dirname, resolve } from "node:path";
import ts from "typescript";
import type { Example } from "./extract.js";

/** Compiles all TypeScript examples in one program, strictly, and returns the errors. */
export function typeErrors(examples: Example[], root: string): string[] {
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  Object.assign(options, {
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    tsBuildInfoFile: undefined,
  });
  const byPath = new Map<string, Example>();
  examples.forEach((example, index) => {
    if (example.language !== "ts") return;
    // Beside its file, so that relative imports resolve; `export {}` makes it a module.
    byPath.set(resolve(root, dirname(example.file), `example-${index}.ts`), example);
  });
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => byPath.has(resolve(path)) || fileExists.call(host, path);
  host.getSourceFile = (path, target, ...rest) => {
    const example = byPath.get(resolve(path));
    return example
      ? ts.createSourceFile(path, `${example.code}\nexport {};\n`, target)
      : getSourceFile.call(host, path, target, ...rest);
  };
  const program = ts.createProgram([...byPath.keys()], options, host);
  return [...byPath].flatMap(([path, example]) => {
    const source = program.getSourceFile(path)!;
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      return `${example.file}:${example.line + line}: ${message}`;
    });
  });
}
