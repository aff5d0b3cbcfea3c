import { chooseEngine, copyRows, type Engine } from "../engine/index.js";
import {
  allocate,
  canonicalizeNaN,
  checkOptions,
  commonDType,
  freshTensor,
  rangeError,
  readBooleans,
  readTensor,
  showShape,
  type BooleanLike,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { softmaxReference } from "./reference.js";
import { makeRow, readAxis, reduceRow, rowStarts, wasmThreshold } from "./rows.js";
import { softmaxWasm } from "./wasm.js";

/** Options of {@link softmax}. */
export interface SoftmaxOptions {
  /** The axis whose entries share a sum of 1. Negative counts from the end. Default −1. */
  axis?: number;
  /**
   * True where an entry takes part; elsewhere the result is 0 and the entry is never read. Shape of
   * `x`, with 1 where it repeats; axes missing at the front repeat. Default: all take part.
   */
  allow?: BooleanLike;
  /** What computes; `"reference"` is float64, rounded once, the others share their bits. Default `"auto"`. */
  engine?: Engine;
}

/**
 * Normalizes exponentials along an axis: `exp(x − m) / Σ exp(x − m)` with the maximum `m`.
 *
 * The sums run in the tiles of `attention`, so that the softmax of its `masked` scores equals its
 * weights bit for bit. A row of nothing but −Infinity, or with nothing allowed, is all zeros; NaN or
 * +Infinity makes the whole row NaN.
 *
 * @param x - a tensor of rank 1 or more.
 * @param options - `axis`, `allow`.
 * @returns a row-major tensor of the shape and precision of `x`.
 * @throws TypeError for an input that is no tensor, a numeric `allow`, or unknown options.
 * @throws RangeError for an axis that does not exist, or an `allow` that does not fit.
 *
 * @example
 * ```ts
 * import { format, softmax } from "qkv";
 *
 * console.log(format(softmax([[1, 2, 3], [1, 1, -Infinity]])));
 * // → float32 [2, 3]
 * // →  0.0900 0.2447 0.6652
 * // →  0.5000 0.5000 0.0000
 * ```
 */
export function softmax<A extends FloatArray = Float32Array>(
  x: TensorLike<A>,
  options: SoftmaxOptions = {},
): Tensor<A> {
  checkOptions("softmax", options, ["axis", "allow", "engine"], {
    dim: "write `axis`",
    mask: "write `allow` (true = takes part)",
    where: "write `allow` (true = takes part)",
  });
  const dtype = commonDType("softmax", { x });
  const view = readTensor<A>(x, "softmax", "x", dtype);
  const axis = readAxis("softmax", options.axis ?? -1, view.shape);
  const out = allocate("softmax", "result", view.shape, dtype) as A;
  const result = freshTensor(out, [...view.shape]);
  const allowed =
    options.allow === undefined ? undefined : broadcastAllow(options.allow, view.shape);
  const length = view.shape[axis];
  const starts = rowStarts(view.shape, view.stride, view.offset, axis);
  const outStarts = rowStarts(result.shape, result.stride, 0, axis);
  const allowStarts = allowed && rowStarts(allowed.shape, allowed.stride, allowed.offset, axis);
  const step = result.stride[axis];
  const read = (r: number, from: number, to: number, into: FloatArray, at: number): void => {
    const start = starts[r] + from * view.stride[axis];
    if (!allowed) {
      copyRows<FloatArray>(view.data, start, 0, view.stride[axis], 1, to - from, into, at);
      return;
    }
    for (let j = from; j < to; j++) {
      const take = allowed.data[allowStarts![r] + j * allowed.stride[axis]] === 1;
      into[at + j - from] = take ? view.data[starts[r] + j * view.stride[axis]] : -Infinity;
    }
  };
  const engine = chooseEngine("softmax", options.engine, out.length, wasmThreshold);
  if (engine === "wasm") {
    softmaxWasm<FloatArray>({
      fn: "softmax",
      rows: starts.length,
      length,
      like: out,
      read,
      write(r, from, to, weights, at) {
        const start = outStarts[r] + from * step;
        if (step === 1) out.set(weights.subarray(at, at + to - from), start);
        else for (let j = 0; j < to - from; j++) out[start + j * step] = weights[at + j];
      },
    });
    canonicalizeNaN(out);
    return result;
  }
  const row = makeRow("softmax", view, length);
  const { round, exp } = row.precision;
  for (let r = 0; r < starts.length; r++) {
    read(r, 0, length, row.scores, 0);
    if (engine === "reference") {
      const { weights } = softmaxReference([...row.scores]);
      for (let j = 0; j < length; j++) out[outStarts[r] + j * step] = weights[j];
      continue;
    }
    reduceRow(row);
    const { m, l } = row.state;
    if (l === 0) continue; // Nothing allowed: the row stays zero.
    for (let j = 0, at = outStarts[r]; j < length; j++, at += step) {
      out[at] = exp(round(row.scores[j] - m)) / l;
    }
  }
  canonicalizeNaN(out);
  return result;
}

/** `allow` with the strides that make it as large as `x`. */
function broadcastAllow(value: BooleanLike, shape: readonly number[]): Tensor<Uint8Array> {
  const allow = readBooleans(value, "softmax", "options.allow");
  const missing = shape.length - allow.shape.length;
  const fits = missing >= 0 && allow.shape.every((n, i) => n === 1 || n === shape[missing + i]);
  if (!fits) {
    throw rangeError(
      "softmax",
      "options.allow",
      `the shape of x ${showShape(shape)}, with 1 where it repeats`,
      showShape(allow.shape),
    );
  }
  const stride = shape.map((_, i) =>
    i < missing || allow.shape[i - missing] === 1 ? 0 : allow.stride[i - missing],
  );
  return { ...allow, shape, stride };
}
