import { exp64 } from "../elementary/portable.js";
import { checkArguments, numberError } from "../tensor/index.js";

/**
 * The slopes of ALiBi, one for each head: how much a score falls for each key further away. For a
 * power of two they are `2^(−8/heads), 2^(−16/heads), …, 2^−8`. Otherwise the slopes of the largest
 * power of two below `heads`, followed by every other slope of the next one.
 *
 * @param heads - the number of query heads, a positive integer.
 * @returns `heads` numbers, exact where the exponent is an integer.
 * @throws TypeError if `heads` is not a number.
 * @throws RangeError if `heads` is not an integer from 1 to 65536.
 * @see Press, Smith, Lewis: Train Short, Test Long (2022), §3 and its published code.
 *
 * @example
 * ```ts
 * import { alibiSlopes } from "qkv";
 *
 * console.log(alibiSlopes(4));
 * // → [ 0.25, 0.0625, 0.015625, 0.00390625 ]
 * console.log(alibiSlopes(3));
 * // → [ 0.0625, 0.00390625, 0.25 ]
 * ```
 */
export function alibiSlopes(heads: number): number[] {
  checkArguments("alibiSlopes", arguments.length, ["heads"]);
  if (!(Number.isInteger(heads) && heads >= 1 && heads <= 65536)) {
    const expected = "a number of heads, an integer from 1 to 65536";
    throw numberError("alibiSlopes", "heads", expected, heads);
  }
  let power = 1;
  while (2 * power <= heads) power *= 2;
  const slopes = geometric(power, power, 1);
  return [...slopes, ...geometric(2 * power, heads - power, 2)];
}

/** `2^(−8·k / heads)` for the first `count` of k = 1, 1 + step, 1 + 2·step, … */
function geometric(heads: number, count: number, step: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const exponent = (8 * (1 + i * step)) / heads;
    const whole = Math.floor(exponent);
    // The integer part is exact in binary, and exp64(−0) = 1.
    return exp64((whole - exponent) * Math.LN2) / (1 << whole);
  });
}
