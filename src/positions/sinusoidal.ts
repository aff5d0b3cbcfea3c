import { cos64, sin64 } from "../elementary/portable.js";
import {
  checkArguments,
  numberError,
  allocate,
  checkOptions,
  describe,
  freshTensor,
  typeError,
  type DType,
  type FloatArrayOf,
  type Tensor,
} from "../tensor/index.js";
import { checkBase } from "./checkBase.js";
import { frequencies } from "./frequencies.js";

/** Options of {@link sinusoidal}. */
export interface SinusoidalOptions<T extends DType = DType> {
  /** The ratio of the longest wavelength to the shortest, which is 2π. Default 10000. */
  base?: number | undefined;
  /**
   * Where sine and cosine of pair `i` stand. `"interleaved"` (default, the paper): features `2i` and
   * `2i + 1`. `"concatenated"` (tensor2tensor, fairseq, Whisper): `i` and `i + size/2`.
   */
  order?: "interleaved" | "concatenated" | undefined;
  /**
   * False (default, the paper): wavelength `i` is `2π·base^(i / (size/2))`, so that the longest stays
   * below `2π·base`. True (tensor2tensor, fairseq, Whisper): `2π·base^(i / (size/2 − 1))`, so that
   * the longest is `2π·base`.
   */
  endpoint?: boolean | undefined;
  /** The precision of the result; angles are computed in float64. Default `"float32"`. */
  dtype?: T | undefined;
}

/** As `Hints`. */
export const sinusoidalHints = {
  "write `base`": "theta max_timescale max_wavelength n",
  'write order: "concatenated"': "concat",
  'write order: "interleaved"': "interleaved interleave",
  "it is the first argument, the number of positions": "length max_len max_length max_seq_len",
  "it is the second argument, the number of features": "size dim d_model embed_dim embedding_dim",
};

/**
 * Makes the sinusoidal position encoding of the original Transformer, which is added to the token
 * embeddings: `out[p, 2i] = sin(p / base^(2i/size))`, `out[p, 2i + 1] = cos(p / base^(2i/size))`.
 *
 * @param length - the number of positions, which start at 0.
 * @param size - the number of features of each position, even.
 * @param options - `base`, `order`, `endpoint`, `dtype`.
 * @returns `[length, size]`.
 * @throws TypeError for arguments of the wrong kind or unknown options.
 * @throws RangeError for an odd `size`, a negative `length`, or a `base` below 1.
 * @see Vaswani et al.: Attention Is All You Need (2017), §3.5.
 *
 * @example
 * ```ts
 * import { format, sinusoidal } from "qkv";
 *
 * console.log(format(sinusoidal(3, 4)));
 * // → float32 [3, 4]
 * // →  0.0000  1.0000 0.0000 1.0000
 * // →  0.8415  0.5403 0.0100 0.9999
 * // →  0.9093 -0.4161 0.0200 0.9998
 * ```
 */
export function sinusoidal<T extends DType = "float32">(
  length: number,
  size: number,
  options?: SinusoidalOptions<T>,
): Tensor<FloatArrayOf<T>> {
  checkArguments("sinusoidal", arguments.length, ["length", "size", "options"]);
  checkCount("length", length, 1);
  checkCount("size", size, 2);
  const names = ["base", "order", "endpoint", "dtype"];
  const own: SinusoidalOptions = checkOptions("sinusoidal", options, names, sinusoidalHints);
  const { base = 10000, order = "interleaved", endpoint = false, dtype = "float32" } = own;
  checkBase("sinusoidal", "options.base", base);
  checkChoice("order", order, ["interleaved", "concatenated"]);
  checkChoice("endpoint", endpoint, [true, false]);
  checkChoice("dtype", dtype, ["float32", "float64"]);

  const out = allocate("sinusoidal", "result", [length, size], dtype) as FloatArrayOf<T>;
  const pairs = size / 2;
  const radians = frequencies(base, pairs, endpoint ? Math.max(1, pairs - 1) : pairs);
  const [step, toCosine] = order === "interleaved" ? [2, 1] : [1, pairs];
  for (let position = 0; position < length; position++) {
    for (let i = 0, at = position * size; i < pairs; i++, at += step) {
      const angle = position * radians[i];
      out[at] = sin64(angle);
      out[at + toCosine] = cos64(angle);
    }
  }
  return freshTensor(out, [length, size]);
}

function checkCount(argument: "length" | "size", count: unknown, multiple: number): void {
  if (Number.isSafeInteger(count) && (count as number) >= 0 && (count as number) % multiple === 0) {
    return;
  }
  const expected = argument === "length" ? "a number of positions" : "an even number of features";
  throw numberError("sinusoidal", argument, expected, count);
}

function checkChoice(option: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return;
  throw typeError(
    "sinusoidal",
    `options.${option}`,
    choices.map(describe).join(" or "),
    describe(value),
  );
}
