import { tanh32, tanh64 } from "../elementary/portable.js";
import { tileSize } from "../elementary/tileSize.js";
import { matmul32, matmul64, type MatmulKernel } from "../matmul/index.js";
import { powersSize, precisionOf, type Precision, type SoftmaxState } from "../softmax/index.js";
import { allocate, pick, type FloatArray } from "../tensor/index.js";
import type { Call } from "./call.js";

/** Memory of one row on its way through the kernel, reused from row to row. */
export interface Scratch<A extends FloatArray> {
  readonly precision: Precision<A>;
  readonly matmul: MatmulKernel<A>;
  readonly tanh: (x: number) => number;
  /** The scaled query. */
  readonly query: A;
  /** Raw scores of a tile, in the precision of the call. */
  readonly raw: A;
  /** The masked scores of the whole row, as float64: rounding them once more changes nothing. */
  readonly scores: Float64Array;
  readonly bias: Float64Array;
  readonly allowed: Uint8Array;
  readonly powers: A;
  readonly tileOutput: A;
  /** The unnormalized output of the row. */
  readonly output: A;
  readonly state: SoftmaxState;
  readonly overflow: Overflow;
}

/** What a row with overflowing scores needs in addition: they are in float64, in units of a power of two. */
export interface Overflow {
  /** Exponents of the keys of a tile. */
  readonly exponents: Float64Array;
  /** The largest exponent of a positive allowed score so far. */
  positive: number;
  /** The smallest exponent of a negative one. */
  negative: number;
  /** Scores are divided by `2^shift`: 0 unless they leave the range of float64. */
  shift: number;
  /** `2^shift`, or the largest power of two: by then every difference underflows in `exp`. */
  unit: number;
}

/**
 * Allocates the memory that the kernel works in: O(S + D + E), whatever B, H and L are. One buffer
 * for all of it: in a call on 5 tokens, eleven arrays of their own took longer than the arithmetic.
 */
export function makeScratch<A extends FloatArray>(call: Call<A>): Scratch<A> {
  const { fn, dtype, keys, headSize, valueSize } = call;
  const floats = headSize + tileSize + powersSize + 2 * valueSize;
  const doubles = keys + 2 * tileSize;
  const buffer = allocate(fn, "key", [doubles + floats + tileSize / 8], "float64").buffer;
  let at = 0;
  const wide = (length: number): Float64Array => {
    at += 8 * length;
    return new Float64Array(buffer, at - 8 * length, length);
  };
  const narrow = (length: number): Float32Array => {
    at += 4 * length;
    return new Float32Array(buffer, at - 4 * length, length);
  };
  const own = pick<(length: number) => A>(dtype, narrow, wide);
  return {
    precision: precisionOf<A>(dtype),
    matmul: pick<MatmulKernel<A>>(dtype, matmul32, matmul64),
    tanh: dtype === "float32" ? tanh32 : tanh64,
    scores: wide(keys),
    bias: wide(tileSize),
    overflow: {
      exponents: wide(tileSize),
      positive: -Infinity,
      negative: Infinity,
      shift: 0,
      unit: 1,
    },
    query: own(headSize),
    raw: own(tileSize),
    powers: own(powersSize),
    tileOutput: own(valueSize),
    output: own(valueSize),
    allowed: new Uint8Array(buffer, at, tileSize),
    state: { m: -Infinity, l: 0, keep: 0, add: 0 },
  };
}
