import { describe, typeError, type FloatArray, type TensorLike } from "../tensor/index.js";
import { readBias } from "./readBias.js";
import type { BiasRule } from "./types.js";

/**
 * Several biases, added to the scores one after the other in the given order.
 *
 * @param parts - numeric tensors or rules from `biases`.
 * @throws TypeError for anything else, when the rule is used.
 *
 * @example
 * ```ts
 * import { attentionTrace, biases, toNested } from "qkv";
 *
 * const x = [[0], [0]];
 * const { biased } = attentionTrace(x, x, x, { bias: biases.sum([[1, 2], [3, 4]], [10, 20]) });
 * console.log(toNested(biased));
 * // → [ [ 11, 22 ], [ 13, 24 ] ]
 * ```
 */
export function sum(...parts: (TensorLike<FloatArray> | BiasRule)[]): BiasRule {
  return {
    kind: "bias",
    made: { by: "sum", with: parts },
    bind(shape, place, dtype) {
      return parts.flatMap((part) => {
        if (part === undefined) {
          throw typeError(place.fn, place.argument, "biases to add", describe(part));
        }
        return readBias(part, shape, place, dtype);
      });
    },
  };
}
