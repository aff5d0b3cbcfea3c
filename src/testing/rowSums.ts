import {
  checkArguments,
  copyContiguous,
  freshTensor,
  rangeError,
  readTensor,
  showShape,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";

/**
 * Sums along the last axis, so exact that the checker's own rounding does not count (compensated, Neumaier
 * 1974): for weights, whose rows sum to 1.
 *
 * @param x - `[..., n]`.
 * @returns `[...]` in float64.
 * @throws TypeError for what is no tensor, RangeError for a number without an axis.
 *
 * @example
 * ```ts
 * import { attentionWithWeights } from "qkv/core";
 * import { expectClose, rowSums } from "qkv/testing";
 *
 * const x = [[1, 0], [0, 1], [2, 1]];
 * const { weights } = attentionWithWeights(x, x, x);
 * expectClose(rowSums(weights), [1, 1, 1], { abs: (3 + 8) * 2 ** -24 });
 * ```
 */
export function rowSums(x: TensorLike): Tensor<Float64Array> {
  checkArguments("rowSums", arguments.length, ["x"]);
  const { data, shape } = copyContiguous<FloatArray>(readTensor(x, "rowSums", "x"));
  if (shape.length === 0) throw rangeError("rowSums", "x", "at least one axis", showShape(shape));
  const [length, outer] = [shape[shape.length - 1], shape.slice(0, -1)];
  const sums = new Float64Array(outer.reduce((size, n) => size * n, 1));
  for (let row = 0; row < sums.length; row++) {
    let [sum, lost] = [0, 0];
    for (let at = row * length; at < (row + 1) * length; at++) {
      const next = sum + data[at];
      const [large, small] =
        Math.abs(sum) >= Math.abs(data[at]) ? [sum, data[at]] : [data[at], sum];
      lost += large - next + small;
      sum = next;
    }
    sums[row] = Number.isFinite(sum) ? sum + lost : sum;
  }
  return freshTensor(sums, outer);
}
