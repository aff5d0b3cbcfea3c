import { numberError, rangeError } from "../tensor/index.js";
import type { Place } from "./types.js";

/** One integer for all batch entries, or one for each, in row-major order of the batch axes. */
export type PerBatch = number | ArrayLike<number>;

/** Reads one integer per batch entry. */
export function readPerBatch(
  value: unknown,
  batch: number,
  { fn, argument }: Place,
  lowest = -Infinity,
  fix?: string,
): Float64Array {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const list = isList ? Array.from(value as unknown as ArrayLike<number>) : [value as number];
  for (const count of list) {
    if (typeof count === "number" && Number.isSafeInteger(count) && count >= lowest) continue;
    const expected = lowest === 0 ? "a non-negative integer" : "an integer";
    const plain = typeof count === "bigint" ? "Array.from(lengths, Number)" : undefined;
    throw numberError(fn, argument, expected, count, plain);
  }
  if (isList && list.length !== batch) {
    throw rangeError(
      fn,
      argument,
      `one number, or one for each of ${batch} batch entries`,
      `${list.length} numbers`,
      fix,
    );
  }
  return Float64Array.from({ length: batch }, (_, b) => list[isList ? b : 0]);
}
