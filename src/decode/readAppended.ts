import { operandOf, type Operand } from "../attention/call.js";
import { readChoice, readCounts } from "../attention/readOptions.js";
import { axesOf } from "../attention/shapes.js";
import {
  checkOptions,
  describe,
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
import type { AppendOptions } from "./types.js";

/** As `Hints`. */
export const appendHints = {
  "write `lengths`, how many of these positions each batch entry takes":
    "key_lengths seqlens seq_lens cache_seqlens seqused_k",
};

/** Positions to be added, checked. */
export interface Appended<A extends FloatArray> {
  /** How many of them each batch entry takes. */
  readonly counts: readonly number[];
  readonly key: Operand<A>;
  readonly value: Operand<A>;
}

/** Reads the arguments of `append`. */
export function readAppended<A extends FloatArray>(
  fn: string,
  shape: CacheShape,
  key: unknown,
  value: unknown,
  options?: AppendOptions,
): Appended<A> {
  if (Array.isArray(options) || ArrayBuffer.isView(options)) {
    const fix = "write { lengths } for how many positions each batch entry takes";
    throw typeError(fn, "options", "{ layout, lengths }", describe(options), fix);
  }
  const { layout, lengths } = checkOptions(fn, options, ["layout", "lengths"], appendHints);
  const sequenceFirst = readChoice(fn, "layout", layout, ["BHLD", "BLHD"]) === "BLHD";
  const k = readOwn<A>(fn, "key", key, shape);
  const v = readOwn<A>(fn, "value", value, shape);
  checkShapes(fn, "key", k, shape, sequenceFirst, `D = ${shape.headSize}`, shape.headSize);
  checkShapes(fn, "value", v, shape, sequenceFirst, `E = ${shape.valueSize}`, shape.valueSize);
  const rank = k.shape.length;
  const [, rowAxis] = axesOf(rank, sequenceFirst);
  const count = k.shape[rowAxis];
  if (v.shape[rowAxis] !== count || v.shape.length !== rank) {
    throw rangeError(
      fn,
      "value",
      `the rank and the positions of key, ${showShape([...k.shape.slice(0, -1), shape.valueSize])}`,
      showShape(v.shape),
    );
  }
  const counts = readCounts(fn, "lengths", lengths, shape.batch, count);
  return {
    counts: counts ? [...counts] : new Array<number>(shape.batch).fill(count),
    key: operandOf(k, sequenceFirst),
    value: operandOf(v, sequenceFirst),
  };
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
  { batch, kvHeads }: CacheShape,
  sequenceFirst: boolean,
  letter: string,
  size: number,
): void {
  const rank = shape.length;
  const [headAxis] = axesOf(rank, sequenceFirst);
  const single = batch * kvHeads === 1;
  const fits =
    rank > 2
      ? sizeOf(shape.slice(0, -3)) === batch && shape[headAxis] === kvHeads
      : rank === 2 && single;
  if (fits && shape[rank - 1] === size) return;
  const last = letter[0];
  const inner = sequenceFirst ? `[..., n, Hkv, ${last}]` : `[..., Hkv, n, ${last}]`;
  const form = single ? `[n, ${last}] or ${inner}` : inner;
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
