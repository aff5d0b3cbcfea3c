import { checkArguments } from "./checkArguments.js";
import { canonicalizeNaN } from "./canonicalNaN.js";
import { tagOf } from "./errors.js";
import { readBits } from "./readBits.js";

/** 16 bits of each number, or, where the language has it, a Float16Array. */
export type Float16Bits = ArrayLike<number> & {
  /** What kind of typed array it is. */
  readonly [Symbol.toStringTag]: "Uint16Array" | "Float16Array";
};

/**
 * Reads float16 numbers (IEEE 754 binary16: 5 bits of exponent, 10 of fraction), as onnxruntime and files of
 * weights hold them. Exact, subnormal numbers, −0 and infinities too; every NaN becomes the canonical one.
 *
 * @param bits - the bits of each number, or a Float16Array.
 * @returns as many float32 numbers, in new memory.
 * @throws TypeError for anything else.
 * @see IEEE 754-2019, §3.4.
 *
 * @example
 * ```ts
 * import { fromFloat16, tensor } from "qkv";
 *
 * const bits = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00);
 * console.log(fromFloat16(bits));
 * // → Float32Array(4) [ 1, -2, 5.960464477539063e-8, Infinity ]
 * const query = tensor(fromFloat16(bits), { shape: [2, 2] });
 * console.log(query.dtype, query.shape);
 * // → float32 [ 2, 2 ]
 * ```
 */
export function fromFloat16(bits: Float16Bits): Float32Array {
  checkArguments("fromFloat16", arguments.length, ["bits"]);
  const numbers = new Float32Array(bits?.length ?? 0);
  if (tagOf(bits) === "Float16Array") {
    numbers.set(bits);
    canonicalizeNaN(numbers);
    return numbers;
  }
  const half = readBits("fromFloat16", bits);
  const words = new Uint32Array(numbers.buffer);
  for (let i = 0; i < half.length; i++) {
    const sign = (half[i] & 0x8000) << 16;
    const exponent = (half[i] >> 10) & 31;
    const fraction = half[i] & 1023;
    if (exponent === 31 && fraction !== 0) words[i] = 0x7fc00000;
    else if (exponent === 31) words[i] = sign | 0x7f800000;
    // The bias of the exponent is 127 in place of 15, and the fraction has 13 bits more.
    else if (exponent !== 0) words[i] = sign | ((exponent + 112) << 23) | (fraction << 13);
    // A subnormal number is a multiple of 2⁻²⁴; its sign is set by hand, for −0.
    else {
      numbers[i] = fraction * 5.9604644775390625e-8;
      words[i] |= sign;
    }
  }
  return numbers;
}
