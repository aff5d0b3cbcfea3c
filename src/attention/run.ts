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
import { operandOf, readCall, type Call } from "./call.js";

/** Makes a tensor for a result that a caller wants beside the output. */
export type Allocate<A extends FloatArray> = (
  argument: string,
  shape: readonly number[],
) => Tensor<A>;

/**
 * The one way from arguments to the output: check, allocate, compute. `beside` allocates what else
 * is to be kept; nothing of it changes the output.
 */
export function run<A extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options: AttentionOptions<A> = {},
  beside?: (call: Call<A>, allocate: Allocate<A>) => Omit<Results<A>, "output">,
): Tensor<A> {
  const call = readCall<A>(fn, query, key, value, options);
  const engine = engineFor(call, options.engine);
  return produce(call, options.out, (results) => attend(call, results, engine), beside);
}

/** Which engine computes a call. */
export function engineFor(call: Call, asked: Engine | undefined): Exclude<Engine, "auto"> {
  // JavaScript reads rows where they are; the kernels copy some tiles of them.
  const work = rowBytes(call) > longestRow ? 0 : workOf(call);
  return chooseEngine(call.fn, asked, work, wasmThreshold);
}

/**
 * From a checked call to the output. `compute` writes all results and returns the first row that may
 * attend nothing, or −1.
 */
export function produce<A extends FloatArray>(
  call: Call<A>,
  target: unknown,
  compute: (results: Results<A>) => number,
  beside?: (call: Call<A>, allocate: Allocate<A>) => Omit<Results<A>, "output">,
): Tensor<A> {
  const { fn, dtype, outputShape, sequenceFirst } = call;
  const fresh: Allocate<A> = (argument, shape) =>
    freshTensor(allocate(fn, argument, shape, dtype) as A, shape);
  const out = target === undefined ? undefined : readOut<A>(fn, target, outputShape);
  // Memory that is read while it is written would give wrong numbers: detour through a copy.
  const detour = out !== undefined && mayOverlap(out.data.buffer, call.reads);
  const output = out === undefined || detour ? fresh("output", outputShape) : out;
  const results = { output: operandOf(output, sequenceFirst), ...beside?.(call, fresh) };
  const firstEmpty = compute(results);
  if (firstEmpty >= 0 && call.emptyRow === "throw") throw emptyRowError(call, firstEmpty);
  if (!detour) return output;
  copyInto(output, out.data, out);
  return out;
}

/** Multiply-adds above which WebAssembly is faster than JavaScript. */
const wasmThreshold = 2048;

/** Bytes of a key and its value; of longer ones WebAssembly would take hundreds of megabytes, or fail. */
const longestRow = 1024 * 1024;

function rowBytes({ dtype, headSize, valueSize }: Call): number {
  return (headSize + valueSize) * (dtype === "float32" ? 4 : 8);
}

/** About how many multiply-adds a call takes. */
function workOf({ batch, heads, queries, keys, headSize, valueSize }: Call): number {
  return batch * heads * queries * keys * (headSize + valueSize);
}

/** What `emptyRow: "throw"` asks for. */
export function emptyRowError({ fn, heads, queries }: Call, row: number): RangeError {
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
