/**
 * The float16 bits of numbers, rounded to the nearest, ties to even: half the size, 11 bits of precision in place of
 * 24. Numbers of more than 65504 in size are not in any model here.
 */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (!(size < 65520)) throw new RangeError(`${value} is no float16`);
    const exponent = Math.max(Math.floor(Math.log2(size || 1e-30)), -14);
    // Numbers of 2⁵² and above have no fraction: the sum is rounded.
    const steps = size / 2 ** (exponent - 10) + 2 ** 52 - 2 ** 52;
    // Steps of the smallest exponent are subnormal below 1024; a carry into the next exponent adds up right.
    return sign + (exponent + 14) * 1024 + steps;
  });
}
