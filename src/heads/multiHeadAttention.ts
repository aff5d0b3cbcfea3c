import type { AttentionOptions } from "../attention/options.js";
import { bindCall, operandOf } from "../attention/call.js";
import { attend, newResult } from "../attention/attend.js";
import {
  allocate,
  checkArguments,
  commonDType,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { averageHeads } from "./averageHeads.js";
import { appendRows, withExtraKeys } from "./extraKeys.js";
import { mergeHeads } from "./mergeHeads.js";
import { readMultiHeadOptions, type MultiHeadOptions } from "./multiHeadOptions.js";
import { tensorParams, type MultiHeadParams } from "./params.js";
import { project } from "./project.js";
import { readInputs, type Inputs } from "./readInputs.js";
import { checkParams, readParams, type Layer } from "./readParams.js";
import { splitHeads } from "./splitHeads.js";

const fn = "multiHeadAttention";

/**
 * A whole multi-head attention layer: projects query, key and value, attends in every head, puts
 * the heads side by side and projects the result.
 *
 * Masks and biases are given for the `S` real keys, in the shapes that `attention` takes for
 * `[..., H, L, S]`: padding `[B, S]` is `keyLengths`, or a mask `[B, 1, 1, S]`. Extra keys (`biasK`, `addZeroAttn`) stay
 * visible to every query.
 *
 * @param query - `[..., L, model]`.
 * @param key - `[..., S, model]`, the same leading axes. Another number of features than the query's
 *   takes `keyWeight`.
 * @param value - `[..., S, model]`, as the key.
 * @param params - weights and biases, `[out, in]`; `fromTorchMultiheadAttention` reads them from a
 *   `state_dict`.
 * @param options - `weights`, and the options of `attention` but `grouped`, `layout` and `out`.
 * @returns `{ output }`, `[..., L, out]`, with `weights` if they were asked for.
 * @throws TypeError for inputs of the wrong kind, mixed precisions, missing parameters or unknown
 *   options.
 * @throws RangeError for shapes that do not fit together, and whatever `attention` refuses.
 * @see Vaswani et al.: Attention Is All You Need (2017), §3.2.2.
 *
 * @example
 * ```ts
 * import { format, multiHeadAttention } from "qkv";
 *
 * const identity = [[1, 0], [0, 1]];
 * const params = {
 *   heads: 2,
 *   inProjWeight: [...identity, ...identity, ...identity],
 *   outWeight: identity,
 * };
 * const x = [[1, 0], [0, 1]];
 * const { output, weights } = multiHeadAttention(x, x, x, params, { weights: "mean" });
 * console.log(format(output));
 * // → float32 [2, 2]
 * // →  0.7311 0.5000
 * // →  0.5000 0.7311
 * console.log(format(weights));
 * // → float32 [2, 2]
 * // →  0.6155 0.3845
 * // →  0.3845 0.6155
 * ```
 */
export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options: MultiHeadOptions<A> & { weights: "perHead" | "mean" },
): {
  /** `[..., L, model]`. */
  output: Tensor<A>;
  /** `[..., H, L, S]`, or `[..., L, S]` for the mean. */
  weights: Tensor<A>;
};
export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options?: MultiHeadOptions<A> & { weights?: undefined },
): {
  /** `[..., L, model]`. */
  output: Tensor<A>;
};
export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options?: MultiHeadOptions<A>,
): {
  /** `[..., L, model]`. */
  output: Tensor<A>;
  /** `[..., H, L, S]`, or `[..., L, S]` for the mean, if asked for. */
  weights?: Tensor<A>;
};
export function multiHeadAttention<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  params: MultiHeadParams<A>,
  options?: MultiHeadOptions<A>,
): { output: Tensor<A>; weights?: Tensor<A> } {
  checkArguments("multiHeadAttention", arguments.length, [
    "query",
    "key",
    "value",
    "params",
    "options",
  ]);
  const { asked, attending } = readMultiHeadOptions(options);
  const given = checkParams(params);
  const dtype = layerDType(query, key, value, given, attending);
  const inputs = readInputs<A>(query, key, value, dtype);
  const layer = readParams(given, inputs.features, dtype);
  const real = readRealCall(inputs, layer, attending, dtype);

  // 1. Project. Extra keys and values stand behind the projected ones.
  const { heads, extra } = layer;
  const { engine } = attending;
  const queries = project(inputs.query, layer.query, engine);
  const keys = appendRows(
    project(inputs.key, layer.key, engine),
    extra.map((row) => row.key),
  );
  const values = appendRows(
    project(inputs.value, layer.value, engine),
    extra.map((row) => row.value),
  );
  // 2. Attend in every head.
  const [q, k, v] = [queries, keys, values].map((x) => operandOf(splitHeads<A>(x, heads), false));
  const call = { ...withExtraKeys(real, extra.length), query: q, key: k, value: v };
  const weights = asked === undefined ? undefined : newResult(call, "weights", call.scoresShape);
  const output = attend(call, { weights: weights?.data });
  // 3. Merge and project.
  const merged = project(mergeHeads<A>(output), layer.out, engine);
  if (weights === undefined) return { output: merged };
  return { output: merged, weights: asked === "mean" ? averageHeads(weights) : weights };
}

function layerDType(
  query: unknown,
  key: unknown,
  value: unknown,
  params: Partial<MultiHeadParams>,
  { bias, sinks }: AttentionOptions,
): DType {
  const inputs: Record<string, unknown> = { query, key, value };
  for (const name of tensorParams) inputs[`params.${name}`] = params[name];
  return commonDType(fn, { ...inputs, "options.bias": bias, "options.sinks": sinks });
}

/**
 * The attention call over the real keys: shapes and options are refused before any arithmetic. One
 * element with strides of 0 stands for each projection, until there are projections.
 */
function readRealCall<A extends FloatArray>(
  { query, key, value }: Inputs<A>,
  { heads, ...layer }: Layer<A>,
  options: AttentionOptions<A>,
  dtype: DType,
) {
  const element = allocate(fn, "projection", [1], dtype) as A;
  const [q, k, v] = (
    [
      [query, layer.query],
      [key, layer.key],
      [value, layer.value],
    ] as const
  ).map(([input, { weight }]) => {
    const size = weight.shape[0] / heads;
    const shape = [...input.shape.slice(0, -2), heads, input.shape.at(-2)!, size];
    return { data: element, shape, stride: shape.map(() => 0), offset: 0 };
  });
  return bindCall<A>(fn, q, k, v, options);
}
