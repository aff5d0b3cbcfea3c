import {
  checkArguments,
  checkOptions,
  rangeError,
  readTensor,
  showShape,
  type TensorLike,
} from "../tensor/index.js";
import { readAlign, type Align } from "./align.js";
import type { BiasRule } from "./types.js";

/** Options of `biases.alibi`. */
export interface AlibiOptions {
  /** How L queries stand among S keys; may be left out while L = S. */
  align?: Align | undefined;
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
export function alibi(slopes: TensorLike, options?: AlibiOptions): BiasRule {
  checkArguments("biases.alibi", arguments.length, ["slopes", "options"]);
  const { align } = checkOptions("biases.alibi", options, ["align"]);
  return {
    kind: "bias",
    made: { by: "alibi", with: [slopes, { align }] },
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
      const offsets = readAlign(align, shape, place, "biases.alibi without `align`");
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
