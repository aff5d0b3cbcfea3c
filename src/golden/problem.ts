import type * as core from "../core.js";
import { Draw, type DType } from "./draw.js";
import type { Results } from "./hash.js";

/** The library as a value: the source, a build of it, or one in another realm. */
export type Library = typeof core;
export type Engine = core.Engine;

export interface GoldenProblem {
  readonly name: string;
  readonly run: (library: Library, engine: Engine) => Results;
}

type Run = (draw: Draw, library: Library, engine: Engine) => Results;

/** One problem in both precisions. */
export function both(name: string, run: Run): GoldenProblem[] {
  return (["float32", "float64"] as const).map((dtype) => one(name, dtype, run));
}

export function one(name: string, dtype: DType, run: Run): GoldenProblem {
  const full = `${name} ${dtype}`;
  return { name: full, run: (library, engine) => run(new Draw(full, dtype), library, engine) };
}
