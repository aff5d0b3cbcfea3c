import ndarray, { type NdArray } from "ndarray";
import type { FloatArray, Tensor } from "../core.js";

/** The same memory as an `NdArray`. */
export function toNdArray<A extends FloatArray | Uint8Array>(x: Tensor<A>): NdArray<A> {
  // Copies: an NdArray's shape and stride are open to its holder, who may change them.
  return ndarray(x.data, [...x.shape], [...x.stride], x.offset);
}

/** The tensors of a result as `NdArray`s; a tensor that stands twice stays one object. */
export function toNdArrays<Result>(result: object): Result {
  const seen = new Map<Tensor, NdArray>();
  const entries = Object.entries(result).map(([name, x]: [string, Tensor]) => {
    const array = seen.get(x) ?? (toNdArray(x) as NdArray);
    seen.set(x, array);
    return [name, array];
  });
  return Object.fromEntries(entries) as Result;
}
