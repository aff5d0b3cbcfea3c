import {
  checkArguments,
  checkOptions,
  describe,
  rangeError,
  readTensor,
  showShape,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { readAlign } from "./align.js";
import { readRelativeRows } from "./readRelativeRows.js";
import type { RelativeBuckets, RelativeOptions } from "./relativeOptions.js";
import type { BiasRule, Place } from "./types.js";

/** As `Hints`. */
export const relativeHints = {
  "write `buckets: { bidirectional, maxDistance }`": "bidirectional max_distance",
  "the buckets are the rows of the table: write `buckets: { bidirectional }`":
    "num_buckets relative_attention_num_buckets",
  "write `grid: [rows, columns]`": "window_size",
};

/** As `Hints`, of the option `buckets`. */
export const bucketHints = {
  "write `maxDistance`": "max relative_attention_max_distance",
  "leave it out: the buckets are the rows of the table": "num_buckets",
};

/**
 * A learned bias for each relative position: query `i` at key `p = i + offset` adds `table[row, h]` to the score
 * of key `j` in head `h`. Parameters of models are stored in this order of axes. The row is
 *
 * - by default `j − p + R` for a table of `2R + 1` rows; distances beyond `R` have its first or last row
 *   (the clipping of Shaw, Uszkoreit, Vaswani 2018, section 3.2);
 * - with `buckets` that of T5 (Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section 2.1): of
 *   the buckets of a direction the first half has one distance each, the others ranges that grow
 *   logarithmically up to `maxDistance`;
 * - with `grid: [M, N]` that of Swin (Liu et al. 2021, section 3.2): `(Δrow + M − 1)·(2N − 1) + Δcolumn + N − 1`,
 *   where `Δ` is the cell of the query minus that of the key.
 *
 * No L×S tensor is stored.
 *
 * @param table - `[rows, H]`, in the precision of the inputs: `[2R + 1, H]`, `[buckets, H]`, or
 *   `[(2M − 1)(2N − 1), H]`.
 * @param options - `buckets` or `grid`; `align` where L ≠ S.
 * @throws TypeError for unknown options, `buckets` together with `grid`, or, when the rule is used, a table in
 *   another precision or no alignment where one is needed.
 * @throws RangeError for a table, buckets or a grid that do not fit, when the rule is used.
 *
 * @example
 * ```ts
 * import { attentionTrace, biases, toNested } from "qkv";
 *
 * const x = [[0], [0], [0]]; // scores of 0, so that the bias stands alone
 * const table = [[-1], [0], [1]]; // one before or more, the own key, one after or more; one head
 * const { biased } = attentionTrace(x, x, x, { bias: biases.relative(table) });
 * console.log(toNested(biased));
 * // → [ [ 0, 1, 1 ], [ -1, 0, 1 ], [ -1, -1, 0 ] ]
 * ```
 */
export function relative(table: TensorLike<FloatArray>, options?: RelativeOptions): BiasRule {
  checkArguments("biases.relative", arguments.length, ["table", "options"]);
  const names = ["buckets", "grid", "align"];
  const own = checkOptions("biases.relative", options, names, relativeHints);
  if (own.buckets !== undefined) own.buckets = ownBuckets(own.buckets);
  return {
    kind: "bias",
    made: { by: "relative", with: [table, own] },
    bind(shape, place, dtype) {
      const { data, stride, offset, shape: size } = readTable(table, shape.heads, place, dtype);
      const offsets = readAlign(own.align, shape, place, "biases.relative without `align`");
      const rowOf = readRelativeRows(own, size[0], shape, offsets, place);
      place.reads?.push(data.buffer);
      return [
        {
          read(b, h, i, j0, j1, into) {
            const start = offset + h * stride[1];
            const position = i + offsets[b];
            for (let j = j0; j < j1; j++)
              into[j - j0] = data[start + rowOf(position, j) * stride[0]];
          },
        },
      ];
    },
  };
}

function ownBuckets(buckets: RelativeBuckets): RelativeBuckets {
  const names = ["bidirectional", "maxDistance"];
  const argument = "options.buckets";
  return checkOptions("biases.relative", buckets, names, bucketHints, argument) as RelativeBuckets;
}

function readTable(
  table: unknown,
  heads: number,
  { fn, argument: option }: Place,
  dtype: DType,
): Tensor<FloatArray> {
  const argument = `${option} (the table of biases.relative)`;
  const view = readTensor(table, fn, argument, dtype);
  if (view.dtype !== dtype) {
    throw typeError(fn, argument, `${dtype}, the precision of the inputs`, describe(table));
  }
  const { shape } = view;
  if (shape.length === 2 && shape[1] === heads) return view;
  throw rangeError(
    fn,
    argument,
    `a table with one column for each of ${heads} heads, [rows, ${heads}]`,
    showShape(shape),
    shape.length === 2 && shape[0] === heads
      ? "give its transpose, a view with both axes exchanged"
      : undefined,
  );
}
