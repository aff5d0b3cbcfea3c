import type { Problem } from "./problem.js";
import type { Dense } from "./tensors.js";
import { rowMajor } from "./tensors.js";

type Reader = (b: number, h: number, i: number, j: number) => number;

/** A mask or bias of any accepted rank as a function of batch entry, head, query and key. */
export function readPairs(problem: Problem, tensor: Dense | undefined, absent: number): Reader {
  if (tensor === undefined) return () => absent;
  const { data, shape } = tensor;
  const stride = rowMajor(shape).map((step, axis) => (shape[axis] === 1 ? 0 : step));
  const [sh = 0, si = 0, sj = 0] = [0, 0, 0, ...stride].slice(-3);
  const batchStride = problem.headAxis ? stride.slice(0, -3) : [];
  const batchOffset = (b: number): number => {
    let offset = 0;
    for (let axis = batchStride.length - 1, rest = b; axis >= 0; axis--) {
      offset += (rest % problem.batch[axis]) * batchStride[axis];
      rest = Math.floor(rest / problem.batch[axis]);
    }
    return offset;
  };
  return (b, h, i, j) => data[batchOffset(b) + h * sh + i * si + j * sj];
}
