import { tileSize } from "../elementary/tileSize.js";
import {
  allocate,
  describe,
  offsetsOf,
  rangeError,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import {
  mergeState,
  powersSize,
  precision32,
  precision64,
  resetState,
  tileMaximum,
  type Precision,
  type SoftmaxState,
} from "./portable.js";

/** Resolves an axis that may count from the end, and refuses the ones that do not exist. */
export function readAxis(fn: string, axis: unknown, shape: readonly number[]): number {
  if (!Number.isInteger(axis)) {
    throw typeError(fn, "options.axis", "an integer", describe(axis));
  }
  const index = (axis as number) < 0 ? (axis as number) + shape.length : (axis as number);
  if (index < 0 || index >= shape.length) {
    throw rangeError(
      fn,
      "options.axis",
      shape.length === 0
        ? "x of rank 1 or more"
        : `an axis from ${-shape.length} to ${shape.length - 1}`,
      `${String(axis)} for x ${showShape(shape)}`,
      shape.length === 0 ? "a single number has no axis; write [x]" : undefined,
    );
  }
  return index;
}

/** The precision of an array. */
export function precisionOf<A extends FloatArray>(data: A): Precision<A> {
  return (data.BYTES_PER_ELEMENT === 4 ? precision32 : precision64) as unknown as Precision<A>;
}

/** Scores above which WebAssembly is faster than JavaScript. */
export const wasmThreshold = 128;

/** One row of scores on its way through the tiles, reused from row to row. */
export interface Row<A extends FloatArray> {
  /** The scores, −Infinity where blocked. */
  scores: Float64Array;
  powers: A;
  state: SoftmaxState;
  precision: Precision<A>;
}

/** Scratch for rows of `length` scores. */
export function makeRow<A extends FloatArray>(fn: string, x: Tensor<A>, length: number): Row<A> {
  const like = x.data.constructor as new (size: number) => A;
  return {
    scores: allocate(fn, "x", [length], "float64") as Float64Array,
    powers: new like(powersSize),
    state: { m: -Infinity, l: 0, keep: 0, add: 0 },
    precision: precisionOf(x.data),
  };
}

/** Leaves the maximum and the sum of the row's scores in its state, tile by tile. */
export function reduceRow<A extends FloatArray>({
  scores,
  powers,
  state,
  precision,
}: Row<A>): void {
  resetState(state);
  for (let at = 0; at < scores.length; at += tileSize) {
    const count = Math.min(tileSize, scores.length - at);
    const maximum = tileMaximum(scores, at, count);
    if (maximum === -Infinity) continue;
    const sum = precision.tileExp(scores, at, count, maximum, 1, powers);
    mergeState(state, maximum, sum, 1, precision);
  }
}

/** Where the rows along an axis start, in row-major order of the other axes. */
export function rowStarts(
  shape: readonly number[],
  stride: readonly number[],
  offset: number,
  axis: number,
): number[] {
  const rest = (lengths: readonly number[]): number[] => lengths.filter((_, i) => i !== axis);
  return offsetsOf(rest(shape), rest(stride), offset);
}
