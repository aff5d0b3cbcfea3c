import type { FloatArray, TensorView } from "../tensor/types.js";
import { sha256 } from "./sha256.js";

export type Results = Readonly<Record<string, TensorView<FloatArray>>>;

/**
 * The hash of named results: for each one a line `name dtype [shape]`, then its elements row by row,
 * little-endian, bit by bit as they are.
 */
export function hashOf(results: Results): string {
  const parts = Object.entries(results).map(([name, view]) => {
    const dtype = view.data.BYTES_PER_ELEMENT === 4 ? "float32" : "float64";
    const line = `${name} ${dtype} [${view.shape.join()}]\n`;
    return [Uint8Array.from(line, (letter) => letter.charCodeAt(0)), bytesOf(view)];
  });
  const pieces = parts.flat();
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return sha256(all);
}

function bytesOf({ data, shape, stride, offset }: TensorView<FloatArray>): Uint8Array {
  const width = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(shape.reduce((a, n) => a * n, width));
  const into = new DataView(bytes.buffer);
  // Integers: a NaN that is copied as a number may come out with other bits.
  const { buffer, byteOffset, length } = data;
  const copy =
    width === 4
      ? (
          (words) => (from: number, to: number) =>
            into.setUint32(to, words[from], true)
        )(new Uint32Array(buffer, byteOffset, length))
      : (
          (words) => (from: number, to: number) =>
            into.setBigUint64(to, words[from], true)
        )(new BigUint64Array(buffer, byteOffset, length));
  let to = 0;
  const walk = (axis: number, from: number): void => {
    if (axis < shape.length) {
      for (let i = 0; i < shape[axis]; i++) walk(axis + 1, from + i * stride[axis]);
      return;
    }
    copy(from, to);
    to += width;
  };
  walk(0, offset);
  return bytes;
}
