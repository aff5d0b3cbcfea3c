import { describe, rangeError, typeError } from "../tensor/index.js";
import type { Place } from "./types.js";

/** One integer for all batch entries, or one for each, in row-major order of the batch axes. */
export type PerBatch = number | ArrayLike<number>;

/** Reads one integer per batch entry. */
export function readPerBatch(
  value: unknown,
  batch: number,
  { fn, argument }: Place,
  lowest = -Infinity,
): Float64Array {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const list = isList ? (value as unknown as ArrayLike<number>) : [value as number];
  if (isList && list.length !== batch) {
    throw rangeError({
      fn,
      argument,
      expected: `one number, or ${batch} (one for each batch entry)`,
      got: `${list.length} numbers`,
    });
  }
  const counts = new Float64Array(batch);
  for (let b = 0; b < batch || b < list.length; b++) {
    const count = list[isList ? b : 0];
    if (typeof count !== "number" || (!Number.isSafeInteger(count) && Number.isFinite(count))) {
      throw typeError({ fn, argument, expected: "an integer", got: describe(count) });
    }
    if (!Number.isSafeInteger(count) || count < lowest) {
      const least = lowest === -Infinity ? "a finite integer" : `an integer of at least ${lowest}`;
      throw rangeError({ fn, argument, expected: least, got: describe(count) });
    }
    if (b < batch) counts[b] = count;
    else break;
  }
  return counts;
}
