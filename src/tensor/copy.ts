import { freshTensor } from "./readTensor.js";
import { offsetsOf, sizeOf } from "./shape.js";
import type { FloatArray, Tensor, TensorView } from "./types.js";

/** Copies any view into `target` at `at`, row-major. */
export function copyInto<D extends FloatArray | Uint8Array>(
  view: TensorView<D>,
  target: D,
  at = 0,
): void {
  const rank = view.shape.length;
  if (rank === 0) {
    target[at] = view.data[view.offset];
    return;
  }
  const length = view.shape[rank - 1];
  const step = view.stride[rank - 1];
  const rows = offsetsOf(view.shape.slice(0, -1), view.stride.slice(0, -1), view.offset);
  for (let row = 0, to = at; row < rows.length; row++) {
    for (let i = 0, from = rows[row]; i < length; i++, from += step) target[to++] = view.data[from];
  }
}

/** A row-major copy with memory of its own. */
export function copyContiguous<D extends FloatArray | Uint8Array>(view: TensorView<D>): Tensor<D> {
  const data = new (view.data.constructor as new (size: number) => D)(sizeOf(view.shape));
  copyInto(view, data);
  return freshTensor(data, [...view.shape]);
}
