import type { LawResult } from "../../testing/types.js";

/** The code of a counterexample, without the comments that say what stands above it. */
export function codeOf(counterexample: LawResult["counterexample"]): string {
  const lines = counterexample?.code.trimEnd().split("\n") ?? [];
  return lines.filter((line) => !line.startsWith("// ")).join("\n");
}
