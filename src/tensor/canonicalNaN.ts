import type { FloatArray } from "./types.js";

// A NaN has many bit patterns, and processors differ in the one they make. Written through an
// integer view, because an engine may pick any pattern for a NaN that is stored as a number.
const quietNaN32 = 0x7fc00000;
const quietNaN64 = 0x7ff8000000000000n;

/** Gives every NaN among `count` elements from `start`, `step` apart, the one canonical pattern. */
export function canonicalizeNaN(
  data: FloatArray,
  start = 0,
  count = data.length - start,
  step = 1,
): void {
  let words: Uint32Array | BigUint64Array | undefined;
  for (let i = 0, at = start; i < count; i++, at += step) {
    if (data[at] === data[at]) continue;
    if (data.BYTES_PER_ELEMENT === 4) {
      words ??= new Uint32Array(data.buffer, data.byteOffset, data.length);
      words[at] = quietNaN32;
    } else {
      words ??= new BigUint64Array(data.buffer, data.byteOffset, data.length);
      words[at] = quietNaN64;
    }
  }
}
