import type { FloatArray } from "../../src/tensor/types.js";
import { visibility } from "../helpers/oracle.js";
import type { Problem } from "../helpers/problem.js";
import { headFirst, keyMatrixOf, pairShape, sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { Dense } from "../helpers/tensors.js";
import { denseOf, viewOf } from "../helpers/tensors.js";
import type { AttentionLike, Law } from "./law.js";
import { onlyCanonicalNaN, outputOf, resultsOf, sameBits, sameResults } from "./law.js";
import { pickRows } from "./pickRows.js";
import * as rewrite from "./rewrite.js";

const oneKeyGivesItsValue: Law = {
  name: "one allowed key gives that value",
  kind: "bits",
  formula: "output = v[j] + 0 (−0 becomes +0, NaN the canonical one), whatever the finite score",
  check(library, original) {
    const sizes = sizesOf(original);
    const { B, H, L, S, D, E } = sizes;
    if (S === 0) return false;
    const random = new Random(original.seed);
    const rows = B * H * L;
    const chosen = Array.from({ length: rows }, () => random.integer(0, S - 1));
    const allow = new Uint8Array(rows * S);
    chosen.forEach((j, row) => (allow[row * S + j] = 1));
    const problem: Problem = {
      ...rewrite.withZeroEmptyRows(rewrite.withoutSinks(rewrite.withoutMasks(original))),
      allow: { data: allow, shape: pairShape(original) },
    };
    const { query, key, value } = problem;
    const output = outputOf(library, problem);
    onlyCanonicalNaN("one allowed key", output);
    const expected = output.data.slice();
    chosen.forEach((j, row) => {
      const at = keyMatrixOf(sizes, row) * S + j;
      const finite =
        query.data.subarray(row * D, (row + 1) * D).every(Number.isFinite) &&
        key.data.subarray(at * D, (at + 1) * D).every(Number.isFinite);
      // An infinite or NaN score has rules of its own.
      for (let e = 0; finite && e < E; e++) expected[row * E + e] = value.data[at * E + e] + 0;
    });
    sameBits("one allowed key", output, canonical({ data: expected, shape: output.shape }));
    return true;
  },
};

/** Every NaN as the bits 0x7fc00000 or 0x7ff8000000000000, also where an engine stores others. */
function canonical(tensor: Dense<FloatArray>): Dense<FloatArray> {
  const view = new DataView(tensor.data.buffer);
  tensor.data.forEach((value, i) => {
    if (!Number.isNaN(value)) return;
    if (tensor.data.BYTES_PER_ELEMENT === 4) view.setUint32(i * 4, 0x7fc00000, true);
    else view.setBigUint64(i * 8, 0x7ff8000000000000n, true);
  });
  return tensor;
}

const softmaxOfMasked: Law = {
  name: "softmax(masked) = weights",
  kind: "bits",
  formula: "softmax(masked) = weights, logSumExp(masked) = lse, where the raw scores are finite",
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(rewrite.withoutSinks(original));
    const { B, H, L, S } = sizesOf(problem);
    const trace = library.attentionTrace(...toCall(problem));
    const visible = visibility(problem);
    const scores = denseOf(trace.scores).data;
    const finite = (row: number): boolean => {
      for (let pair = row * S; pair < (row + 1) * S; pair++) {
        if (visible[pair] && !Number.isFinite(scores[pair])) return false;
      }
      return true;
    };
    const rows = B * H * L;
    const masked = viewOf(denseOf(trace.masked));
    const compare = (what: string, a: TensorLike, b: TensorLike): void =>
      sameBits(what, pickRows(denseOf(a), finite, rows), pickRows(denseOf(b), finite, rows));
    compare("softmax(masked)", library.softmax(masked), trace.weights);
    compare("logSumExp(masked)", library.logSumExp(masked), trace.lse);
  },
};

type TensorLike = ReturnType<AttentionLike["softmax"]>;

const rulesEqualDenseMask: Law = {
  name: "rules = their dense mask",
  kind: "bits",
  formula: "causal, window, lengths, segments, block = one dense allow of the pairs they leave",
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(original);
    // A padded query is no masked row: it has no sink either.
    const { queryLengths } = problem;
    const dense = { ...rewrite.withDenseMask(problem), ...(queryLengths ? { queryLengths } : {}) };
    sameResults("rules", resultsOf(library, problem), resultsOf(library, dense));
  },
};

const biasBlocks: Law = {
  name: "bias −Infinity = block",
  kind: "bits",
  formula: "attention(…; bias = −Infinity at a pair) = attention(…; block at that pair)",
  check(library, problem) {
    if (!problem.bias?.data.includes(-Infinity)) return false;
    const blocked = outputOf(library, rewrite.withBiasBlocks(problem));
    sameBits("bias −Infinity", outputOf(library, problem), blocked);
    return true;
  },
};

const canonicalNaN: Law = {
  name: "every NaN is the canonical one",
  kind: "bits",
  formula: "NaN leaves as 0x7fc00000 or 0x7ff8000000000000",
  check(library, problem) {
    const trace = library.attentionTrace(...toCall(problem));
    for (const [stage, tensor] of Object.entries(trace)) onlyCanonicalNaN(stage, denseOf(tensor));
    onlyCanonicalNaN(
      "attention",
      headFirst(problem, denseOf(library.attention(...toCall(problem)))),
    );
  },
};

export const ruleLaws: readonly Law[] = [
  oneKeyGivesItsValue,
  softmaxOfMasked,
  rulesEqualDenseMask,
  biasBlocks,
  canonicalNaN,
];
