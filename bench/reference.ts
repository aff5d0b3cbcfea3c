import type { FloatArray, Tensor } from "qkv/core";
import { attention, attentionWithWeights, matmul, zeros } from "../src/core.js";
import { slice } from "./tensors.js";
import { visibleKeys, type AttentionWork, type MatmulWork } from "./work.js";

const engine = "reference";
// The specification keeps every score of a call.
const block = 256;

/**
 * The output that the specification (src/attention/reference.ts) computes from float64 copies, and the
 * weights if they are asked for. Some queries at a time, with the keys that they reach.
 */
export function expectedAttention(work: AttentionWork, weights = false): FloatArray[] {
  const { shape, options } = work;
  const { queries } = shape;
  const [query, key, value] = [work.q, work.k, work.v].map(inFloat64);
  if (weights) {
    const got = attentionWithWeights(query, key, value, { ...options, engine });
    return [got.output.data, got.weights.data];
  }
  const output = zeros(query.shape, { dtype: "float64" });
  const axis = shape.layout ? 0 : query.shape.length - 2;
  for (let i = 0; i < queries; i += block) {
    const end = Math.min(i + block, queries);
    const [first, last] = [visibleKeys(shape, i)[0], visibleKeys(shape, end - 1)[1]];
    const allow = options?.allow as Tensor<Uint8Array> | undefined;
    attention(
      slice(query, axis, i, end),
      slice(key, axis, first, last),
      slice(value, axis, first, last),
      {
        ...options,
        ...(allow ? { allow: slice(allow, 0, i, end) } : {}),
        // The last of these queries sees the last of these keys.
        ...(shape.causal ? { causal: "bottomRight" } : {}),
        ...{ out: slice(output, axis, i, end), engine },
      },
    );
  }
  return [output.data];
}

/** The product in float64, by src/matmul/reference.ts: `[M,N]`. */
export function expectedMatmul({ a, b }: MatmulWork): FloatArray[] {
  return [matmul(inFloat64(a), inFloat64(b), { engine }).data];
}

function inFloat64({ data, ...rest }: Tensor<FloatArray>): Tensor<Float64Array> {
  return { ...rest, data: Float64Array.from(data), dtype: "float64" };
}

/**
 * The largest difference over `max|expected|`, of the worst result; NaN if there is one, or another number
 * of elements.
 */
export function relativeError(got: readonly FloatArray[], expected: readonly FloatArray[]): number {
  if (got.length !== expected.length) return NaN;
  const errors = expected.map((numbers, at) => {
    if (got[at].length !== numbers.length) return NaN;
    let [worst, largest] = [0, 0];
    for (let i = 0; i < numbers.length; i++) {
      // Unlike a comparison, Math.max keeps a NaN.
      worst = Math.max(worst, Math.abs(got[at][i] - numbers[i]));
      largest = Math.max(largest, Math.abs(numbers[i]));
    }
    return worst / largest;
  });
  return Math.max(...errors);
}
