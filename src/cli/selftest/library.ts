import {
  attention,
  attentionTrace,
  attentionWithLse,
  attentionWithWeights,
  type Engine,
} from "../../core.js";
import type { AttentionFunction, Supports } from "../../testing/index.js";

/** The library as a function that is checked. */
export function library(engine: Engine): AttentionFunction {
  return (query, key, value, { mask, additiveMask: _, weights, lse, ...rest }) => {
    const options = { ...rest, engine, ...(mask ? { allow: mask } : {}) };
    if (weights && lse) return attentionTrace(query, key, value, options);
    if (weights) return attentionWithWeights(query, key, value, options);
    if (lse) return attentionWithLse(query, key, value, options);
    return attention(query, key, value, options);
  };
}

/** All that there is. */
export const librarySupports: Supports = {
  batch: true,
  heads: true,
  grouped: true,
  mask: "allow",
  perHead: true,
  causal: "both",
  window: true,
  keyLengths: true,
  scale: true,
  softcap: true,
  bias: true,
  sinks: true,
  weights: true,
  lse: true,
  dtype: ["float32", "float64"],
  emptyRow: "zero",
  garbage: true,
  exact: true,
};
