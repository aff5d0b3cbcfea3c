import { copyRows } from "../engine/index.js";
import { offsetsOf, type FloatArray, type Tensor } from "../tensor/index.js";

/** The rows of a tensor along an axis: `length` elements from `starts[r]` on, `step` apart. */
export interface Rows<A extends FloatArray | Uint8Array> {
  readonly data: A;
  readonly starts: readonly number[];
  readonly step: number;
  readonly length: number;
}

/** Where the results go, zeros so far. Absent ones are not computed. */
export interface RowsResults<A extends FloatArray> {
  /** The softmax of each row. */
  readonly weights?: Rows<A>;
  /** One number for each row. */
  readonly lse?: A;
}

/** The rows along an axis, in row-major order of the other axes. */
export function rowsAlong<A extends FloatArray | Uint8Array>(
  { data, shape, stride, offset }: Tensor<A>,
  axis: number,
): Rows<A> {
  const others = (list: readonly number[]): number[] => list.filter((_, i) => i !== axis);
  const starts = offsetsOf(others(shape), others(stride), offset);
  return { data, starts, step: stride[axis], length: shape[axis] };
}

/** Copies elements `from … to − 1` of row `r`; those that are not allowed become −Infinity, unread. */
export function readRow(
  { data, starts, step }: Rows<FloatArray>,
  allow: Rows<Uint8Array> | undefined,
  r: number,
  from: number,
  to: number,
  into: FloatArray,
  at: number,
): void {
  if (!allow) {
    copyRows(data, starts[r] + from * step, 0, step, 1, to - from, into, at);
    return;
  }
  for (let j = from; j < to; j++, at++) {
    const allowed = allow.data[allow.starts[r] + j * allow.step] === 1;
    into[at] = allowed ? data[starts[r] + j * step] : -Infinity;
  }
}
