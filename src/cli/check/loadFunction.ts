import { pathToFileURL } from "node:url";
import type { AttentionFunction, Supports } from "../../testing/types.js";
import { usageError } from "../usageError.js";

/** A function of a module, and what the module says of it. */
export interface LoadedFunction {
  readonly fn: AttentionFunction;
  /** `"default"` for the default export, `"default.name"` for a property of it. */
  readonly exported: string;
  readonly supports: Supports | undefined;
}

/** Imports a module, ESM or CommonJS, and chooses the function that is checked. */
export async function loadFunction(
  file: string,
  exportName: string | undefined,
): Promise<LoadedFunction> {
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  return chooseFunction(module, exportName);
}

/** The export of that name; otherwise the only function, or the one called `attention`. Never a guess. */
export function chooseFunction(
  module: Readonly<Record<string, unknown>>,
  exportName: string | undefined,
): LoadedFunction {
  const { default: main, "module.exports": _commonJs, ...named } = module;
  // CommonJS: `module.exports = { attention, supports }` is the default export, whose names Node may not see.
  const inside = typeof main === "object" && main !== null ? main : {};
  const all: Record<string, unknown> = { ...inside, ...named };
  // A function with properties: `module.exports = attention; attention.supports = …`.
  if (typeof main === "function") all["default"] = main;
  const functions = Object.keys(all).filter((name) => typeof all[name] === "function");
  const chosen = exportName ?? choose(functions, all);
  if (!Object.hasOwn(all, chosen) || typeof all[chosen] !== "function") {
    const expected = `an export ${JSON.stringify(chosen)} that is a function`;
    throw usageError("qkv check: --export", expected, listOf(functions));
  }
  const own = (all[chosen] as { supports?: unknown }).supports;
  return {
    fn: all[chosen] as AttentionFunction,
    exported: Object.hasOwn(named, chosen) || chosen === "default" ? chosen : `default.${chosen}`,
    supports: (all["supports"] ?? own) as Supports | undefined,
  };
}

function choose(functions: readonly string[], all: Readonly<Record<string, unknown>>): string {
  // One function under two names is one function.
  const different = functions.filter(
    (name, at) => functions.findIndex((other) => all[other] === all[name]) === at,
  );
  const named = functions.includes("default") ? "default" : "attention";
  const rivals = named === "default" && functions.includes("attention");
  if (different.length === 1) return functions.includes(named) ? named : different[0];
  if (functions.includes(named) && !(rivals && all["default"] !== all["attention"])) return named;
  const expected = "one function, or one that is the default export or called attention";
  const fix = functions.length === 0 ? "export the function" : "choose one with --export";
  throw usageError("qkv check", expected, listOf(functions), fix);
}

function listOf(functions: readonly string[]): string {
  return functions.length === 0
    ? "no exported function"
    : `the exported function${functions.length > 1 ? "s" : ""} ${functions.join(", ")}`;
}
