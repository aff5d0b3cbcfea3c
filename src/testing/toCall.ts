import { freshTensor, type FloatArray, type Tensor } from "../tensor/index.js";
import type { Problem } from "./problem.js";
import type { CallOptions, Supported } from "./types.js";

/** What a law needs in addition to the output. */
export interface Ask {
  readonly weights?: boolean | undefined;
  readonly lse?: boolean | undefined;
  /** That the three tensors are not written to. */
  readonly unchanged?: boolean | undefined;
}

/** The arguments of one call. */
export interface Call {
  /** `[..., H, L, D]`. */
  readonly query: Tensor<FloatArray>;
  /** `[..., Hkv, S, D]`. */
  readonly key: Tensor<FloatArray>;
  /** `[..., Hkv, S, E]`. */
  readonly value: Tensor<FloatArray>;
  /** What the law asks for. */
  readonly options: CallOptions;
}

/** Writes a problem in the conventions of a function; every tensor has memory of its own. */
export function toCall(problem: Problem, supported: Supported, ask: Ask = {}): Call {
  const { H, Hkv, L, S, D, E, scale, softcap, causal, window, keyLengths, bias, sinks } = problem;
  const options: CallOptions = {};
  if (problem.mask) Object.assign(options, maskOf(problem, problem.mask, supported));
  if (bias) options.bias = pairTensor(problem, bias, supported);
  if (causal) options.causal = isSquare(supported) ? true : causal;
  if (window) options.window = { ...window };
  if (keyLengths) options.keyLengths = [...keyLengths];
  if (scale !== undefined) options.scale = scale;
  if (softcap !== undefined) options.softcap = softcap;
  if (sinks) options.sinks = freshTensor(sinks.slice(), [H]);
  if (H !== Hkv) options.grouped = true;
  if (ask.weights) options.weights = true;
  if (ask.lse) options.lse = true;
  return {
    query: freshTensor(problem.query.slice(), shapeOf(problem, supported, H, L, D)),
    key: freshTensor(problem.key.slice(), shapeOf(problem, supported, Hkv, S, D)),
    value: freshTensor(problem.value.slice(), shapeOf(problem, supported, Hkv, S, E)),
    options,
  };
}

/** The axes that the function has: `[B, heads, …rest]`, with or without the first two. */
export function shapeOf(
  { B }: Problem,
  { batch, heads }: Supported,
  count: number,
  ...rest: readonly number[]
): number[] {
  return [...(batch ? [B] : []), ...(heads ? [count] : []), ...rest];
}

const isSquare = ({ causal }: Supported): boolean => causal === "square" || causal === true;

function maskOf(problem: Problem, mask: Uint8Array, supported: Supported): CallOptions {
  if (supported.mask === "additive") {
    const added = problem.query.slice(0, 0).constructor as Float32ArrayConstructor;
    const numbers = added.from(mask, (sees) => (sees ? 0 : -Infinity));
    return { additiveMask: pairTensor<FloatArray>(problem, numbers, supported) };
  }
  const bits = supported.mask === "block" ? mask.map((sees) => 1 - sees) : mask;
  return { mask: pairTensor(problem, bits, supported) };
}

/** `[B, H, L, S]` as the function has its axes, or `[L, S]` if all of them are the same. */
function pairTensor<A extends FloatArray | Uint8Array>(
  problem: Problem,
  pairs: A,
  supported: Supported,
): Tensor<A> {
  const { H, L, S } = problem;
  if (supported.perHead)
    return freshTensor(pairs.slice() as A, shapeOf(problem, supported, H, L, S));
  return freshTensor(pairs.slice(0, L * S) as A, [L, S]);
}
