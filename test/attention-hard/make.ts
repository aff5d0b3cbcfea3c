import type { FloatArray } from "../../src/tensor/types.js";
import type { Problem } from "../helpers/problem.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import type { Dense, DType } from "../helpers/tensors.js";
import { sizeOf } from "../helpers/tensors.js";

export const dtypes = ["float32", "float64"] as const;

/** Both precisions on every engine that runs here. */
export const settings = dtypes.flatMap((dtype) => engines.map((engine) => ({ dtype, engine })));

export function floatsOf(dtype: DType, data: readonly number[], shape: readonly number[]) {
  const floats: FloatArray =
    dtype === "float32" ? Float32Array.from(data) : Float64Array.from(data);
  if (floats.length !== sizeOf(shape)) throw new Error(`${floats.length} numbers for [${shape}]`);
  return { data: floats, shape } satisfies Dense<FloatArray>;
}

export function randomFloats(
  dtype: DType,
  random: Random,
  shape: readonly number[],
  amplitude = 1,
) {
  const numbers = Array.from({ length: sizeOf(shape) }, () => amplitude * random.normal());
  return floatsOf(dtype, numbers, shape);
}

/** One head: `query [L][D]`, `key [S][D]`, `value [S][E]`. */
export function oneHead(
  dtype: DType,
  query: readonly (readonly number[])[],
  key: readonly (readonly number[])[],
  value: readonly (readonly number[])[],
  options: Partial<Problem> = {},
): Problem {
  const matrix = (rows: readonly (readonly number[])[]): Dense<FloatArray> =>
    floatsOf(dtype, rows.flat(), [rows.length, rows[0].length]);
  return {
    ...{ dtype, seed: 0, headAxis: false, batch: [], scale: 1 },
    ...{ query: matrix(query), key: matrix(key), value: matrix(value) },
    ...options,
  };
}

/** Normal random numbers, `[B, H, L, D]` and so on. */
export function randomProblem(
  dtype: DType,
  seed: number,
  { B = 2, H = 3, Hkv = 0, L = 5, S = 7, D = 11, E = 13 },
  options: Partial<Problem> = {},
): Problem {
  const random = new Random(seed);
  return {
    ...{ dtype, seed, headAxis: true, batch: [B] },
    query: randomFloats(dtype, random, [B, H, L, D]),
    key: randomFloats(dtype, random, [B, Hkv || H, S, D]),
    value: randomFloats(dtype, random, [B, Hkv || H, S, E]),
    ...options,
  };
}
