import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

/** The layers of src, lowest first: a file may import from its own layer and from the ones before it. */
export const LAYERS = [
  "tensor",
  "elementary",
  "engine",
  "matmul",
  "softmax",
  "masks",
  "attention",
  "positions",
  "heads",
  "decode",
  "core.ts",
  "kernels.as.ts",
  "threads",
  "explain",
  "views",
  "testing",
  "ndarray",
  "index.ts",
  "golden",
  "cli",
];

const MAY_IMPORT_NODE = ["cli", "threads"];
const MAY_IMPORT_NDARRAY = ["ndarray"];
/** Imports the file that the command line was asked to check. */
const LOADS_FILES = "cli/check/loadFunction.ts";
const MAY_IMPORT_FAST_CHECK = "testing/fast-check/";

export interface ImportSpecifier {
  specifier: string;
  line: number;
}

/** Every module specifier of a source text: imports, re-exports, `import()` and `import("x")` types. */
export function importSpecifiers(text: string, fileName = "file.ts"): ImportSpecifier[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, true);
  const found: ImportSpecifier[] = [];
  const add = (node: ts.Node, specifier: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ specifier, line: line + 1 });
  };
  const literal = (node: ts.Node | undefined) =>
    node !== undefined && ts.isStringLiteralLike(node) ? node.text : "(not a string literal)";
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, literal(node.moduleSpecifier));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node, literal(node.moduleSpecifier));
    } else if (ts.isExternalModuleReference(node)) {
      add(node, literal(node.expression));
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : "");
    } else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(node.expression) && node.expression.text === "require"))
    ) {
      add(node, literal(node.arguments[0]));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const reference of source.typeReferenceDirectives) {
    found.push({ specifier: reference.fileName, line: 1 });
  }
  return found;
}

function layerOf(path: string): string {
  return path.split("/")[0]!;
}

/**
 * What is wrong with the imports of one file; empty when all is well.
 *
 * @param path - relative to src, with `/`
 */
export function violations(
  path: string,
  text: string,
  exists: (path: string) => boolean = () => true,
): string[] {
  const wrong: string[] = [];
  const layer = layerOf(path);
  const rank = LAYERS.indexOf(layer);
  if (rank < 0) wrong.push(`src/${path}: "${layer}" is not a layer: add it to LAYERS`);
  for (const { specifier, line } of importSpecifiers(text, path)) {
    const complain = (reason: string) =>
      wrong.push(`src/${path}:${line}: "${specifier}": ${reason}`);
    if (specifier.startsWith(".")) {
      const target = relative(resolve("/src"), resolve("/src", dirname(path), specifier))
        .split(sep)
        .join("/");
      if (target.startsWith("..")) {
        complain("leaves src");
        continue;
      }
      // AssemblyScript adds .ts by itself.
      const compiled = path.endsWith(".as.ts");
      if (!compiled && !target.endsWith(".js")) complain("a relative import ends with .js");
      const file = compiled ? `${target}.ts` : target.replace(/\.js$/, ".ts");
      if (!exists(file)) complain("there is no such file");
      const targetLayer = layerOf(file);
      const targetRank = LAYERS.indexOf(targetLayer);
      if (targetLayer === layer) continue;
      if (targetRank < 0) complain(`"${targetLayer}" is not a layer`);
      else if (targetRank > rank) complain(`${layer} may not import from ${targetLayer} above it`);
    } else if (specifier.startsWith("node:")) {
      if (!MAY_IMPORT_NODE.includes(layer)) {
        complain(`only ${MAY_IMPORT_NODE.join(" and ")} may import from Node`);
      }
    } else if (specifier === "ndarray") {
      if (!MAY_IMPORT_NDARRAY.includes(layer)) complain("only src/ndarray imports ndarray");
    } else if (specifier === "fast-check") {
      if (!path.startsWith(MAY_IMPORT_FAST_CHECK)) {
        complain(`only src/${MAY_IMPORT_FAST_CHECK} imports fast-check`);
      }
    } else if (path !== LOADS_FILES) {
      complain("src imports nothing else by name");
    }
  }
  return wrong;
}

/** All `.ts` files below a folder, relative to it, with `/`. */
export function sourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".ts"))
    .sort();
}

/** The circles among the imports of files, each as the files that reach each other; types count too. */
export function circles(files: ReadonlyMap<string, string>): string[][] {
  const targets = new Map<string, string[]>();
  for (const [path, text] of files) {
    const relatives = importSpecifiers(text, path).filter(({ specifier }) => /^\./.test(specifier));
    const found = relatives.map(({ specifier }) =>
      join(dirname(path), specifier).split(sep).join("/").replace(/\.js$/, ".ts"),
    );
    targets.set(path, found);
  }
  const reached = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    const seen = new Set<string>();
    const open = [...(targets.get(path) ?? [])];
    for (let next; (next = open.pop()) !== undefined;) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(targets.get(next) ?? []));
    }
    reached.set(path, seen);
  }
  const inCircles = [...files.keys()].filter((path) => reached.get(path)!.has(path));
  const circle = (path: string): string[] =>
    inCircles.filter((other) => reached.get(path)!.has(other) && reached.get(other)!.has(path));
  return [...new Map(inCircles.map((path) => [circle(path).join(), circle(path)])).values()];
}

/** {@link violations} of every file below a folder. */
export function allViolations(folder: string): string[] {
  const files = sourceFiles(folder);
  const known = new Set(files);
  return files.flatMap((path) =>
    violations(path, readFileSync(join(folder, path), "utf8"), (file) => known.has(file)),
  );
}
