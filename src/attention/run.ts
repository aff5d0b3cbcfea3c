import { chooseEngine, type Engine } from "../engine/index.js";
import {
  allocate,
  copyInto,
  freshTensor,
  mayOverlap,
  rangeError,
  readOut,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { attend } from "./attend.js";
import type { AttentionOptions } from "./options.js";
import type { Results } from "./portable.js";
import { operandOf, readProblem, type Problem } from "./problem.js";

/** Makes a tensor for a result that a caller wants beside the output. */
export type Allocate<D extends FloatArray> = (
  argument: string,
  shape: readonly number[],
) => Tensor<D>;

/**
 * The one way from arguments to the output: check, allocate, compute. `beside` allocates what else
 * is to be kept; nothing of it changes the output.
 */
export function run<D extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options: AttentionOptions<D> = {},
  beside?: (problem: Problem<D>, allocate: Allocate<D>) => Omit<Results<D>, "output">,
): Tensor<D> {
  const problem = readProblem<D>(fn, query, key, value, options);
  const engine = engineFor(problem, options.engine);
  return produce(problem, options.out, (results) => attend(problem, results, engine), beside);
}

/** Which engine computes a problem. */
export function engineFor(problem: Problem, asked: Engine | undefined): Exclude<Engine, "auto"> {
  // JavaScript reads rows where they are; the kernels copy some tiles of them.
  const work = rowBytes(problem) > longestRow ? 0 : workOf(problem);
  return chooseEngine(problem.fn, asked, work, wasmThreshold);
}

/**
 * From a checked problem to the output. `compute` writes all results and returns the first row that may
 * attend nothing, or −1.
 */
export function produce<D extends FloatArray>(
  problem: Problem<D>,
  target: unknown,
  compute: (results: Results<D>) => number,
  beside?: (problem: Problem<D>, allocate: Allocate<D>) => Omit<Results<D>, "output">,
): Tensor<D> {
  const { fn, dtype, outputShape, sequenceFirst } = problem;
  const fresh: Allocate<D> = (argument, shape) =>
    freshTensor(allocate(fn, argument, shape, dtype) as D, shape);
  const out = target === undefined ? undefined : readOut<D>(fn, target, outputShape);
  // Memory that is read while it is written would give wrong numbers: detour through a copy.
  const detour = out !== undefined && mayOverlap(out.data.buffer, problem.reads);
  const output = out === undefined || detour ? fresh("output", outputShape) : out;
  const results = { output: operandOf(output, sequenceFirst), ...beside?.(problem, fresh) };
  const firstEmpty = compute(results);
  if (firstEmpty >= 0 && problem.emptyRow === "throw") throw emptyRowError(problem, firstEmpty);
  if (!detour) return output;
  copyInto(output, out.data, out);
  return out;
}

/** Multiply-adds above which WebAssembly is faster than JavaScript. */
const wasmThreshold = 2048;

/** Bytes of a key and its value; of longer ones WebAssembly would take hundreds of megabytes, or fail. */
const longestRow = 1024 * 1024;

function rowBytes({ dtype, headSize, valueSize }: Problem): number {
  return (headSize + valueSize) * (dtype === "float32" ? 4 : 8);
}

/** About how many multiply-adds a problem takes. */
function workOf({ batch, heads, queries, keys, headSize, valueSize }: Problem): number {
  return batch * heads * queries * keys * (headSize + valueSize);
}

/** What `emptyRow: "throw"` asks for. */
export function emptyRowError({ fn, heads, queries }: Problem, row: number): RangeError {
  const [b, h, i] = [
    Math.floor(row / (heads * queries)),
    Math.floor(row / queries) % heads,
    row % queries,
  ];
  return rangeError(
    fn,
    "options.emptyRow",
    `a key for every query, as emptyRow: "throw" asks`,
    `none for query ${i} of head ${h} in batch entry ${b}`,
  );
}
