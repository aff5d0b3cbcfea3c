import type { Operand } from "../attention/call.js";
import { operandOf } from "../attention/call.js";
import {
  dtypeOf,
  rangeError,
  readTensor,
  showShape,
  sizeOf,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import type { CacheShape } from "./readCacheOptions.js";

/** Positions to be added, checked. */
export interface Appended<A extends FloatArray> {
  readonly count: number;
  readonly key: Operand<A>;
  readonly value: Operand<A>;
}

/** Reads the arguments of `append`. */
export function readAppended<A extends FloatArray>(
  fn: string,
  shape: CacheShape,
  key: unknown,
  value: unknown,
): Appended<A> {
  const k = readOwn<A>(fn, "key", key, shape);
  const v = readOwn<A>(fn, "value", value, shape);
  checkShapes(fn, "key", k, shape, `D = ${shape.headSize}`, shape.headSize);
  checkShapes(fn, "value", v, shape, `E = ${shape.valueSize}`, shape.valueSize);
  const count = k.shape[k.shape.length - 2];
  if (v.shape[v.shape.length - 2] !== count || v.shape.length !== k.shape.length) {
    throw rangeError(
      fn,
      "value",
      `the rank and the positions of key, ${showShape([...k.shape.slice(0, -1), shape.valueSize])}`,
      showShape(v.shape),
    );
  }
  return { count, key: operandOf(k, false), value: operandOf(v, false) };
}

/** A tensor in the precision of the cache. */
export function readOwn<A extends FloatArray>(
  fn: string,
  argument: string,
  x: unknown,
  { dtype }: CacheShape,
): Tensor<A> {
  const found = dtypeOf(x);
  if (found !== undefined && found !== "bool" && found !== dtype) {
    throw typeError(
      fn,
      argument,
      `${dtype}, the precision of the cache`,
      found,
      `convert it, or create the cache with dtype: "${found}"`,
    );
  }
  return readTensor<A>(x, fn, argument, dtype);
}

function checkShapes(
  fn: string,
  argument: string,
  { shape }: Tensor,
  { batch, kvHeads, heads }: CacheShape,
  letter: string,
  size: number,
): void {
  const rank = shape.length;
  const fits =
    rank > 2
      ? sizeOf(shape.slice(0, -3)) === batch && shape[rank - 3] === kvHeads
      : rank === 2 && heads === 1;
  if (fits && shape[rank - 1] === size) return;
  const last = letter[0];
  const form = heads === 1 ? `[n, ${last}] or [..., Hkv, n, ${last}]` : `[..., Hkv, n, ${last}]`;
  throw rangeError(
    fn,
    argument,
    `${form} with ${entries(batch)}, Hkv = ${kvHeads} and ${letter}`,
    showShape(shape),
  );
}

/** `1 batch entry`, `2 batch entries`. */
export function entries(batch: number): string {
  return batch === 1 ? "1 batch entry" : `${batch} batch entries`;
}
