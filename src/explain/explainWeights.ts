import {
  checkArguments,
  checkOptions,
  rangeError,
  readTensor,
  showShape,
} from "../tensor/index.js";
import { offsetsOf, type FloatArray, type Tensor, type TensorLike } from "../tensor/index.js";
import { explanationOf } from "./explanation.js";
import { givenSource, sumTolerance } from "./givenSource.js";
import { meanSource } from "./meanSource.js";
import { readBatch, readHeadNames, readLayer } from "./readNames.js";
import { readSequences } from "./tokens.js";
import type { ExplainWeightsOptions, WeightsExplanation } from "./viewTypes.js";
import { weightsView } from "./weightsView.js";

/**
 * Explains weights that were computed elsewhere. What needs scores, rules or values is not there:
 * `score` and `blocked` are null, and views have no stages.
 *
 * @param weights - `[L, S]`, `[H, L, S]` or `[..., H, L, S]`: what each query gives to each key. Rows sum to
 *   1, to less if a sink takes the rest, or to 0.
 * @param options - `tokens`, the text of each query, and the other names.
 * @returns views on single heads, `head(h)`, and on the mean of heads, `mean(heads?)`.
 * @throws TypeError for anything that is no tensor, names that are no strings, or no `keyTokens` where L ≠ S.
 * @throws RangeError for weights below 0 or rows that sum to more than 1, a wrong number of names, or no
 *   `batch` where there are several entries.
 *
 * @example
 * ```ts
 * import { explainWeights } from "qkv/explain";
 *
 * const weights = [[0.37, 0.16, 0.47], [0.24, 0.37, 0.39], [0.18, 0.13, 0.69]];
 * const view = explainWeights(weights, { tokens: ["river", "bank", "flooded"] }).head(0);
 * console.log(view.topK(1, 1)[0].key, view.effectiveKeys(1).toFixed(2));
 * // → flooded 2.94
 * ```
 */
export function explainWeights(
  weights: TensorLike,
  options: ExplainWeightsOptions,
): WeightsExplanation {
  checkArguments("explainWeights", arguments.length, ["weights", "options"]);
  const fn = "explainWeights";
  const names = ["tokens", "keyTokens", "headNames", "batch", "layer"];
  const own = checkOptions(fn, options, names, { "write `tokens`": "labels words" });
  const { tokens, keyTokens, batch: asked } = own;
  const { shape, stride, ...rest } = readTensor<FloatArray>(weights, fn, "weights", "float64");
  const rank = shape.length;
  if (rank < 2) throw rangeError(fn, "weights", "[L, S] or [..., H, L, S]", showShape(shape));
  const outer = shape.slice(0, -3);
  const batches = outer.reduce((count, size) => count * size, 1);
  const batch = readBatch(fn, asked, batches);
  const heads = rank > 2 ? shape[rank - 3] : 1;
  const starts = offsetsOf(
    rank > 2 ? [...outer, heads] : [],
    rank > 2 ? stride.slice(0, -2) : [],
    rest.offset,
  );
  const sequences = readSequences(fn, { tokens, keyTokens }, shape[rank - 2], shape[rank - 1]);
  const layer = readLayer(fn, own.layer);
  const sources = readHeadNames(fn, own.headNames, heads).map((name, h) => {
    const matrix = {
      ...rest,
      shape: shape.slice(-2),
      stride: stride.slice(-2),
      offset: starts[batch * heads + h],
    };
    checkRows(fn, matrix, h);
    return givenSource(name, matrix, sequences, layer);
  });
  return explanationOf({
    fn,
    sources,
    sequences,
    layer,
    viewOf: (name, chosen) =>
      weightsView(chosen.length === 1 ? { ...chosen[0], name } : meanSource(name, chosen)),
  });
}

/** Numbers that cannot be weights are often scores, or weights that run the other way. */
function checkRows(fn: string, matrix: Tensor<FloatArray>, h: number): void {
  const { data, shape, stride, offset } = matrix;
  for (let i = 0; i < shape[0]; i++) {
    let sum = 0;
    for (let j = 0; j < shape[1]; j++) {
      const weight = data[offset + i * stride[0] + j * stride[1]];
      if (weight < 0) {
        const fix = "give the weights after the softmax, not the scores";
        throw rangeError(
          fn,
          "weights",
          "no weight below 0",
          `${weight} at [${h}, ${i}, ${j}]`,
          fix,
        );
      }
      sum += weight;
    }
    if (sum > 1 + sumTolerance) {
      const fix = "queries are rows and keys columns: transpose it if it is the other way";
      const got = `${sum} in row ${i} of head ${h}`;
      throw rangeError(fn, "weights", "rows that sum to 1, or to less with a sink", got, fix);
    }
  }
}
