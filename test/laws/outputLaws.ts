import type { FloatArray } from "../../src/tensor/types.js";
import type { Problem } from "../helpers/problem.js";
import { sizesOf } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import { closeOutputs, rowBound, sumsBound, underflow, unit, valueRange } from "./bounds.js";
import type { Law } from "./law.js";
import { outputOf, within } from "./law.js";
import * as rewrite from "./rewrite.js";

const outputInRange: Law = {
  name: "output lies in the range of the allowed values",
  kind: "bound",
  formula:
    "min v − ε ≤ output ≤ max v + ε, ε = (min(S, 64) + 4⌈S/64⌉ + 14)·2⁻²⁴·max|v| (float64: 2⁻⁵³); " +
    "with sinks the range includes 0",
  // The bound has to grow with S: 64 equal keys with the value 0.1 in float32, whose running sum is
  // rounded the same way again and again, are already 10 units off.
  check(library, problem) {
    const { B, H, L, S, E } = sizesOf(problem);
    const output = outputOf(library, problem).data;
    const { low, high, largest } = valueRange(problem);
    const bound = sumsBound(S) * unit(problem);
    for (let at = 0; at < B * H * L * E; at++) {
      if (low[at] === Infinity) continue;
      const least = problem.sinks ? Math.min(low[at], 0) : low[at];
      const most = problem.sinks ? Math.max(high[at], 0) : high[at];
      const slack = bound * largest[at] + underflow(problem, S);
      if (!(output[at] >= least - slack && output[at] <= most + slack)) {
        throw new Error(`output ${at} is ${output[at]}, outside [${least}, ${most}] ± ${slack}`);
      }
    }
  },
};

const keyPermutation: Law = {
  name: "permuting keys and values together changes nothing",
  kind: "bound",
  formula:
    "|attention(q, P·k, P·v; mask·Pᵀ) − attention(q, k, v; mask)| ≤ " +
    "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  check(library, original) {
    const problem = rewrite.withDenseMask(rewrite.withZeroEmptyRows(original));
    const { S } = sizesOf(problem);
    const order = new Random(problem.seed).permutation(S);
    const permuted = outputOf(library, rewrite.takeKeys(problem, order));
    closeOutputs(
      "permuted keys",
      problem,
      permuted,
      outputOf(library, problem).data,
      2 * rowBound(S),
    );
    return S > 1;
  },
};

const maskingEqualsDeleting: Law = {
  name: "masking a key = deleting it",
  kind: "bound",
  formula:
    "|attention(…; block j) − attention(… without j)| ≤ " +
    "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  check(library, original) {
    const dense = rewrite.withDenseMask(rewrite.withZeroEmptyRows(original));
    const { S } = sizesOf(dense);
    if (S === 0) return false;
    const random = new Random(dense.seed);
    const gone = new Set([random.integer(0, S - 1), random.integer(0, S - 1)]);
    const allow = dense.allow!.data.map((sees, pair) => (gone.has(pair % S) ? 0 : sees));
    const masked = { ...dense, allow: { ...dense.allow!, data: allow } };
    const rest = Array.from({ length: S }, (_, j) => j).filter((j) => !gone.has(j));
    const deleted = outputOf(library, rewrite.takeKeys(dense, rest));
    closeOutputs("deleted keys", masked, deleted, outputOf(library, masked).data, 2 * rowBound(S));
    return true;
  },
};

const linearInValue: Law = {
  name: "linear in the values",
  kind: "bound",
  formula:
    "|attention(q, k, αv₁ + βv₂) − α·attention(q, k, v₁) − β·attention(q, k, v₂)| ≤ " +
    "2·(min(S, 64) + 4⌈S/64⌉ + 16)·2⁻²⁴·(|α|·max|v₁| + |β|·max|v₂|) (float64: 2⁻⁵³)",
  // The powers are the same three times, so that only sums and the combination itself round.
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(original);
    const { S } = sizesOf(problem);
    const random = new Random(problem.seed);
    const [alpha, beta] = [random.pick([2, -1, 0.3, 40]), random.pick([1, -0.7, 3, 1e-3])];
    const other = problem.value.data.map(() => random.normal()) as FloatArray;
    const round = problem.dtype === "float32" ? Math.fround : (x: number): number => x;
    const mixed = problem.value.data.map((x, at) =>
      round(round(alpha * x) + round(beta * other[at])),
    ) as FloatArray;
    const withValue = (data: FloatArray): Problem => ({
      ...problem,
      value: { data, shape: problem.value.shape },
    });
    const first = outputOf(library, problem).data;
    const second = outputOf(library, withValue(other)).data;
    const both = outputOf(library, withValue(mixed)).data;
    const one = valueRange(problem).largest;
    const two = valueRange(withValue(other)).largest;
    both.forEach((value, at) => {
      const size = Math.abs(alpha) * one[at] + Math.abs(beta) * two[at];
      const tolerance = 2 * (sumsBound(S) + 2) * unit(problem) * size + 50 * underflow(problem, S);
      within(`output ${at}`, value, alpha * first[at] + beta * second[at], tolerance);
    });
  },
};

export const outputLaws: readonly Law[] = [
  outputInRange,
  keyPermutation,
  maskingEqualsDeleting,
  linearInValue,
];
