import type { FloatArray, Tensor } from "qkv/core";
import type { AttentionFunction, CallOptions } from "../../../../src/testing/index.js";
import type { Tf, TfTensor } from "../../contestants/tfjs.js";

/** What is added to the score of a blocked pair. */
const large = -1e9;

/** Attention as tutorials write it: products, a softmax, and (1 − mask)·(−10⁹) in between. */
export function tfjsAttention(tf: Tf, backend: "cpu" | "wasm"): AttentionFunction {
  return async (query, key, value, options) => {
    if (tf.getBackend() !== backend && !(await tf.setBackend(backend))) {
      throw new Error(`the ${backend} backend did not start`);
    }
    const results = tf.tidy(() => {
      const tensor = ({ data, shape }: Pick<Tensor<FloatArray>, "data" | "shape">): TfTensor =>
        tf.tensor(data as Float32Array, shape);
      const [q, k, v] = [query, key, value].map(tensor);
      const allowed = allowedOf(options, query.shape[2], key.shape[2]);
      const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(query.shape[3]));
      const masked = allowed ? tf.add(scores, tf.mul(tf.sub(1, tensor(allowed)), large)) : scores;
      const weights = tf.softmax(masked);
      return [tf.matMul(weights, v), weights];
    });
    const [output, weights] = results.map((tensor) => {
      const data = tensor.dataSync();
      tensor.dispose();
      return { data, shape: tensor.shape };
    });
    return options.weights ? { output, weights } : output;
  };
}

/** 1 where the mask and causality allow a pair, 0 elsewhere; undefined if there is neither. */
export function allowedOf(
  { mask, causal }: CallOptions,
  L: number,
  S: number,
): { data: Float32Array; shape: readonly number[] } | undefined {
  if (!mask && !causal) return undefined;
  const { data, shape } = mask ?? { data: new Uint8Array(L * S).fill(1), shape: [L, S] };
  const past = (pair: number): boolean => pair % S <= Math.floor(pair / S) % L;
  return {
    data: Float32Array.from(data, (sees, pair) => (sees && (!causal || past(pair)) ? 1 : 0)),
    shape,
  };
}
