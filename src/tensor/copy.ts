import { canonicalizeNaN } from "./canonicalNaN.js";
import { freshTensor } from "./readTensor.js";
import { contiguousStride, offsetsOf, sizeOf } from "./shape.js";
import type { FloatArray, Tensor, TensorView } from "./types.js";

/** Copies any view into another of the same shape, or into row-major `data`. */
export function copyInto<A extends FloatArray | Uint8Array>(
  view: TensorView<A>,
  data: A,
  to: Pick<TensorView, "stride" | "offset"> = { stride: contiguousStride(view.shape), offset: 0 },
): void {
  const rank = view.shape.length;
  if (rank === 0) {
    data[to.offset] = view.data[view.offset];
    return;
  }
  const outer = view.shape.slice(0, -1);
  const length = view.shape[rank - 1];
  const [step, toStep] = [view.stride[rank - 1], to.stride[rank - 1]];
  const rows = offsetsOf(outer, view.stride, view.offset);
  const toRows = offsetsOf(outer, to.stride, to.offset);
  for (let row = 0; row < rows.length; row++) {
    let target = toRows[row];
    for (let i = 0, from = rows[row]; i < length; i++, from += step, target += toStep) {
      data[target] = view.data[from];
    }
    canonicalizeNaN(data as FloatArray, toRows[row], length, toStep);
  }
}

/** A row-major copy with memory of its own. */
export function copyContiguous<A extends FloatArray | Uint8Array>(view: TensorView<A>): Tensor<A> {
  const data = new (view.data.constructor as new (size: number) => A)(sizeOf(view.shape));
  copyInto(view, data);
  return freshTensor(data, [...view.shape]);
}
