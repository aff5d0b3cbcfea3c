import { describe, rangeError, showShape, typeError } from "./errors.js";
import { readTensor } from "./readTensor.js";
import { sameShape } from "./shape.js";
import type { FloatArray, Tensor } from "./types.js";

/** Reads the option `out`, a tensor that receives a result of this shape. */
export function readOut<A extends FloatArray>(
  fn: string,
  out: unknown,
  shape: readonly number[],
): Tensor<A> {
  const argument = "options.out";
  const expected = showShape(shape);
  if (typeof out !== "object" || out === null || Array.isArray(out)) {
    const wanted = `a tensor ${expected} that receives the output`;
    throw typeError(fn, argument, wanted, describe(out), `zeros(${expected})`);
  }
  const view = readTensor<A>(out, fn, argument);
  if ((view.data as unknown) !== (out as Tensor).data) {
    throw typeError(fn, argument, "a Float32Array or Float64Array to write to", "a plain array");
  }
  const got = showShape(view.shape);
  if (!sameShape(view.shape, shape)) {
    throw rangeError(fn, argument, `the shape of the output, ${expected}`, got);
  }
  if (!isOneToOne(view)) {
    const wanted = "a view in which every element has memory of its own";
    throw rangeError(fn, argument, wanted, `shape ${got} with stride ${showShape(view.stride)}`);
  }
  return view;
}

/** True if no two elements of a view are certain to share memory: each stride passes the inner axes. */
function isOneToOne({ shape, stride }: Tensor): boolean {
  if (shape.includes(0)) return true;
  const axes = shape
    .map((length, axis) => ({ length, step: Math.abs(stride[axis]) }))
    .filter(({ length }) => length > 1)
    .sort((a, b) => a.step - b.step);
  let reach = 0;
  for (const { length, step } of axes) {
    if (step <= reach) return false;
    reach += (length - 1) * step;
  }
  return true;
}
