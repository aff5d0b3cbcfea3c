import { checkArguments } from "./checkArguments.js";
import { canonicalizeNaN } from "./canonicalNaN.js";
import { readBits } from "./readBits.js";

/**
 * Reads bfloat16 numbers, which are the upper halves of float32 numbers. Exact, subnormal numbers, −0 and
 * infinities too; every NaN becomes the canonical one.
 *
 * @param bits - the bits of each number.
 * @returns as many float32 numbers, in new memory.
 * @throws TypeError for anything but a Uint16Array.
 *
 * @example
 * ```ts
 * import { fromBfloat16 } from "qkv";
 *
 * console.log(fromBfloat16(Uint16Array.of(0x3f80, 0xc000, 0x3eab)));
 * // → Float32Array(3) [ 1, -2, 0.333984375 ]
 * ```
 */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  checkArguments("fromBfloat16", arguments.length, ["bits"]);
  const half = readBits("fromBfloat16", bits);
  const words = new Uint32Array(half.length);
  for (let i = 0; i < half.length; i++) words[i] = half[i] << 16;
  const numbers = new Float32Array(words.buffer);
  canonicalizeNaN(numbers);
  return numbers;
}
