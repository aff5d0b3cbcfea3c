import { readProduct, type MatmulOptions } from "../matmul/index.js";
import {
  commonDType,
  copyInto,
  freshTensor,
  readOut,
  readTensor,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import type { MatmulJob } from "./protocol.js";
import { planSchedule, type Schedule } from "./schedule.js";
import { allocateShared, share, unshare } from "./share.js";

/** A checked product: what the workers get, and what becomes of their work. */
export interface MatmulCall<A extends FloatArray> {
  readonly job: MatmulJob;
  readonly schedule: Schedule;
  /** The product outside shared memory, when every row is done. */
  finish(): Tensor<A>;
}

/** Checks every argument, as one thread does, and brings both factors into shared memory. */
export function prepareMatmul<A extends FloatArray>(
  a: TensorLike<A>,
  b: TensorLike<A>,
  options: MatmulOptions<A> | undefined,
  threads: number,
): MatmulCall<A> {
  const { shape } = readProduct(a, b, options ?? {});
  const out = options?.out === undefined ? undefined : readOut<A>("matmul", options.out, shape);
  const dtype = commonDType("matmul", { a, b });
  const { transposeA = false, transposeB = false, engine } = options ?? {};
  const read = (argument: "a" | "b", value: unknown, transpose: boolean): Tensor<A> => {
    const view = readTensor<A>(value, "matmul", argument, dtype);
    return spread(share("matmul", argument, view), transpose, shape.slice(0, -2));
  };
  const left = read("a", a, transposeA);
  const right = read("b", b, transposeB);
  const output = allocateShared<A>("matmul", "result", shape, dtype);
  const [m, n] = shape.slice(-2);
  const k = left.shape[shape.length - 1];
  const spans = shape.slice(0, -2).reduce((product, length) => product * length, 1);
  return {
    job: { kind: "matmul", a: left, b: right, engine, output },
    schedule: planSchedule(spans, m, k * n, threads, engine),
    finish() {
      if (out === undefined) return unshare("matmul", "result", output, shape);
      copyInto(freshTensor(output, shape), out.data, out);
      return out;
    },
  };
}

/** The matrices of `view`, transposed by their strides, repeated over the batch axes of the product. */
function spread<A extends FloatArray>(
  { data, shape, stride, offset, dtype }: Tensor<A>,
  transpose: boolean,
  batch: readonly number[],
): Tensor<A> {
  const missing = batch.length - (shape.length - 2);
  const steps = batch.map((_, axis) => {
    const repeats = axis < missing || shape[axis - missing] === 1;
    return repeats ? 0 : stride[axis - missing];
  });
  const last = (list: readonly number[]): number[] =>
    transpose ? list.slice(-2).reverse() : list.slice(-2);
  return {
    data,
    shape: [...batch, ...last(shape)],
    stride: [...steps, ...last(stride)],
    offset,
    dtype,
  };
}
