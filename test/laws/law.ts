import type fc from "fast-check";
import type * as qkv from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import { firstDifferentBits, firstOddNaN, showBits } from "../helpers/bits.js";
import type { Problem } from "../helpers/problem.js";
import { headFirst, toCall } from "../helpers/problem.js";
import type { Dense, DType } from "../helpers/tensors.js";
import { denseOf } from "../helpers/tensors.js";

type Floats = TensorView<FloatArray>;
type Options = qkv.AttentionOptions<FloatArray>;
type Attend<Result> = (query: Floats, key: Floats, value: Floats, options?: Options) => Result;

/** What a law needs of a library: the functions under test, in the shapes of this one. */
export interface AttentionLike {
  attention: Attend<Floats>;
  attentionWithWeights: Attend<{ output: Floats; weights: Floats }>;
  attentionWithLse: Attend<{ output: Floats; lse: Floats }>;
  attentionTrace: Attend<
    Record<"scores" | "capped" | "biased" | "masked" | "weights" | "output" | "lse", Floats>
  >;
  mergeAttention: (
    parts: readonly { output: Floats; lse: Floats }[],
    options?: { sinks?: Floats },
  ) => { output: Floats; lse: Floats };
  softmax: (x: Floats) => Floats;
  logSumExp: (x: Floats) => Floats;
}

export interface Law {
  readonly name: string;
  /** `bits`: equal to the last bit. `bound`: within the formula. */
  readonly kind: "bits" | "bound";
  readonly formula: string;
  /** Throws where the law is broken. Returns false where the problem says nothing about the law. */
  readonly check: (
    library: AttentionLike,
    problem: Problem,
  ) => boolean | void | Promise<boolean | void>;
}

/** A law, and random problems to ask about. */
export interface RandomLaw<Recipe = unknown> extends Pick<Law, "name" | "kind" | "formula"> {
  /** Problems in a few small numbers, which shrink to something a person can read. */
  recipes(dtype: DType): fc.Arbitrary<Recipe>;
  /** As `Law.check`, for the problem of a recipe. */
  check(library: AttentionLike, recipe: Recipe): Promise<boolean | void>;
}

/** The output, `[...,H,L,E]` whatever the layout. */
export function outputOf(library: AttentionLike, problem: Problem): Dense<FloatArray> {
  return headFirst(problem, denseOf(library.attention(...toCall(problem))));
}

export function weightsOf(library: AttentionLike, problem: Problem): Dense<FloatArray> {
  return denseOf(library.attentionWithWeights(...toCall(problem)).weights);
}

export function lseOf(library: AttentionLike, problem: Problem): Dense<FloatArray> {
  return denseOf(library.attentionWithLse(...toCall(problem)).lse);
}

/** Everything a caller may keep, in one layout. */
export function resultsOf(library: AttentionLike, problem: Problem) {
  return {
    output: outputOf(library, problem),
    weights: weightsOf(library, problem),
    lse: lseOf(library, problem),
  };
}

/** Throws unless all results of two problems have the same bits. */
export function sameResults(
  what: string,
  got: ReturnType<typeof resultsOf>,
  expected: ReturnType<typeof resultsOf>,
): void {
  for (const name of ["output", "weights", "lse"] as const) {
    sameBits(`${what}, ${name}`, got[name], expected[name]);
  }
}

/** Throws unless both hold the same shape and the same bits. */
export function sameBits(what: string, got: Dense<FloatArray>, expected: Dense<FloatArray>): void {
  if (got.shape.join() !== expected.shape.join()) {
    throw new Error(`${what}: shape [${got.shape}], expected [${expected.shape}]`);
  }
  const at = firstDifferentBits(got.data, expected.data);
  if (at >= 0) {
    throw new Error(
      `${what}: element ${at} of [${got.shape}] is ${showBits(got.data, at)}, ` +
        `expected ${showBits(expected.data, at)}`,
    );
  }
}

export function onlyCanonicalNaN(what: string, got: Dense<FloatArray>): void {
  const at = firstOddNaN(got.data);
  if (at >= 0) throw new Error(`${what}: element ${at} is ${showBits(got.data, at)}`);
}

/** Throws unless `|got − expected| ≤ tolerance`; written so that NaN fails. */
export function within(what: string, got: number, expected: number, tolerance: number): void {
  if (!(Math.abs(got - expected) <= tolerance)) {
    const error = Math.abs(got - expected);
    throw new Error(`${what}: ${got}, expected ${expected} ± ${tolerance} (error ${error})`);
  }
}
