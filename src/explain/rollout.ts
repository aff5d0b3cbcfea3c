import { matmul64 } from "../matmul/portable.js";
import {
  checkArguments,
  checkOptions,
  describe,
  freshTensor,
  numberError,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";

/** Options of `rollout`. */
export interface RolloutOptions {
  /** The share of the residual connection in each layer, from 0 to 1. Default 0.5, as published. */
  residual?: number | undefined;
}

/**
 * How much each position of the input comes through to each position of the last layer, if attention is
 * taken as a flow: the product of `residual·I + (1 − residual)·A` over the layers, rows scaled to sum to 1.
 * Abnar and Zuidema, "Quantifying Attention Flow in Transformers" (2020), section 3.
 *
 * @param layers - the weights of each layer, `[L, L]`, the first layer first; of several heads their mean.
 * @param options - see {@link RolloutOptions}.
 * @returns `[L, L]` in float64: row `i` says of what input position `i` is made.
 * @throws TypeError for no layer; RangeError for shapes that differ, or a share outside 0 … 1.
 *
 * @example
 * ```ts
 * import { toNested } from "qkv/core";
 * import { rollout } from "qkv/explain";
 *
 * const layer = [[1, 0], [1, 0]];
 * console.log(toNested(rollout([layer, layer])));
 * // → [ [ 1, 0 ], [ 0.75, 0.25 ] ]
 * ```
 */
export function rollout(
  layers: readonly TensorLike[],
  options?: RolloutOptions,
): Tensor<Float64Array> {
  checkArguments("rollout", arguments.length, ["layers", "options"]);
  const fn = "rollout";
  const { residual = 0.5 } = checkOptions(fn, options, ["residual"]);
  if (!(typeof residual === "number" && residual >= 0 && residual <= 1)) {
    throw numberError(fn, "options.residual", "a share from 0 to 1", residual);
  }
  if (!Array.isArray(layers) || layers.length === 0) {
    throw typeError(fn, "layers", "an array of at least one layer", describe(layers));
  }
  let flow: Tensor<Float64Array> | undefined;
  layers.forEach((layer, n) => {
    const weights = readTensor<FloatArray>(layer, fn, `layers[${n}]`, "float64");
    const length = flow?.shape[0] ?? weights.shape[0];
    const { shape } = weights;
    if (shape.length !== 2 || shape[0] !== length || shape[1] !== length) {
      const expected = flow ? showShape(flow.shape) : "[L, L], the weights of one layer";
      const fix = shape.length === 3 ? "take the mean over the heads" : undefined;
      throw rangeError(fn, `layers[${n}]`, expected, showShape(shape), fix);
    }
    const through = mixResidual(weights, residual);
    flow = flow ? multiply(through, flow) : through;
  });
  return flow!;
}

function multiply(a: Tensor<Float64Array>, b: Tensor<Float64Array>): Tensor<Float64Array> {
  const [n] = a.shape;
  const data = new Float64Array(n * n);
  matmul64(a.data, 0, n, 1, b.data, 0, n, 1, data, 0, n, 1, n, n, n, false);
  return freshTensor(data, [n, n]);
}

/** `residual·I + (1 − residual)·A`, each row over its sum: rows of a head with a sink sum to less than 1. */
function mixResidual(
  { data, shape, stride, offset }: Tensor<FloatArray>,
  residual: number,
): Tensor<Float64Array> {
  const [length] = shape;
  const mixed = new Float64Array(length * length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let j = 0; j < length; j++) {
      const weight = data[offset + i * stride[0] + j * stride[1]];
      sum += mixed[i * length + j] = (1 - residual) * weight + (i === j ? residual : 0);
    }
    if (sum > 0) for (let j = 0; j < length; j++) mixed[i * length + j] /= sum;
  }
  return freshTensor(mixed, [length, length]);
}
