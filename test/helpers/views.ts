import type { TensorView } from "../../src/tensor/types.js";
import type { Random } from "./random.js";
import type { AnyArray, Dense } from "./tensors.js";
import { newArray, rowMajor, sizeOf } from "./tensors.js";

export const viewKinds = [
  "contiguous",
  "transposed",
  "sliced",
  "negative",
  "broadcast",
  "any",
] as const;
export type ViewKind = (typeof viewKinds)[number];

/**
 * The same elements as a view of another layout: axes in another order in memory, a slice of a
 * larger block, negative strides, stride 0 along the axes that allow it, or all of these. What
 * lies between the elements is NaN, so that a wrong stride cannot pass unseen.
 */
export function viewAs<D extends AnyArray>(
  dense: Dense<D>,
  kind: ViewKind,
  random: Random,
): TensorView<D> {
  const { shape, data } = dense;
  const rank = shape.length;
  const all = kind === "any";
  const order = Array.from({ length: rank }, (_, axis) => axis);
  const memoryOrder = kind === "transposed" || all ? random.permutation(rank) : order;
  const sliced = kind === "sliced" || all;
  const step = order.map(() => (sliced ? random.integer(1, 2) : 1));
  const before = order.map(() => (sliced ? random.integer(0, 2) : 0));
  const reversed = order.map(() => (kind === "negative" || all) && random.chance(0.6));
  const zero = order.map((axis) => (kind === "broadcast" || all) && isConstant(dense, axis));

  // The block that holds the view, axis by axis from the innermost in memory outwards.
  const stride = new Array<number>(rank).fill(0);
  let size = 1;
  let offset = 0;
  for (const axis of [...memoryOrder].reverse()) {
    if (zero[axis]) continue;
    const length = before[axis] + shape[axis] * step[axis];
    stride[axis] = size * step[axis];
    offset += size * before[axis];
    if (reversed[axis] && shape[axis] > 0) {
      offset += (shape[axis] - 1) * stride[axis];
      stride[axis] = -stride[axis];
    }
    size *= Math.max(length, 1);
  }
  const block = newArray(data, size).fill(data instanceof Uint8Array ? 1 : NaN) as D;
  scatter(dense, block, stride, offset);
  return { data: block, shape: [...shape], stride, offset };
}

// Copies through bytes: an element may be a NaN whose bits matter to a test.
function scatter<D extends AnyArray>(
  from: Dense<D>,
  to: D,
  stride: number[],
  offset: number,
): void {
  const bytes = from.data.BYTES_PER_ELEMENT;
  const Words = bytes === 8 ? BigUint64Array : bytes === 4 ? Uint32Array : Uint8Array;
  const source = new Words(from.data.buffer as ArrayBuffer, from.data.byteOffset, from.data.length);
  const target = new Words(to.buffer as ArrayBuffer);
  let index = 0;
  const walk = (axis: number, at: number): void => {
    if (axis === from.shape.length) target[at] = source[index++];
    else for (let i = 0; i < from.shape[axis]; i++) walk(axis + 1, at + i * stride[axis]);
  };
  walk(0, offset);
}

function isConstant({ data, shape }: Dense, axis: number): boolean {
  if (shape[axis] < 2) return false;
  const stride = rowMajor(shape)[axis];
  const run = stride * shape[axis];
  for (let i = 0; i < sizeOf(shape); i++) {
    if (i % run >= stride && !Object.is(data[i], data[i - stride])) return false;
  }
  return true;
}
