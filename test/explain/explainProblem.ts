import type { FloatArray } from "../../src/core.js";
import { explain, type Explanation } from "../../src/explain/index.js";
import { sizesOf, toCall, type Problem } from "../helpers/problem.js";

/** Names for `count` positions, some of them twice. */
export function letters(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 7)));
}

/** The explanation of a batch entry of a problem. */
export function explainProblem(problem: Problem, batch: number): Explanation<FloatArray> {
  const { L, S } = sizesOf(problem);
  const [query, key, value, options] = toCall(problem);
  const names = { tokens: letters(L), ...(L === S ? {} : { keyTokens: letters(S) }) };
  return explain(query, key, value, { ...options, ...names, batch });
}
