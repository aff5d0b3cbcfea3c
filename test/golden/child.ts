import * as qkv from "../../src/core.js";
import { goldenProblems } from "../../src/golden/golden.js";
import { hashOf } from "../../src/golden/hash.js";
import type { Engine } from "../../src/golden/problem.js";

// Bundled with the library into one file, for processes of their own, and because bundled code runs
// three times as fast as modules that are transformed one by one.

/** The hashes of every `step`-th golden problem. */
export function hashes(engine: Engine, step = 1): Record<string, string> {
  const problems = goldenProblems.filter((_, n) => n % step === 0);
  return Object.fromEntries(problems.map(({ name, run }) => [name, hashOf(run(qkv, engine))]));
}

/** What each function says that is asked for WebAssembly. */
export function wasmErrors(): Record<string, string> {
  const x = [[1]];
  const engine = "wasm";
  const calls: Record<string, () => unknown> = {
    attention: () => qkv.attention(x, x, x, { engine }),
    matmul: () => qkv.matmul(x, x, { engine }),
    softmax: () => qkv.softmax(x, { engine }),
    logSumExp: () => qkv.logSumExp(x, { engine }),
  };
  const said = (call: () => unknown): string => {
    try {
      call();
      return "no error";
    } catch (error) {
      return String(error);
    }
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, said(call)]));
}
