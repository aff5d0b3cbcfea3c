// Exact sums of products for the few rows where float64 itself overflows: fixed-point integers
// with 3300 binary places hold every product of three float64 numbers.

const places = 3300n;
const factorPlaces = 1100n;

/** A float64 number times 2¹¹⁰⁰. */
function toFactor(x: number): bigint {
  if (x === 0) return 0n;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0n ? fraction : fraction | 0x10000000000000n;
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + factorPlaces;
  return (x < 0 ? -mantissa : mantissa) << shift;
}

/** A finite float64 number as fixed point. */
export function toFixed(x: number): bigint {
  return toFactor(x) << (places - factorPlaces);
}

/** `Σ a·b·scale`, exactly. */
export function exactDot(a: readonly number[], b: readonly number[], scale: number): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += toFactor(a[i]) * toFactor(b[i]);
  return sum * toFactor(scale);
}

/** Fixed point as float64, within one unit in the last place; ±Infinity where it overflows. */
export function fromFixed(fixed: bigint): number {
  const magnitude = fixed < 0n ? -fixed : fixed;
  const excess = magnitude.toString(2).length - 60;
  const top = Number(excess > 0 ? magnitude >> BigInt(excess) : magnitude);
  const exponent = Math.max(excess, 0) - Number(places);
  // In three steps: 2^exponent alone may be 0 or Infinity where the product is neither.
  const third = Math.trunc(exponent / 3);
  const value = top * 2 ** third * 2 ** third * 2 ** (exponent - 2 * third);
  return fixed < 0n ? -value : value;
}
