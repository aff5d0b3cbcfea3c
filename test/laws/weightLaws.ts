import type { FloatArray } from "../../src/tensor/types.js";
import { readPairs } from "../helpers/readPairs.js";
import type { Problem } from "../helpers/problem.js";
import { pairShape, sizesOf, toCall } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { Dense } from "../helpers/tensors.js";
import { denseOf, newArray, viewOf } from "../helpers/tensors.js";
import { lnOf, tiles, unit } from "./bounds.js";
import type { Law } from "./law.js";
import { weightsOf, within } from "./law.js";
import * as rewrite from "./rewrite.js";

const softmaxShift: Law = {
  name: "adding a constant to all scores of a row changes nothing",
  kind: "bound",
  formula:
    "|weights(scores + c) − weights(scores)| ≤ 2·(2·max(|s| + |bias| + |c|) + ln S + 6⌈S/64⌉ + 20)" +
    "·2⁻²⁴ (float64: 2⁻⁵³), for softmax and for attention with c in the bias",
  // The sums s + bias + c are rounded up to twice, each at most u·max(|s| + |bias| + |c|) off, which
  // changes a weight by twice that relatively; w·x ≤ 1/e bounds the part with x_j.
  check(library, original) {
    const problem = rewrite.withZeroEmptyRows(rewrite.withoutSinks(original));
    const { B, H, L, S } = sizesOf(problem);
    const random = new Random(problem.seed);
    const c = Math.fround(random.pick([1, -1]) * random.pick([0.1, 7.3, 100, 1000]));
    const trace = library.attentionTrace(...toCall(problem));
    const weights = denseOf(trace.weights).data;
    const masked = denseOf(trace.masked);
    const scores = denseOf(trace.capped).data;
    const bias = addToBias(problem, c);
    const shifted = { ...problem, bias };
    const moved = weightsOf(library, shifted).data;
    const raised = { ...masked, data: masked.data.map((x) => x + c) as FloatArray };
    const softmaxed = denseOf(library.softmax(viewOf(raised))).data;
    const readBias = readPairs(problem, problem.bias, 0);
    for (let row = 0; row < B * H * L; row++) {
      const [b, h, i] = [Math.floor(row / (H * L)), Math.floor(row / L) % H, row % L];
      let size = 0;
      for (let j = 0; j < S; j++) {
        if (masked.data[row * S + j] === -Infinity) continue;
        size = Math.max(size, Math.abs(scores[row * S + j]) + Math.abs(readBias(b, h, i, j)));
      }
      const tolerance =
        2 * (2 * (size + Math.abs(c)) + lnOf(S) + 6 * tiles(S) + 20) * unit(problem.dtype);
      for (let pair = row * S; pair < (row + 1) * S; pair++) {
        within(`weight ${pair} with ${c} in the bias`, moved[pair], weights[pair], tolerance);
        within(`softmax(masked + ${c}) ${pair}`, softmaxed[pair], weights[pair], tolerance);
      }
    }
  },
};

/** The bias plus a constant; without a bias, the constant alone in the shape of the pairs. */
function addToBias(problem: Problem, c: number): Dense<FloatArray> {
  const { bias } = problem;
  if (bias) return { data: bias.data.map((x) => x + c) as FloatArray, shape: bias.shape };
  const shape = pairShape(problem).map(() => 1);
  return { data: newArray(problem.query.data, 1).fill(c) as FloatArray, shape };
}

export const weightLaws: readonly Law[] = [softmaxShift];
