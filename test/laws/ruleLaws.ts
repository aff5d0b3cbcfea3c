import { scaleOf, visibility } from "../helpers/oracle.js";
import { headFirst, keyMatrixOf, sizesOf, toCall } from "../helpers/problem.js";
import { denseOf, viewOf } from "../helpers/tensors.js";
import type { AttentionLike, Law } from "./law.js";
import { onlyCanonicalNaN, resultsOf, sameBits, sameResults } from "./law.js";
import { pickRows } from "./pickRows.js";
import * as rewrite from "./rewrite.js";

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

export const ruleLaws: readonly Law[] = [softmaxOfMasked, rulesEqualDenseMask, canonicalNaN];
