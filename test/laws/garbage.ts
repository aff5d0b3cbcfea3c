import type { Problem } from "../helpers/problem.js";
import type { Random } from "../helpers/random.js";

/** What padding may hold: nothing of it may reach a result. */
export function garbage(problem: Problem, random: Random): () => number {
  const huge = problem.dtype === "float32" ? 3e38 : 1.7e308;
  return () => random.pick([NaN, Infinity, -Infinity, huge, -huge, 1, -0]);
}
