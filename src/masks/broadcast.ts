import { offsetsOf, rangeError, showShape, type Tensor } from "../tensor/index.js";
import type { Place } from "./types.js";

/** A tensor of rank 0, 1, 2 or full rank, seen as `[b, h, L, S]`: 0 strides where it repeats. */
export interface Scores4 {
  /** Where the matrix of batch entry `b` and head `h` starts, at `b * heads + h`. */
  readonly starts: readonly number[];
  readonly row: number;
  readonly column: number;
}

/**
 * Aligns a mask or bias with the scores `[...batch, H, L, S]`. A rank between 2 and the full one
 * has two readings, so that it is refused.
 */
export function broadcastScores(
  tensor: Pick<Tensor, "shape" | "stride" | "offset">,
  scoresShape: readonly number[],
  { fn, argument }: Place,
): Scores4 {
  const { shape, stride, offset } = tensor;
  const rank = shape.length;
  const full = scoresShape.length;
  const missing = full - rank;
  if (!((rank <= 2 || rank === full) && fits(shape, scoresShape))) {
    throw rangeError(
      fn,
      argument,
      `rank 0, [S], [L, S] or the full rank of the scores ${showShape(scoresShape)}, with 1 where it repeats`,
      showShape(shape),
      readingsOf(shape, scoresShape),
    );
  }
  const aligned = scoresShape.map((_, i) =>
    i < missing || shape[i - missing] === 1 ? 0 : stride[i - missing],
  );
  return {
    starts: offsetsOf(scoresShape.slice(0, -2), aligned.slice(0, -2), offset),
    row: aligned[full - 2],
    column: aligned[full - 1],
  };
}

/** What a mask may have meant that names its batch entries or heads, but not all axes. */
function readingsOf(shape: readonly number[], scoresShape: readonly number[]): string | undefined {
  const missing = scoresShape.length - shape.length;
  if (shape.length < 2 || missing <= 0) return undefined;
  const ones = new Array<number>(missing).fill(1);
  // A rank-2 mask that does not fit may have a row for each batch entry.
  const inner = shape.length === 2 ? -1 : -2;
  const perBatch = [...shape.slice(0, inner), ...ones, ...shape.slice(inner)];
  const perHead = [...ones, ...shape];
  const readings: string[] = [];
  if (fits(perBatch, scoresShape)) {
    const batched = scoresShape.length > 3;
    const padding = batched && inner === -1 ? " (`keyLengths` for padding at the end)" : "";
    const first = batched ? "the batch" : "the heads";
    readings.push(`${showShape(perBatch)} if its first axis is ${first}${padding}`);
  }
  if (fits(perHead, scoresShape)) readings.push(`${showShape(perHead)} if it is the heads`);
  if (readings.length === 0) return undefined;
  return `write all ${scoresShape.length} axes: ${readings.join(", ")}`;
}

/** True if `shape`, aligned at the right, equals the scores or repeats. */
function fits(shape: readonly number[], scoresShape: readonly number[]): boolean {
  const missing = scoresShape.length - shape.length;
  return shape.every((length, axis) => length === 1 || length === scoresShape[missing + axis]);
}
