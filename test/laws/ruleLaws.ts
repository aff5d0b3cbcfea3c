import { scaleOf, visibility } from "../helpers/oracle.js";
import { headFirst, keyMatrixOf, sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { denseOf, newArray, viewOf } from "../helpers/tensors.js";
import type { AttentionLike, Law } from "./law.js";
import { onlyCanonicalNaN, outputOf, resultsOf, sameBits, sameResults } from "./law.js";
import { pickRows } from "./pickRows.js";
import * as rewrite from "./rewrite.js";

const oneKey: Law = {
  name: "one allowed key gives that value",
  kind: "bits",
  formula: "output = v[j] + 0 (−0 becomes +0), whatever the finite score",
  check(library, original) {
    const problem = rewrite.withoutBias(rewrite.withoutSinks(original));
    const sizes = sizesOf(problem);
    const { S, D, E } = sizes;
    if (S === 0) return false;
    const { query, key, value } = problem;
    const rows = sizes.B * sizes.H * sizes.L;
    const random = new Random(problem.seed);
    const allow = new Uint8Array(rows * S);
    const expected = newArray(value.data, rows * E);
    const finite: boolean[] = [];
    for (let row = 0; row < rows; row++) {
      const j = random.integer(0, S - 1);
      const at = keyMatrixOf(sizes, row) * S + j;
      allow[row * S + j] = 1;
      value.data.subarray(at * E, (at + 1) * E).forEach((v, e) => {
        expected[row * E + e] = Number.isNaN(v) ? NaN : v + 0;
      });
      // An infinite or NaN score has rules of its own.
      finite[row] =
        query.data.subarray(row * D, (row + 1) * D).every(Number.isFinite) &&
        key.data.subarray(at * D, (at + 1) * D).every(Number.isFinite);
    }
    const output = outputOf(library, rewrite.withMask(problem, allow));
    const pick = (tensor: typeof output): typeof output =>
      pickRows(tensor, (row) => finite[row], rows);
    sameBits("one key", pick(output), pick({ data: expected, shape: [rows, E] }));
    return true;
  },
};

const softmaxOfMasked: Law = {
  name: "softmax(masked) = weights",
  kind: "bits",
  formula:
    "softmax(masked) = weights, logSumExp(masked) = lse, where no partial sum of a raw score overflows",
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(rewrite.withoutSinks(original));
    const sizes = sizesOf(problem);
    const { B, H, L, S, D } = sizes;
    const trace = library.attentionTrace(...toCall(problem));
    const visible = visibility(problem);
    const scale = Math.abs(scaleOf(problem));
    const largest = problem.dtype === "float32" ? 3.4e38 : 1.79e308;
    // A row that overflows has scores in float64, and shows them rounded.
    const finite = (row: number): boolean => {
      const query = problem.query.data.subarray(row * D, (row + 1) * D);
      for (let j = 0; j < S; j++) {
        if (!visible[row * S + j]) continue;
        const at = (keyMatrixOf(sizes, row) * S + j) * D;
        let sum = 0;
        query.forEach((q, d) => (sum += Math.abs(q * scale * problem.key.data[at + d])));
        if (!(sum < largest)) return false;
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
  name: "bias −Infinity = a blocked pair",
  kind: "bits",
  formula: "attention(…; bias = −Infinity at a pair) = attention(…; that pair blocked)",
  check(library, original) {
    if (!original.bias) return false;
    const problem = rewrite.withZeroEmptyRows(original);
    const [blocked, biased] = [rewrite.withDenseMask(problem), rewrite.withDenseBias(problem)];
    sameResults("−Infinity in the bias", resultsOf(library, biased), resultsOf(library, blocked));
    return blocked.allow!.data.includes(0);
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
  oneKey,
  softmaxOfMasked,
  rulesEqualDenseMask,
  biasBlocks,
  canonicalNaN,
];
