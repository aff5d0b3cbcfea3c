import { attentionOptionHints, attentionOptionNames } from "../attention/options.js";
import { readCall } from "../attention/call.js";
import type { AttentionOptions, AttentionTrace } from "../attention/index.js";
import { traceCall } from "../attention/traceCall.js";
import { isRule, type BiasRule } from "../masks/index.js";
import {
  checkArguments,
  checkOptions,
  commonDType,
  copyContiguous,
  freshTensor,
  numberError,
  ownOf,
  readTensor,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { certify, largestOf, precisionOf } from "./certify.js";

/** Options of {@link errorCertificate}: the call that is certified, and what computes it. */
export interface CertificateOptions<A extends FloatArray = FloatArray> extends Omit<
  AttentionOptions<A>,
  "out" | "engine" | "layout" | "emptyRow"
> {
  /** The unit roundoff of the arithmetic, if coarser than that of the inputs: 2⁻¹¹ for float16. */
  unit?: number | undefined;
  /**
   * How often the running maximum of a row may change: 0 for a softmax in two passes, the number of tiles
   * for one that streams, `Math.ceil(S / 64)` for `attention`. Default: once for each key.
   */
  rescalings?: number | undefined;
}

/** Bounds on |computed − exact|, one for each number of a result. */
export interface ErrorCertificate {
  /** `[..., H, L, E]`. */
  output: Tensor<Float64Array>;
  /** `[..., H, L, S]`; 0 where blocked. */
  weights: Tensor<Float64Array>;
  /** `[..., H, L]`. */
  lse: Tensor<Float64Array>;
}

/**
 * Bounds the rounding error of every number of an attention result, for any implementation that rounds each
 * operation to the precision of the inputs, in any order of summation, with `exp`, `log` and `tanh` within 3.5 ULP, and
 * divides by the sum of the powers. Computed from |q|·|k|, the weights and |v| in float64; docs/numerics.md derives it.
 *
 * @param query - `[..., H, L, D]`.
 * @param key - `[..., Hkv, S, D]`.
 * @param value - `[..., Hkv, S, E]`.
 * @param options - those of the call, without `out`, `engine`, `layout` and `emptyRow`; `unit`, `rescalings`.
 * @returns bounds in float64, Infinity where the implementation may overflow, 0 in rows that may attend nothing.
 * @throws TypeError and RangeError as `attention`; for a `unit` that is not between 0 and 1, or `rescalings` that
 *   are no count.
 *
 * @example
 * ```ts
 * import { attention, tensor } from "qkv/core";
 * import { errorCertificate } from "qkv/testing";
 *
 * const [query, key, value] = [tensor([[1, 2]]), tensor([[0.1, 0], [0, 0.2]]), tensor([[1], [3]])];
 * const output = attention(query, key, value).data[0];
 * const bound = errorCertificate(query, key, value, { rescalings: 1 }).output.data[0];
 * console.log(output.toFixed(6), "±", bound.toExponential(1));
 * // → 2.105670 ± 2.5e-6
 * ```
 */
export function errorCertificate<A extends FloatArray = Float32Array>(
  query: TensorLike<A>,
  key: TensorLike<A>,
  value: TensorLike<A>,
  options?: CertificateOptions<A>,
): ErrorCertificate {
  checkArguments("errorCertificate", arguments.length, ["query", "key", "value", "options"]);
  const fn = "errorCertificate";
  const left = ["out", "engine", "layout", "emptyRow"];
  const names = attentionOptionNames.filter((name) => !left.includes(name));
  const own = checkOptions(fn, options, [...names, "unit", "rescalings"], attentionOptionHints);
  const { unit, rescalings, ...rest } = own;
  const call = ownOf(rest);
  if (unit !== undefined && !(typeof unit === "number" && unit > 0 && unit < 1)) {
    throw numberError(
      fn,
      "options.unit",
      "a number between 0 and 1, such as 2⁻¹¹ for float16",
      unit,
    );
  }
  if (rescalings !== undefined && !(Number.isSafeInteger(rescalings) && rescalings >= 0)) {
    throw numberError(fn, "options.rescalings", "a non-negative integer", rescalings);
  }
  const inputs = { query, key, value, "options.bias": call.bias, "options.sinks": call.sinks };
  const dtype = commonDType(fn, inputs);
  const read = (x: unknown, argument: string): Tensor<Float64Array> => wide(x, fn, argument, dtype);
  const [q, k, v] = [read(query, "query"), read(key, "key"), read(value, "value")];
  // A rule adds what it adds in the precision of the call, whose tensors it may hold.
  const biasOf = (
    bias: NonNullable<AttentionOptions["bias"]>,
  ): AttentionOptions<Float64Array>["bias"] =>
    isRule(bias, "bias")
      ? { kind: "bias", bind: (shape, place) => (bias as BiasRule).bind(shape, place, dtype) }
      : read(bias, "options.bias");
  const sinks = call.sinks === undefined ? undefined : read(call.sinks, "options.sinks");
  const exact = {
    ...(call as AttentionOptions<Float64Array>),
    ...(call.bias === undefined ? {} : { bias: biasOf(call.bias) }),
    ...(sinks === undefined ? {} : { sinks }),
    engine: "reference" as const,
  };
  const trace = (
    query: Tensor<Float64Array>,
    key: Tensor<Float64Array>,
    options: AttentionOptions<Float64Array>,
  ): AttentionTrace<Float64Array> => traceCall(readCall(fn, query, key, v, options));
  const { masked, weights, output, lse } = trace(q, k, exact);
  const grouped = { scale: 1, grouped: call.grouped ?? false };
  const products = trace(absolute(q), absolute(k), { ...grouped, engine: "reference" });
  const rank = q.shape.length;
  const [L, D] = q.shape.slice(-2);
  const [S, E] = v.shape.slice(-2);
  const [H, Hkv] = rank === 2 ? [1, 1] : [q.shape[rank - 3], v.shape[rank - 3]];
  const B = q.shape.slice(0, -3).reduce((size, n) => size * n, 1);
  const stages = {
    ...{ B, H, Hkv, L, S, D, E },
    products: products.scores.data,
    scores: masked.data,
    weights: weights.data,
    output: output.data,
    lse: lse.data,
    value: v.data,
    scale: call.scale ?? 1 / Math.sqrt(D),
    softcap: call.softcap,
    biased: call.bias !== undefined,
    sinks: sinks?.data,
    operands: largestOf(q.data) + largestOf(k.data),
  };
  const bounds = certify(stages, precisionOf(dtype, unit), { rescalings });
  return {
    output: freshTensor(bounds.output, output.shape),
    weights: freshTensor(bounds.weights, weights.shape),
    lse: freshTensor(bounds.lse, lse.shape),
  };
}

/** A row-major copy in float64 of what the call takes: nested numbers are rounded to its precision first. */
function wide(x: unknown, fn: string, argument: string, dtype: DType): Tensor<Float64Array> {
  const { data, shape } = copyContiguous<FloatArray>(readTensor(x, fn, argument, dtype));
  return freshTensor(Float64Array.from(data), shape);
}

function absolute({ data, shape }: Tensor<Float64Array>): Tensor<Float64Array> {
  return freshTensor(data.map(Math.abs), shape);
}
