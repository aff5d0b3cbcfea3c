import { offsetsOf, rangeError, showShape, type Tensor } from "../tensor/index.js";
import type { Place } from "./types.js";

/** A tensor of rank 0, 1, 2 or full rank, seen as `[b, h, L, S]`: 0 strides where it repeats. */
export interface Scores4 {
  /** Where the matrix of batch entry `b` and head `h` starts, at `b * heads + h`. */
  readonly starts: Float64Array;
  readonly row: number;
  readonly column: number;
}

/**
 * Aligns a mask or bias with the scores `[...batch, H, L, S]`. A rank between 2 and the full one
 * has two readings, so that it is refused.
 */
export function broadcastScores(
  tensor: Pick<Tensor, "shape" | "stride" | "offset">,
  scores: readonly number[],
  { fn, argument }: Place,
): Scores4 {
  const { shape, stride, offset } = tensor;
  const rank = shape.length;
  const full = scores.length;
  const missing = full - rank;
  const fits =
    (rank <= 2 || rank === full) && shape.every((n, i) => n === 1 || n === scores[missing + i]);
  if (!fits) {
    throw rangeError(
      fn,
      argument,
      `rank 0, [S], [L, S] or the full rank of the scores ${showShape(scores)}, with 1 where it repeats`,
      showShape(shape),
      twoReadings(shape, scores),
    );
  }
  const aligned = scores.map((_, i) =>
    i < missing || shape[i - missing] === 1 ? 0 : stride[i - missing],
  );
  return {
    starts: offsetsOf(scores.slice(0, -2), aligned.slice(0, -2), offset),
    row: aligned[full - 2],
    column: aligned[full - 1],
  };
}

function twoReadings(shape: readonly number[], scores: readonly number[]): string | undefined {
  const full = scores.length;
  if (shape.length <= 2 || shape.length >= full) return undefined;
  const [queries, keys] = shape.slice(-2);
  const outer = shape.slice(0, -2);
  const ones = new Array<number>(full - shape.length).fill(1);
  const perBatch = showShape([...outer, ...ones, queries, keys]);
  const perHead = showShape([...ones, ...outer, queries, keys]);
  return `write it with all ${full} axes: ${perBatch} if its first axis is the batch, ${perHead} if it is the heads`;
}
