import type { Problem } from "../attention/problem.js";
import {
  describe,
  rangeError,
  readTensor,
  sameShape,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";

/** The tensor that receives the output, checked before any work and written when all of it is done. */
export function readOut<D extends FloatArray>(
  { fn, outputShape }: Problem<D>,
  out: unknown,
): Tensor<D> {
  const argument = "options.out";
  const expected = showShape(outputShape);
  if (typeof out !== "object" || out === null || Array.isArray(out)) {
    const wanted = `a tensor ${expected} that receives the output`;
    throw typeError(fn, argument, wanted, describe(out), `zeros(${expected})`);
  }
  const view = readTensor<D>(out, fn, argument);
  const shape = showShape(view.shape);
  if (!sameShape(view.shape, outputShape)) {
    throw rangeError(fn, argument, `the shape of the output, ${expected}`, shape);
  }
  if (!isOneToOne(view)) {
    const wanted = "a view in which every element has memory of its own";
    throw rangeError(fn, argument, wanted, `shape ${shape} with stride ${showShape(view.stride)}`);
  }
  return view;
}

/** True if no two elements of a view are certain to share memory: each stride passes the inner axes. */
function isOneToOne({ shape, stride }: Tensor): boolean {
  if (shape.includes(0)) return true;
  const steps = stride.map(Math.abs);
  const axes = [...shape.keys()].filter((axis) => shape[axis] > 1);
  let reach = 0;
  for (const axis of axes.sort((a, b) => steps[a] - steps[b])) {
    if (steps[axis] <= reach) return false;
    reach += (shape[axis] - 1) * steps[axis];
  }
  return true;
}

/** What `emptyRow: "throw"` asks for. */
export function emptyRowError({ fn, heads, queries }: Problem, row: number): RangeError {
  const matrix = Math.floor(row / queries);
  const [b, h, i] = [Math.floor(matrix / heads), matrix % heads, row % queries];
  const expected = `a key for every query, as emptyRow: "throw" asks`;
  const got = `none for query ${i} of head ${h} in batch entry ${b}`;
  return rangeError(fn, "options.emptyRow", expected, got);
}
