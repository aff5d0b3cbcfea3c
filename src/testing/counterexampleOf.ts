import { toNested, type FloatArray, type Tensor } from "../tensor/index.js";
import type { Broken } from "./broken.js";
import type { Problem } from "./problem.js";
import { toCall, type Ask, type Call } from "./toCall.js";
import type { Counterexample, LawInfo, Supported } from "./types.js";

/** A call that was made for a law. */
export interface Made {
  readonly name: string;
  readonly problem: Problem;
  readonly ask: Ask;
}

/** Writes a failure down as a module that shows it again. */
export function counterexampleOf(
  law: LawInfo,
  failure: Broken,
  made: readonly Made[],
  supported: Supported,
  index: number,
  source: { readonly name: string; readonly from: string },
): Counterexample {
  const { message, assertion } = failure;
  const told = assertion.join("\n");
  // Only the calls that the assertion mentions; a call that fails itself is the last one.
  const mentioned = made.filter(({ name }) => new RegExp(`\\b${name}\\.`).test(told));
  const calls = mentioned.length > 0 ? mentioned : made.slice(-1);
  const literals = new Map<string, string>();
  const lines = calls.flatMap(({ name, problem, ask }) => {
    const call = toCall(problem, supported, ask);
    const names = (["query", "key", "value"] as const).map((role) => {
      const literal = tensorLiteral(call[role]);
      return declare(literals, role, literal);
    });
    const given = [...names.map(({ name }) => name), optionsLiteral(call)].join(", ");
    return [
      ...names.flatMap(({ line }) => line),
      `const ${name} = readResult(await ${source.name}(${given}));`,
    ];
  });
  const { B, H, Hkv, L, S, D, E } = calls[0].problem;
  const code = [
    ...(assertion.length > 0 ? [`import assert from "node:assert/strict";`] : []),
    `import { tensor } from "qkv/core";`,
    `import { readResult } from "qkv/testing";`,
    `import { ${source.name} } from ${JSON.stringify(source.from)};`,
    "",
    ...`${law.id}: ${law.equation}\n${message}`.split("\n").map((line) => `// ${line}`),
    ...lines,
    ...assertion,
    "",
  ].join("\n");
  return { message, index, sizes: { B, H, Hkv, L, S, D, E }, code };
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

function optionsLiteral({ options }: Call): string {
  const fields = Object.entries(options).map(([name, value]) => `${name}: ${valueLiteral(value)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function valueLiteral(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    return typeof value === "number" ? numberLiteral(value, false) : JSON.stringify(value);
  }
  if ("data" in value) return tensorLiteral(value as Tensor);
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  const fields = Object.entries(value).map(([name, number]) => `${name}: ${number}`);
  return `{ ${fields.join(", ")} }`;
}

function tensorLiteral(tensor: Tensor): string {
  if (tensor.dtype === "bool") {
    const bits = nestedLiteral(toNested(tensor as Tensor<FloatArray>), (x) =>
      x === 1 ? "true" : "false",
    );
    return `tensor(${bits})`;
  }
  const single = tensor.dtype === "float32";
  const nested = nestedLiteral(toNested(tensor as Tensor<FloatArray>), (x) =>
    numberLiteral(x, single),
  );
  return `tensor(${nested}${single ? "" : `, { dtype: "float64" }`})`;
}

function nestedLiteral(nested: unknown, leaf: (x: number) => string): string {
  if (!Array.isArray(nested)) return leaf(nested as number);
  return `[${nested.map((inner) => nestedLiteral(inner, leaf)).join(", ")}]`;
}

/** The shortest digits that give this number back, as a float32 if it is one. */
function numberLiteral(x: number, single: boolean): string {
  if (Object.is(x, -0)) return "-0";
  if (!single || !Number.isFinite(x)) return String(x);
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return String(short);
  }
  return String(x);
}
