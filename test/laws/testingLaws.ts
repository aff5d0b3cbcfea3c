import fc from "fast-check";
import { librarySupports } from "../../src/cli/selftest/library.js";
import { ask } from "../../src/testing/ask.js";
import { drawProblem } from "../../src/testing/draw.js";
import type { Expected } from "../../src/testing/expectedOf.js";
import type { Feature, Law } from "../../src/testing/law.js";
import { allLaws } from "../../src/testing/laws/laws.js";
import { Probe } from "../../src/testing/probe.js";
import { visiblePairs, type Problem } from "../../src/testing/problem.js";
import { readSupports } from "../../src/testing/readSupports.js";
import { plainAttention } from "../../src/testing/reference.js";
import type { AttentionFunction } from "../../src/testing/types.js";
import type { FloatArray } from "../../src/tensor/types.js";
import { Random } from "../helpers/random.js";
import { largestValues, rowBound, scoreSizes, sumsBound, underflow, unit } from "./bounds.js";
import type { AttentionLike, RandomLaw } from "./law.js";
import type { Recipe } from "./problems.js";
import { lengths, numberKinds, numbersOf, sizes } from "./problems.js";

// Laws of qkv/testing: to the bit, or with the bounds of the library's own order of operations. Those of a certificate
// hold for any order, and are wider.

const supported = readSupports("testingLaws", librarySupports);

type SizeRecipe = Pick<
  Recipe,
  "dtype" | "seed" | "queries" | "keys" | "headSize" | "valueSize" | "numbers"
>;

/** The law of that id, with its formula for the library, and what its problems hold in addition. */
function asked(
  id: string,
  kind: RandomLaw["kind"],
  formula: string,
  features: readonly Feature[] = [],
): RandomLaw<SizeRecipe> {
  const known = allLaws.find((candidate) => candidate.id === id)!;
  const law: Law = { ...known, with: [...(known.with ?? []), ...features] };
  const wild = kind === "bits" ? (["wild", "wild"] as const) : [];
  return {
    ...{ name: law.name, kind, formula },
    recipes: (dtype) =>
      fc.record<SizeRecipe>({
        dtype: fc.constant(dtype),
        seed: fc.nat(0xffffff),
        queries: fc.constantFrom(...lengths),
        keys: fc.constantFrom(...lengths),
        headSize: fc.constantFrom(...sizes),
        valueSize: fc.constantFrom(...sizes),
        numbers: fc.constantFrom(...numberKinds, ...wild),
      }),
    check(library, recipe) {
      const fn = functionOf(library);
      const probe = new Probe(
        supported,
        (problem, wanted, name) => ask(fn, supported, Infinity, problem, wanted, name),
        expectedOf,
      );
      return law.check(probe, draw(law, recipe));
    },
  };
}

/** A problem of `checkAttention`, in the sizes and numbers of this suite, with rows that see nothing. */
function draw(law: Law, recipe: SizeRecipe): Problem {
  const { dtype, seed } = recipe;
  // A draw has no axis of length 0.
  const [S, D, E] = [recipe.keys, recipe.headSize, recipe.valueSize].map((n) => Math.max(n, 1));
  let L = Math.max(recipe.queries, 1);
  while (L * S * (D + E) > 400_000 && L > 1) L = Math.ceil(L / 2);
  // The last of twelve cases is a large one, and has one head and one batch entry.
  const large = Math.max(L, S) ** 2 * (D + E) > 20_000;
  const drawn = drawProblem(
    { ...law, sizes: () => ({ L, S, D, E }) },
    { ...supported, dtypes: [dtype] },
    seed,
    large ? 11 : 9,
    12,
  );
  const random = new Random(seed);
  const numbers = ({ length }: FloatArray): FloatArray => numbersOf(recipe, length, random);
  const blocked = random.pick([0.3, 0.9, 0.02, 0, 1]);
  const { query, key, value, bias, mask } = drawn;
  return {
    ...drawn,
    ...{ query: numbers(query), key: numbers(key), value: numbers(value) },
    ...(bias ? { bias: numbers(bias).map((x) => (random.chance(0.1) ? -Infinity : x)) } : {}),
    ...(mask ? { mask: mask.map(() => (random.chance(blocked) ? 0 : 1)) } : {}),
  };
}

function functionOf(library: AttentionLike): AttentionFunction {
  return (query, key, value, { mask, additiveMask: _, weights, lse: __, ...rest }) => {
    const options = { ...rest, ...(mask ? { allow: mask } : {}) };
    if (weights) return library.attentionWithWeights(query, key, value, options);
    return library.attention(query, key, value, options);
  };
}

/** What is exact, and how far off the library's own order of operations may be; see bounds.ts. */
function expectedOf(problem: Problem): Expected {
  const { S, D, dtype, sinks, query, key, bias, scale = supported.defaultScale(D) } = problem;
  const plain = plainAttention(problem, supported.defaultScale);
  const u = unit(dtype);
  const largest = largestValues(problem, visiblePairs(problem), problem.value);
  const of = (factor: number): Float64Array =>
    largest.map((size) => factor * u * size + underflow(dtype, S));
  const zeros = (data: FloatArray): Float64Array => new Float64Array(data.length);
  const biasAt = (row: number, j: number): number => bias?.[row * S + j] ?? 0;
  const scored = scoreSizes(problem, scale, query, key, biasAt, sinks);
  const bounds = {
    output: of(rowBound(S)),
    mean: of(sumsBound(S)),
    range: of(sumsBound(S)),
    sums: plain.lse.map((lse, row) => {
      return (S + 8 + (sinks ? 4 * (1 + Math.abs(lse)) + (D + 6) * scored[row] : 0)) * u;
    }),
    // No law below asks for them.
    weights: zeros(plain.weights),
    lse: zeros(plain.lse),
  };
  return { ...plain, bounds, own: { ...bounds, output: zeros(plain.output) } };
}

/** To the last bit. */
export const testingBits: readonly RandomLaw<SizeRecipe>[] = [
  asked("query-order", "bits", "attention(P·q, k, v; P·mask) = P·attention(q, k, v; mask)"),
  // Large problems have one head otherwise.
  asked("heads", "bits", "attention(q[h], k[h′], v[h′]) = attention(q, k, v)[h]", ["grouped"]),
  asked(
    "grouped",
    "bits",
    "attention(q, k, v; grouped)[h] = attention(q, repeat(k), repeat(v))[h], h reads ⌊h·Hkv/H⌋",
  ),
  asked("one-key", "bits", "output = v[j] + 0 (−0 becomes +0), whatever the finite score"),
  asked(
    "bias-blocks",
    "bits",
    "attention(…; bias = −Infinity at a pair) = attention(…; that pair blocked)",
  ),
];

/** Within a bound. */
export const testingBounds: readonly RandomLaw<SizeRecipe>[] = [
  // One tile: the weights are the summed powers over their sum, 7 roundings and the division. More
  // tiles: 2·ln S + 6T + 19 by bounds.ts, which S + 8 exceeds from S = 65 on.
  asked(
    "weight-sums",
    "bound",
    "|Σw − 1| ≤ (S + 8)·2⁻²⁴ (float64: 2⁻⁵³); exactly 0 in an empty row; with sinks 1 is less the " +
      "sink's share exp(sink − lse), to 4·(1 + |lse|) + (D + 6)·M units more, M = max(Σ|q·k|·|scale| + |bias|)",
  ),
  // exp(x) ≤ 1 for x ≤ 0, and the tile of the maximum alone brings a sum of at least 1.
  asked("weight-range", "bound", "0 ≤ w ≤ 1, exactly; w = +0 where blocked"),
  // The bound has to grow with S: 64 equal keys with the value 0.1 in float32, whose running sum is
  // rounded the same way again and again, are already 10 units off.
  asked(
    "range",
    "bound",
    "min v − ε ≤ output ≤ max v + ε, ε = (min(S, 64) + 4⌈S/64⌉ + 14)·2⁻²⁴·max|v| (float64: 2⁻⁵³); " +
      "with sinks the range includes 0",
  ),
  asked(
    "key-order",
    "bound",
    "|attention(q, P·k, P·v; mask·Pᵀ) − attention(q, k, v; mask)| ≤ " +
      "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  ),
  asked(
    "deletion",
    "bound",
    "|attention(…; block j) − attention(… without j)| ≤ " +
      "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  ),
  // The powers are the same three times, so that only sums and the combination itself round.
  asked(
    "linear",
    "bound",
    "|attention(q, k, αv₁ + βv₂) − α·attention(q, k, v₁) − β·attention(q, k, v₂)| ≤ " +
      "(min(S, 64) + 4⌈S/64⌉ + 14)·2⁻²⁴·(max|αv₁ + βv₂| + |α|·max|v₁| + |β|·max|v₂|) and " +
      "6·2⁻²⁴·(|α|·max|v₁| + |β|·max|v₂|) over all values (float64: 2⁻⁵³)",
  ),
  asked(
    "accuracy",
    "bound",
    "float32: error against float64 ≤ 2 × the error of a plain sequential float32 attention + " +
      "2⁻²²·(1 + max|score|)·max|v|, for values that are not all the same",
  ),
];
