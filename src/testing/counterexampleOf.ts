import type { Broken } from "./broken.js";
import type { Problem } from "./problem.js";
import { optionsLiteral, tensorLiteral } from "./literals.js";
import { toCall, type Ask } from "./toCall.js";
import type { Counterexample, LawInfo, Supported } from "./types.js";

/** A call that was made for a law. */
export interface Made {
  readonly name: string;
  readonly problem: Problem;
  readonly ask: Ask;
}

/** Where the function is imported from: `"default"` is the default export, `"default.name"` a property of it. */
export interface Source {
  readonly name: string;
  readonly from: string;
}

/** Names that a counterexample has for something else. */
const taken = /^(assert|tensor|readResult|row|[a-z]|(query|key|value)\d*)$/;

/** What is imported of the module, and what the function is called then. */
export function importOf({ name }: Source): [imported: string, called: string] {
  if (name === "default") return ["attention", "attention"];
  if (taken.test(name)) return [`{ ${name} as attention }`, "attention"];
  if (name.startsWith("default.")) return ["module", name.replace("default", "module")];
  return [`{ ${name} }`, name];
}

/** Writes a failure down as a module that shows it again. */
export function counterexampleOf(
  law: LawInfo,
  failure: Broken,
  made: readonly Made[],
  supported: Supported,
  index: number,
  source: Source,
): Counterexample {
  const { message, assertion } = failure;
  const told = assertion.join("\n");
  // Only the calls that the assertion mentions; a call that fails itself is the last one.
  const mentioned = made.filter(({ name }) => new RegExp(`\\b${name}\\.`).test(told));
  const calls = mentioned.length > 0 ? mentioned : made.slice(-1);
  const [, called] = importOf(source);
  const literals = new Map<string, string>();
  const lines = calls.flatMap(({ name, problem, ask }) => {
    const call = toCall(problem, supported, ask);
    const names = (["query", "key", "value"] as const).map((role) => {
      const literal = tensorLiteral(call[role]);
      return declare(literals, role, literal);
    });
    const given = [...names.map(({ name }) => name), optionsLiteral(call.options)].join(", ");
    return [
      ...names.flatMap(({ line }) => line),
      `const ${name} = readResult(await ${called}(${given}));`,
    ];
  });
  const { B, H, Hkv, L, S, D, E } = calls[0].problem;
  const code = moduleOf(law, message, lines, assertion, source);
  return { message, index, sizes: { B, H, Hkv, L, S, D, E }, code };
}

/** A module: imports, what it is about, the calls, and the assertion that fails. */
export function moduleOf(
  { id, equation }: LawInfo,
  message: string,
  lines: readonly string[],
  assertion: readonly string[],
  source: Source,
): string {
  const [imported] = importOf(source);
  return [
    ...(assertion.length > 0 ? [`import assert from "node:assert/strict";`] : []),
    `import { tensor } from "qkv/core";`,
    `import { readResult } from "qkv/testing";`,
    `import ${imported} from ${JSON.stringify(source.from)};`,
    "",
    ...`${id}: ${equation}\n${message}`.split("\n").map((line) => `// ${line}`),
    ...lines,
    ...assertion,
    "",
  ].join("\n");
}

/** The name of a tensor, and the line that declares it where it is a new one. */
function declare(
  literals: Map<string, string>,
  role: string,
  literal: string,
): { name: string; line: string[] } {
  const known = literals.get(`${role} ${literal}`);
  if (known !== undefined) return { name: known, line: [] };
  const count = [...literals.keys()].filter((entry) => entry.startsWith(`${role} `)).length;
  const name = count === 0 ? role : `${role}${count + 1}`;
  literals.set(`${role} ${literal}`, name);
  return { name, line: [`const ${name} = ${literal};`] };
}
