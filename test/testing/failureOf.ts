import { runExample } from "../docs-examples/run.js";

/**
 * What a counterexample says when its code is run, with the given function in place of the import; undefined if
 * it passes.
 */
export async function failureOf(code: string, fn: unknown): Promise<Error | undefined> {
  const example = { file: "counterexample.ts", line: 1, language: "ts", code } as const;
  const modules: Record<string, () => Promise<Record<string, unknown>>> = {
    "node:assert/strict": () => import("node:assert/strict"),
    "qkv/core": () => import("../../src/core.js"),
    "qkv/testing": () => import("../../src/testing/index.js"),
    "./attention.js": () => Promise.resolve({ attend: fn }),
  };
  try {
    await runExample(example, (specifier) => modules[specifier]());
    return undefined;
  } catch (error) {
    return (error ?? new Error("something undefined was thrown")) as Error;
  }
}
