import type { DType } from "./types.js";

/**
 * The one of a float32/float64 pair that belongs to `dtype`. `T` is what the caller knows and TypeScript cannot
 * see: that its type `A` is the array of this precision.
 */
export function pick<T>(dtype: DType, float32: unknown, float64: unknown): T {
  return (dtype === "float32" ? float32 : float64) as T;
}
