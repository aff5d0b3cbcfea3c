import type { FloatArray } from "../../src/tensor/types.js";

/** The bit patterns of floats: −0 differs from +0 here, and one NaN from another. */
export function bitsOf(data: FloatArray): Uint32Array | BigUint64Array {
  return data.BYTES_PER_ELEMENT === 4
    ? new Uint32Array(data.buffer, data.byteOffset, data.length)
    : new BigUint64Array(data.buffer, data.byteOffset, data.length);
}

/** The first index whose bits differ, or −1. */
export function firstDifferentBits(a: FloatArray, b: FloatArray): number {
  if (a.length !== b.length || a.BYTES_PER_ELEMENT !== b.BYTES_PER_ELEMENT) return 0;
  const x = bitsOf(a);
  const y = bitsOf(b);
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return i;
  return -1;
}

/** The first NaN that is not the canonical one, or −1. */
export function firstOddNaN(data: FloatArray): number {
  const bits = bitsOf(data);
  const canonical = data.BYTES_PER_ELEMENT === 4 ? 0x7fc00000 : 0x7ff8000000000000n;
  for (let i = 0; i < data.length; i++) {
    if (Number.isNaN(data[i]) && bits[i] !== canonical) return i;
  }
  return -1;
}

/** `value 0xbits`, for messages. */
export function showBits(data: FloatArray, index: number): string {
  const bits = bitsOf(data)[index] ?? 0;
  const digits = bits.toString(16).padStart(data.BYTES_PER_ELEMENT * 2, "0");
  return `${Object.is(data[index], -0) ? "-0" : data[index]} (0x${digits})`;
}

/** A quiet NaN with a payload of its own, as a computation elsewhere may have left it. */
export function writeOddNaN(data: FloatArray, index: number, negative = false): void {
  const bits = bitsOf(data);
  if (bits instanceof Uint32Array) bits[index] = negative ? 0xffc01234 : 0x7fc01234;
  else bits[index] = negative ? 0xfff8000000001234n : 0x7ff8000000001234n;
}
