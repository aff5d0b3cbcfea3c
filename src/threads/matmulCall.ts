import { factorOf, readProduct, type MatmulOptions } from "../matmul/index.js";
import {
  copyInto,
  freshTensor,
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
  const product = readProduct(a, b, options);
  const { dtype, shape, m, k, n, inputs, out, engine } = product;
  const batch = shape.slice(0, -2);
  const left = factorOf(share("matmul", "a", inputs[0]), batch);
  const right = factorOf(share("matmul", "b", inputs[1]), batch);
  const output = allocateShared<A>("matmul", "result", shape, dtype);
  const result = factorOf(freshTensor(output, shape), batch);
  return {
    job: { kind: "matmul", product: { dtype, m, k, n, left, right, engine }, result },
    schedule: planSchedule(result.starts.length, m, k * n, threads, engine),
    finish() {
      if (out === undefined) return unshare("matmul", "result", output, shape);
      copyInto(freshTensor(output, shape), out.data, out);
      return out;
    },
  };
}
