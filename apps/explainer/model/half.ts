// float16: a sign, 5 bits of exponent, 10 of fraction. Halves the file; the numbers keep 11 of their 24 bits.

/** Rounds to the nearest float16, ties to even. Numbers of more than 65504 in size are not in any model here. */
export function toHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (!(size < 65520)) throw new RangeError(`${value} is no float16`);
    const exponent = Math.max(Math.floor(Math.log2(size || 1e-30)), -14);
    const step = 2 ** (exponent - 10);
    const steps = roundToEven(size / step);
    // Steps of the smallest exponent are subnormal below 1024; a carry into the next exponent adds up right.
    return sign + (exponent + 14) * 1024 + steps;
  });
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** The numbers that float16 bits stand for. */
export function fromHalf(bits: Uint16Array): Float32Array {
  const table = halves();
  const values = new Float32Array(bits.length);
  for (let at = 0; at < values.length; at++) values[at] = table[bits[at]];
  return values;
}

let known: Float32Array | undefined;

/** Every float16, by its bits. */
function halves(): Float32Array {
  return (known ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const size =
      exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return bits >= 0x8000 ? -size : size;
  }));
}
