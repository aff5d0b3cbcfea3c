import { allLaws } from "../../src/testing/laws/laws.js";
import { Probe } from "../../src/testing/probe.js";
import type { Problem as PublicProblem } from "../../src/testing/problem.js";
import { readSupports } from "../../src/testing/readSupports.js";
import { plainAttention } from "../../src/testing/reference.js";
import type { FloatArray } from "../../src/tensor/types.js";
import { scaleOf, visibility } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { sizesOf } from "../helpers/problem.js";
import { readPairs } from "../helpers/readPairs.js";
import { rowBound, sumsBound, underflow, unit, valueRange } from "./bounds.js";
import type { AttentionLike, Law } from "./law.js";
import { lseOf, outputOf, weightsOf } from "./law.js";

// A law of qkv/testing, asked of the library in the problems of this suite: any sizes and numbers, views of any
// strides, rules for masks; and with the bounds of the library's own order of operations. That a rule is the
// dense mask of the pairs it leaves is a law of its own, to the bit.

const supported = readSupports("shared", {
  ...{ batch: true, heads: true, grouped: true, mask: "allow", perHead: true },
  ...{ scale: true, softcap: true, bias: true, sinks: true, weights: true, lse: true },
  ...{ dtype: ["float32", "float64"], emptyRow: "zero", garbage: true, exact: true },
});

/** The law of that id, with its kind and formula for the library. */
export function shared(id: string, kind: Law["kind"], formula: string): Law {
  const law = allLaws.find((candidate) => candidate.id === id)!;
  return {
    name: law.name,
    kind,
    formula,
    check(library, original) {
      const problem = { ...densify(original) };
      for (const feature of law.without ?? []) delete problem[feature as "bias"];
      if (law.with?.includes("bias") && !problem.bias) return false;
      return law.check(probeOf(library, original), problem);
    },
  };
}

/** Flat arrays, and one dense mask for everything that hides a pair. */
function densify(problem: Problem): PublicProblem {
  const { query, key, value, dtype, seed, scale, softcap, sinks } = problem;
  const sizes = sizesOf(problem);
  const { B, H, L, S } = sizes;
  const biasAt = readPairs(problem, problem.bias, 0);
  const bias = problem.bias && problem.bias.data.slice(0, 0);
  const all = bias && new (bias.constructor as Float32ArrayConstructor)(B * H * L * S);
  return {
    ...sizes,
    ...{ dtype, seed, query: query.data, key: key.data, value: value.data },
    mask: visibility(problem),
    ...(all
      ? {
          bias: all.map((_, at) =>
            biasAt(
              Math.floor(at / (H * L * S)),
              Math.floor(at / (L * S)) % H,
              Math.floor(at / S) % L,
              at % S,
            ),
          ),
        }
      : {}),
    ...(scale === undefined ? {} : { scale }),
    ...(softcap === undefined ? {} : { softcap }),
    ...(sinks ? { sinks } : {}),
  };
}

function probeOf(library: AttentionLike, original: Problem): Probe {
  const { batch, headAxis, style } = original;
  /** The same problem for the helpers of this suite, in the layout of the original one. */
  const toProblem = (problem: PublicProblem): Problem => {
    const { H, Hkv, L, S, D, E, dtype, mask, bias, scale, softcap, sinks } = problem;
    const axes = (heads: number): number[] => [...batch, ...(headAxis ? [heads] : [])];
    const pairs = [...axes(H), L, S];
    return {
      ...{ dtype, seed: 0, headAxis, batch, emptyRow: "zero", style },
      query: { data: problem.query, shape: [...axes(H), L, D] },
      key: { data: problem.key, shape: [...axes(Hkv), S, D] },
      value: { data: problem.value, shape: [...axes(Hkv), S, E] },
      ...(mask ? { allow: { data: mask, shape: pairs } } : {}),
      ...(bias ? { bias: { data: bias, shape: pairs } } : {}),
      ...(scale === undefined ? {} : { scale }),
      ...(softcap === undefined ? {} : { softcap }),
      ...(sinks ? { sinks } : {}),
    };
  };
  return new Probe(
    supported,
    (problem, ask, name) => {
      const asked = toProblem(problem);
      return Promise.resolve({
        name,
        output: outputOf(library, asked).data,
        ...(ask.weights ? { weights: weightsOf(library, asked).data } : {}),
        ...(ask.lse ? { lse: lseOf(library, asked).data } : {}),
      });
    },
    (problem) => expectedOf(problem, toProblem(problem)),
  );
}

/** What is exact, and how far off the library's own order of operations may be; see bounds.ts. */
function expectedOf(problem: PublicProblem, asked: Problem): ReturnType<Probe["expected"]> {
  const { S } = problem;
  const plain = plainAttention(problem, () => scaleOf(asked));
  const u = unit(asked);
  const { largest } = valueRange(asked);
  const of = (factor: number): Float64Array =>
    largest.map((size) => factor * u * size + underflow(asked, S));
  const zeros = (data: FloatArray): Float64Array => new Float64Array(data.length);
  const bounds = {
    output: of(rowBound(S)),
    mean: of(sumsBound(S)),
    range: of(sumsBound(S)),
    sums: plain.lse.map((lse) => (S + 8 + (problem.sinks ? 4 * (1 + Math.abs(lse)) : 0)) * u),
    // To the bit, where they are asked.
    weights: zeros(plain.weights),
    lse: zeros(plain.lse),
  };
  return { ...plain, bounds, own: { ...bounds, output: zeros(plain.output) } };
}
