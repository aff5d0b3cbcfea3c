import { chooseEngine, copyRows, type Engine } from "../engine/index.js";
import {
  allocate,
  canonicalizeNaN,
  checkOptions,
  commonDType,
  freshTensor,
  readTensor,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { stateLse } from "./portable.js";
import { softmaxReference } from "./reference.js";
import { makeRow, precisionOf, readAxis, reduceRow, rowStarts, wasmThreshold } from "./rows.js";
import { softmaxWasm } from "./wasm.js";

/** Options of {@link logSumExp}. */
export interface LogSumExpOptions {
  /** The axis that is summed away. Negative counts from the end. Default −1. */
  axis?: number;
  /** What computes; `"reference"` is float64, rounded once, the others share their bits. Default `"auto"`. */
  engine?: Engine;
}

/**
 * The natural logarithm of `Σ exp(x)` along an axis, without overflow: `m + log Σ exp(x − m)`.
 *
 * A row of nothing but −Infinity gives −Infinity; NaN or +Infinity gives NaN.
 *
 * @param x - a tensor of rank 1 or more.
 * @param options - `axis`, default the last.
 * @returns the shape of `x` without that axis, in its precision.
 * @throws TypeError for an input that is no tensor, or unknown options.
 * @throws RangeError for an axis that does not exist.
 *
 * @example
 * ```ts
 * import { logSumExp, toNested } from "qkv";
 *
 * console.log(toNested(logSumExp([[1000, 1000], [0, -Infinity]])));
 * // → [ 1000.6931762695312, 0 ]
 * ```
 */
export function logSumExp<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  options: LogSumExpOptions = {},
): Tensor<A> {
  checkOptions("logSumExp", options, ["axis", "engine"], { dim: "write `axis`" });
  const dtype = commonDType("logSumExp", { x });
  const view = readTensor<A>(x, "logSumExp", "x", dtype);
  const axis = readAxis("logSumExp", options.axis ?? -1, view.shape);
  const shape = view.shape.filter((_, i) => i !== axis);
  const out = allocate("logSumExp", "result", shape, dtype) as A;
  const starts = rowStarts(view.shape, view.stride, view.offset, axis);
  const length = view.shape[axis];
  const step = view.stride[axis];
  const read = (r: number, from: number, to: number, into: FloatArray, at: number): void => {
    copyRows<FloatArray>(view.data, starts[r] + from * step, 0, step, 1, to - from, into, at);
  };
  const work = starts.length * length;
  const engine = chooseEngine("logSumExp", options.engine, work, wasmThreshold);
  const precision = precisionOf(out);
  if (engine === "wasm") {
    softmaxWasm<FloatArray>({
      fn: "logSumExp",
      rows: starts.length,
      length,
      like: out,
      read,
      state(r, m, l) {
        out[r] = stateLse(m, l, precision);
      },
    });
    canonicalizeNaN(out);
    return freshTensor(out, shape);
  }
  const row = makeRow("logSumExp", view, length);
  for (let r = 0; r < starts.length; r++) {
    read(r, 0, length, row.scores, 0);
    if (engine === "reference") {
      out[r] = softmaxReference([...row.scores]).lse;
      continue;
    }
    reduceRow(row);
    out[r] = stateLse(row.state.m, row.state.l, precision);
  }
  canonicalizeNaN(out);
  return freshTensor(out, shape);
}
