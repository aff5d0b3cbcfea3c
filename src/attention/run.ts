import {
  allocate,
  canonicalizeNaN,
  copyInto,
  describe,
  freshTensor,
  rangeError,
  readTensor,
  sameShape,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import type { AttentionOptions } from "./options.js";
import { attendPortable, type Results } from "./portable.js";
import { operandOf, readProblem, type Problem } from "./problem.js";
import { makeScratch } from "./scratch.js";

/** What a caller wants to have beside the output. */
export interface Wanted {
  weights?: boolean;
  lse?: boolean;
  stages?: boolean;
}

/** Everything that one call computed. */
export interface Computed<D extends FloatArray> {
  output: Tensor<D>;
  weights?: Tensor<D>;
  lse?: Tensor<D>;
  stages?: { scores: Tensor<D>; capped: Tensor<D>; biased: Tensor<D>; masked: Tensor<D> };
}

/** The one way from arguments to results: check, allocate, compute. */
export function run<D extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options: AttentionOptions<D> | undefined,
  wanted: Wanted,
): Computed<D> {
  const problem = readProblem<D>(fn, query, key, value, options);
  const { dtype, scores, outputShape, sequenceFirst } = problem;
  const fresh = (argument: string, shape: readonly number[]): Tensor<D> =>
    freshTensor(allocate(fn, argument, shape, dtype) as D, shape);
  const out = options?.out === undefined ? undefined : readOut(problem, options.out);
  // Memory that is read while it is written would give wrong numbers: detour through a copy.
  const inputs = [query, key, value, options?.bias, options?.allow, options?.block];
  const detour = out !== undefined && inputs.some((input) => bufferOf(input) === out.data.buffer);
  const output = out === undefined || detour ? fresh("output", outputShape) : out;
  const weights = wanted.weights ? fresh("weights", scores) : undefined;
  const lse = wanted.lse ? fresh("lse", scores.slice(0, -1)) : undefined;
  const stages = wanted.stages ? allocateStages(problem, () => fresh("trace", scores)) : undefined;
  const results: Results<D> = {
    output: operandOf(output, sequenceFirst),
    lse: lse?.data,
    weights: weights?.data,
    stages: stages && {
      scores: stages.scores.data,
      capped: distinct(stages.capped, stages.scores),
      biased: distinct(stages.biased, stages.capped),
      masked: distinct(stages.masked, stages.biased),
    },
  };
  const firstEmpty = attendPortable(problem, results, makeScratch(problem));
  if (stages) for (const stage of new Set(Object.values(stages))) canonicalizeNaN(stage.data);
  if (firstEmpty >= 0 && problem.emptyRow === "throw") throw emptyRowError(problem, firstEmpty);
  if (detour) {
    copyInto(output, out.data, out);
    return { output: out, weights, lse, stages };
  }
  return { output, weights, lse, stages };
}

/** A stage whose option is absent is the tensor of the stage before. */
function allocateStages<D extends FloatArray>(
  { softcap, biases, mask, keyCounts, queryCounts }: Problem<D>,
  fresh: () => Tensor<D>,
): NonNullable<Computed<D>["stages"]> {
  const scores = fresh();
  const capped = softcap === undefined ? scores : fresh();
  const biased = biases.length === 0 ? capped : fresh();
  const blocks = biases.length > 0 || mask || keyCounts || queryCounts;
  return { scores, capped, biased, masked: blocks ? fresh() : biased };
}

function distinct<D extends FloatArray>(stage: Tensor<D>, before: Tensor<D>): D | undefined {
  return stage === before ? undefined : stage.data;
}

function readOut<D extends FloatArray>({ fn, outputShape }: Problem<D>, out: unknown): Tensor<D> {
  const argument = "options.out";
  if (typeof out !== "object" || out === null || Array.isArray(out)) {
    throw typeError({
      fn,
      argument,
      expected: `a tensor ${showShape(outputShape)} that receives the output`,
      got: describe(out),
      fix: `zeros(${showShape(outputShape)})`,
    });
  }
  const view = readTensor<D>(out, fn, argument);
  if (!sameShape(view.shape, outputShape)) {
    throw rangeError({
      fn,
      argument,
      expected: `the shape of the output, ${showShape(outputShape)}`,
      got: showShape(view.shape),
    });
  }
  if (!isOneToOne(view)) {
    throw rangeError({
      fn,
      argument,
      expected: "a view in which every element has memory of its own",
      got: `shape ${showShape(view.shape)} with stride ${showShape(view.stride)}`,
    });
  }
  return view;
}

/** True if no two elements of a view are certain to share memory: each stride passes the inner axes. */
function isOneToOne({ shape, stride }: Tensor): boolean {
  const axes = shape
    .map((length, axis) => ({ length, step: Math.abs(stride[axis]) }))
    .filter(({ length }) => length > 1)
    .sort((a, b) => a.step - b.step);
  let reach = 0;
  for (const { length, step } of axes) {
    if (step <= reach) return false;
    reach += (length - 1) * step;
  }
  return true;
}

/** The memory behind a view, undefined for nested numbers. */
function bufferOf(value: unknown): ArrayBufferLike | undefined {
  return (value as Partial<Tensor> | undefined)?.data?.buffer;
}

function emptyRowError({ fn, heads, queries }: Problem, row: number): RangeError {
  const [b, h, i] = [
    Math.floor(row / (heads * queries)),
    Math.floor(row / queries) % heads,
    row % queries,
  ];
  return rangeError({
    fn,
    argument: "options.emptyRow",
    expected: `a key for every query, as emptyRow: "throw" asks`,
    got: `none for query ${i} of head ${h} in batch entry ${b}`,
  });
}
