import { certify, largestOf, precisionOf, type Bounds, type Stages } from "./certify.js";
import type { Problem } from "./problem.js";
import { plainAttention, type PlainResult, type Variant } from "./reference.js";
import type { Supported } from "./types.js";

/** The exact result of a problem in float64, and how far a function may be off it. */
export interface Expected extends PlainResult {
  /** What a function in the problem's precision may be off. */
  readonly bounds: Bounds;
  /** What float64 itself may be off: added where a result is compared with this one. */
  readonly own: Bounds;
}

/** Solves a problem, or what a mistake would make of it, and certifies the result. */
export function expectedOf(
  problem: Problem,
  supported: Supported,
  variant: Variant = {},
): Expected {
  const { defaultScale, unit } = supported;
  const plain = plainAttention(problem, defaultScale, "float64", variant);
  const scale = variant.scale ?? problem.scale ?? defaultScale(problem.D);
  const stages = stagesOf(problem, plain, scale);
  let own: Bounds | undefined;
  return {
    ...plain,
    bounds: certify(stages, precisionOf(problem.dtype, unit), { byLse: true }),
    get own() {
      return (own ??= certify(stages, precisionOf("float64")));
    },
  };
}

function stagesOf(problem: Problem, plain: PlainResult, scale: number): Stages {
  const { B, H, Hkv, L, S, D, E, query, key, value, softcap, sinks, bias } = problem;
  const [absQuery, absKey] = [query, key].map((data) => Float64Array.from(data, Math.abs));
  const sizes = { B, H, Hkv, L, S, D, E };
  const { dtype, seed } = problem;
  const absolute = { ...sizes, dtype, seed, query: absQuery, key: absKey, value, scale: 1 };
  return {
    ...sizes,
    ...plain,
    products: plainAttention(absolute, () => 1).scores,
    value,
    scale,
    softcap,
    biased: bias !== undefined,
    sinks,
    operands: largestOf(query) + largestOf(key),
  };
}
