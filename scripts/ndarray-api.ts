// Writes src/ndarray/functions.ts: the functions of src/core.ts that return tensors, with the same
// documentation and signatures, returning NdArrays. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import ts from "typescript";

const target = "src/ndarray/functions.ts";
const config = ts.getParsedCommandLineOfConfigFile(
  "tsconfig.src.json",
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
    },
  },
)!;
const program = ts.createProgram(["src/core.ts"], config.options);
const checker = program.getTypeChecker();
const core = checker.getSymbolAtLocation(program.getSourceFile("src/core.ts")!)!;

const asNdArray = (type: string): string => type.replace(/\bTensor</g, "NdArray<");

/** The source of a declaration's documentation, without the code behind it. */
function docOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return docs.length === 0 ? "" : docs[docs.length - 1].getText() + "\n";
}

const functions: string[] = [];
const results = new Map<string, string>();
const used = new Set<string>();
const exported = new Map(checker.getExportsOfModule(core).map((symbol) => [symbol.name, symbol]));

function resolve(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Notes the exported types that a piece of code names. */
function noteTypes(node: ts.Node): void {
  if (ts.isIdentifier(node) && exported.has(node.text)) used.add(node.text);
  ts.forEachChild(node, noteTypes);
}

for (const [name, alias] of [...exported].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const declarations = (resolve(alias).declarations ?? []).filter(ts.isFunctionDeclaration);
  const open = declarations.length > 1 ? declarations.filter(({ body }) => !body) : declarations;
  if (open.length === 0) continue;
  const returned = open.map(({ type }) => type!.getText());
  const record = /^(?!Tensor\b)(\w+)<A>$/.exec(returned[0])?.[1];
  const interfaceOf =
    record && resolve(exported.get(record) ?? alias).declarations?.find(ts.isInterfaceDeclaration);
  const holdsTensor = (text: string): boolean => /\bTensor</.test(text);
  const isRecord = interfaceOf ? holdsTensor(interfaceOf.getText()) : returned[0].startsWith("{");
  if (!isRecord && !holdsTensor(returned[0])) continue;
  if (interfaceOf && isRecord) {
    results.set(
      record!,
      docOf(interfaceOf) + asNdArray(interfaceOf.getText().replace(docOf(interfaceOf), "")),
    );
    interfaceOf.typeParameters?.forEach(noteTypes);
  }
  const convert = isRecord ? "toNdArrays" : "toNdArray";
  const signatures = open.map((node) => {
    node.parameters.forEach(noteTypes);
    node.typeParameters?.forEach(noteTypes);
    noteTypes(node.type!);
    // A record type of the result is written out here, and not imported.
    const parameters = node.parameters.map((parameter) => {
      const { name: parameterName, type, questionToken, initializer } = parameter;
      return `${parameterName.getText()}${questionToken || initializer ? "?" : ""}: ${type!.getText()}`;
    });
    const generics = node.typeParameters
      ? `<${node.typeParameters.map((p) => p.getText()).join(", ")}>`
      : "";
    return {
      node,
      generics,
      parameters: parameters.join(", "),
      type: asNdArray(node.type!.getText()),
    };
  });
  for (const { node, generics, parameters, type } of signatures) {
    functions.push(`${docOf(node)}export function ${name}${generics}(${parameters}): ${type};`);
  }
  // All arguments are passed on: the function of core refuses those that it does not have.
  functions.push(
    `export function ${name}(...given: unknown[]): unknown { return ${convert}(Reflect.apply(core.${name}, undefined, given) as ${isRecord ? "object" : "Tensor"}); }`,
  );
}

for (const name of [...results.keys(), "Tensor"]) used.delete(name);
const types = [...used].filter(
  (name) => !functions.some((f) => f.includes(`export function ${name}`)),
);
const source = `// Written by \`npm run ndarray-api\` from the functions of src/core.ts. Edit those.
import type { NdArray } from "ndarray";
import * as core from "../core.js";
import type { ${[...types, "Tensor"].sort().join(", ")} } from "../core.js";
import { toNdArray, toNdArrays } from "./toNdArray.js";

${[...results.values(), ...functions].join("\n\n")}
`;
const text = await format(source, { ...(await resolveConfig(target)), parser: "typescript" });
if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error(`${target} is not what src/core.ts says. Run: npm run ndarray-api`);
  process.exit(1);
}
