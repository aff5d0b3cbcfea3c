import { blockRows, tileSize } from "../elementary/tileSize.js";
import {
  checkArguments,
  checkShape,
  freshTensor,
  rangeError,
  showShape,
  sizeOf,
  type Tensor,
} from "../tensor/index.js";
import { readMask } from "./readMask.js";
import { coverage, type BoundMask, type Mask, type ScoreShape } from "./types.js";

/**
 * Writes a mask out: true where the query may attend the key.
 *
 * @param mask - a rule, or booleans (true = may attend).
 * @param shape - the shape of the scores, `[L, S]` or `[...batch, H, L, S]`.
 * @returns a `bool` tensor of that shape, ones and zeros.
 * @throws TypeError or RangeError for a shape of another form, or a mask that does not fit it.
 *
 * @example
 * ```ts
 * import { masks, toNested } from "qkv";
 *
 * console.log(toNested(masks.dense(masks.causal(), [2, 2])));
 * // → [ [ 1, 0 ], [ 1, 1 ] ]
 * ```
 */
export function dense(mask: Mask, shape: readonly number[]): Tensor<Uint8Array> {
  checkArguments("masks.dense", arguments.length, ["mask", "shape"]);
  const { bound, sizes } = bindTo("masks.dense", mask, shape);
  const { batch, heads, queries, keys } = sizes;
  const data = allocateBits(shape);
  const run = new Uint8Array(tileSize);
  let at = 0;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let i = 0; i < queries; i++) {
        for (let j0 = 0; j0 < keys; j0 += tileSize) {
          const j1 = Math.min(keys, j0 + tileSize);
          run.fill(1);
          bound.narrow(b, h, i, j0, j1, run);
          data.set(run.subarray(0, j1 - j0), at);
          at += j1 - j0;
        }
      }
    }
  }
  return freshTensor(data, [...shape]);
}

/**
 * The share of 64×64 tiles of query–key pairs in which nothing is visible, 0 to 1: work that a rule
 * saves. A rule that is only asked for single pairs (`masks.where`) saves nothing.
 *
 * @param mask - a rule, or booleans (true = may attend).
 * @param shape - the shape of the scores, `[L, S]` or `[...batch, H, L, S]`.
 * @returns skipped tiles divided by all tiles; 0 where there is none.
 * @throws TypeError or RangeError for a shape of another form, or a mask that does not fit it.
 *
 * @example
 * ```ts
 * import { masks } from "qkv";
 *
 * console.log(masks.sparsity(masks.causal(), [1024, 1024])); // 120 of 256 tiles
 * // → 0.46875
 * ```
 */
export function sparsity(mask: Mask, shape: readonly number[]): number {
  checkArguments("masks.sparsity", arguments.length, ["mask", "shape"]);
  const { bound, sizes } = bindTo("masks.sparsity", mask, shape);
  const { batch, heads, queries, keys } = sizes;
  let tiles = 0;
  let skipped = 0;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let i0 = 0; i0 < queries; i0 += blockRows) {
        for (let j0 = 0; j0 < keys; j0 += tileSize) {
          const [i1, j1] = [Math.min(queries, i0 + blockRows), Math.min(keys, j0 + tileSize)];
          if (bound.coverage(b, h, i0, i1, j0, j1) === coverage.none) skipped++;
          tiles++;
        }
      }
    }
  }
  return tiles === 0 ? 0 : skipped / tiles;
}

function allocateBits(shape: readonly number[]): Uint8Array {
  try {
    return new Uint8Array(sizeOf(shape));
  } catch {
    throw rangeError("masks.dense", "shape", "a mask that fits in memory", showShape(shape));
  }
}

// More tiles than this would take hours; such a shape is a mistake.
const mostTiles = 4294967296;

function bindTo(
  fn: string,
  mask: Mask,
  shape: readonly number[],
): { bound: BoundMask; sizes: ScoreShape } {
  checkShape(fn, "shape", shape);
  const rank = shape.length;
  if (rank < 2) {
    throw rangeError(
      fn,
      "shape",
      "the shape of the scores, [L, S] or [...batch, H, L, S]",
      showShape(shape),
    );
  }
  // Rows count for `dense`, which walks them one by one.
  if (sizeOf(shape.slice(0, -1)) * Math.max(1, Math.ceil(shape[rank - 1] / tileSize)) > mostTiles) {
    throw rangeError(fn, "shape", `at most ${mostTiles} rows of tiles`, showShape(shape));
  }
  const sizes: ScoreShape = {
    scoresShape: shape,
    batch: sizeOf(shape.slice(0, -3)),
    heads: rank > 2 ? shape[rank - 3] : 1,
    queries: shape[rank - 2],
    keys: shape[rank - 1],
  };
  return { bound: readMask(mask, "allow", sizes, { fn, argument: "mask" }), sizes };
}
