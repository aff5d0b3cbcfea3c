import type { Align } from "./align.js";

/** Options of `biases.relative`: which row of the table a pair has. Without `buckets` and `grid`: its distance. */
export interface RelativeOptions {
  /** Distances share rows as in T5. */
  buckets?: RelativeBuckets | undefined;
  /**
   * The keys are the cells of a grid in row-major order, as in the windows of Swin: `[rows, columns]`, or any
   * other number of axes. S is their product.
   */
  grid?: readonly number[] | undefined;
  /** How L queries stand among S keys; may be left out while L = S. */
  align?: Align | undefined;
}

/** How distances share the rows of a table, which are the buckets. */
export interface RelativeBuckets {
  /**
   * True: the first half of the buckets is for keys up to the query, the second for keys after it (T5's
   * encoder). False: keys after the query have the bucket of distance 0 (its decoder). There is no default:
   * the wrong one gives numbers that look right.
   */
  bidirectional: boolean;
  /** From this distance on all keys have the last bucket. An integer. Default 128. */
  maxDistance?: number | undefined;
}
