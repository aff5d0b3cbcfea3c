import { chooseEngine, type Engine } from "../engine/index.js";
import {
  commonDType,
  describe,
  rangeError,
  readBooleans,
  readTensor,
  showShape,
  typeError,
  type BooleanLike,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { rowsAlong, type Rows } from "./rows.js";

/** A checked call of `softmax` or `logSumExp`: rows of scores, and what computes them. */
export interface RowsCall<A extends FloatArray> {
  readonly fn: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly axis: number;
  readonly scores: Rows<A>;
  /** 1 where an entry takes part. */
  readonly allow: Rows<Uint8Array> | undefined;
  readonly engine: Exclude<Engine, "auto">;
}

/** Scores above which WebAssembly is faster than JavaScript. */
const wasmThreshold = 128;

/** Checks the tensor and the options of a call, but for their names. The options inherit nothing. */
export function readRows<A extends FloatArray>(
  fn: string,
  x: TensorLike<A>,
  options: {
    axis?: number | undefined;
    allow?: BooleanLike | undefined;
    engine?: Engine | undefined;
  },
): RowsCall<A> {
  const dtype = commonDType(fn, { x });
  const view = readTensor<A>(x, fn, "x", dtype);
  const { shape } = view;
  const axis = readAxis(fn, options.axis ?? -1, shape);
  const scores = rowsAlong(view, axis);
  const allow =
    options.allow === undefined
      ? undefined
      : rowsAlong(broadcastAllow(fn, options.allow, shape), axis);
  const work = scores.starts.length * scores.length;
  const engine = chooseEngine(fn, options.engine, work, wasmThreshold);
  return { fn, dtype, shape, axis, scores, allow, engine };
}

/** Resolves an axis that may count from the end, and refuses the ones that do not exist. */
function readAxis(fn: string, axis: unknown, shape: readonly number[]): number {
  if (!Number.isInteger(axis)) {
    throw typeError(fn, "options.axis", "an integer", describe(axis));
  }
  const index = (axis as number) < 0 ? (axis as number) + shape.length : (axis as number);
  if (index < 0 || index >= shape.length) {
    throw rangeError(
      fn,
      "options.axis",
      shape.length === 0
        ? "x of rank 1 or more"
        : `an axis from ${-shape.length} to ${shape.length - 1}`,
      `${String(axis)} for x ${showShape(shape)}`,
      shape.length === 0 ? "a single number has no axis; write [x]" : undefined,
    );
  }
  return index;
}

/** `allow` with the strides that make it as large as `x`. */
function broadcastAllow(
  fn: string,
  value: BooleanLike,
  shape: readonly number[],
): Tensor<Uint8Array> {
  const allow = readBooleans(value, fn, "options.allow");
  const missing = shape.length - allow.shape.length;
  const fits = missing >= 0 && allow.shape.every((n, i) => n === 1 || n === shape[missing + i]);
  if (!fits) {
    throw rangeError(
      fn,
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
