import {
  checkOptions,
  describe,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type FloatArray,
  type TensorLike,
} from "../tensor/index.js";
import { readAlign, type Align } from "./align.js";
import { readBias } from "./readBias.js";
import type { BiasRule } from "./types.js";

/** Options of `biases.alibi`. */
export interface AlibiOptions {
  /** How L queries stand among S keys; may be left out while L = S. */
  align?: Align;
}

/**
 * Attention with linear biases: `−slope[h]·|i + offset − j|`, a penalty that grows with distance
 * (Press, Smith, Lewis 2022, "Train Short, Test Long", section 3). Under a causal mask this is the
 * paper's `slope·(j − i)`.
 *
 * @param slopes - `[H]`, for instance `alibiSlopes(H)`.
 * @param options - `align` where L ≠ S.
 * @throws TypeError or RangeError for slopes of another rank or number, when the rule is used.
 *
 * @example
 * ```ts
 * import { attentionTrace, biases, toNested } from "qkv";
 *
 * const x = [[[0], [0], [0]]]; // scores of 0, so that the bias stands alone
 * const { biased } = attentionTrace(x, x, x, { bias: biases.alibi([0.5]), causal: true });
 * console.log(toNested(biased));
 * // → [ [ [ 0, -0.5, -1 ], [ -0.5, 0, -0.5 ], [ -1, -0.5, 0 ] ] ]
 * ```
 */
export function alibi(slopes: TensorLike, options: AlibiOptions = {}): BiasRule {
  checkOptions("biases.alibi", options, ["align"]);
  return {
    kind: "bias",
    made: { by: "alibi", with: [slopes, options] },
    bind(shape, place, dtype) {
      const { fn, argument } = place;
      const view = readTensor(slopes, fn, `${argument} (the slopes of biases.alibi)`, dtype);
      if (view.shape.length !== 1 || view.shape[0] !== shape.heads) {
        throw rangeError(
          fn,
          argument,
          `one slope for each of ${shape.heads} heads, [${shape.heads}]`,
          `slopes ${showShape(view.shape)}`,
          `biases.alibi(alibiSlopes(${shape.heads}))`,
        );
      }
      const offsets = readAlign(options.align, shape, place, "biases.alibi without `align`");
      // Copied: the memory of the output may be that of the slopes.
      const list = Array.from(
        { length: shape.heads },
        (_, h) => view.data[view.offset + h * view.stride[0]],
      );
      const round = dtype === "float32" ? Math.fround : (x: number): number => x;
      return [
        {
          read(b, h, i, j0, j1, into) {
            const slope = round(list[h]);
            const position = i + offsets[b];
            for (let j = j0; j < j1; j++) into[j - j0] = round(-slope * Math.abs(position - j));
          },
        },
      ];
    },
  };
}

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

/** Rules for the option `bias`: numbers that are computed where they are needed. */
export interface Biases {
  /** `−slope[h]·|i + offset − j|`: a penalty that grows with distance. */
  readonly alibi: typeof alibi;
  /** Several biases, added to the scores one after the other in the given order. */
  readonly sum: typeof sum;
}

/**
 * Rules for the option `bias`: numbers that are computed where they are needed, so that no L×S
 * tensor is stored.
 *
 * @example
 * ```ts
 * import { alibiSlopes, attention, biases } from "qkv";
 *
 * const x = [[1, 0], [0, 1], [1, 1]];
 * const output = attention(x, x, x, { bias: biases.alibi(alibiSlopes(1)), causal: true });
 * console.log(output.shape);
 * // → [ 3, 2 ]
 * ```
 */
export const biases: Biases = { alibi, sum };
