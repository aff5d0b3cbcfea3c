import {
  causal,
  intersection,
  readAlign,
  readBias,
  readMask,
  readPerBatch,
  window,
  type BoundBias,
  type BoundMask,
  type ScoreShape,
} from "../masks/index.js";
import {
  checkOptions,
  commonDType,
  describe,
  offsetsOf,
  rangeError,
  readTensor,
  showShape,
  sizeOf,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
import { attentionOptionHints, attentionOptionNames, type AttentionOptions } from "./options.js";

/** The matrices of all batch entries and heads inside one tensor. */
export interface Operand<D extends FloatArray> {
  readonly data: D;
  /** Where the matrix of batch entry `b` and head `h` starts, at `b * heads + h`. */
  readonly starts: Float64Array;
  /** The step from one position to the next. */
  readonly row: number;
  /** The step from one feature to the next. */
  readonly column: number;
}

/** One call, checked: nothing below this asks again. */
export interface Problem<D extends FloatArray = FloatArray> extends ScoreShape {
  readonly fn: string;
  readonly dtype: DType;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly valueSize: number;
  readonly query: Operand<D>;
  readonly key: Operand<D>;
  readonly value: Operand<D>;
  readonly outputShape: readonly number[];
  readonly sequenceFirst: boolean;
  /** In the precision of the inputs. */
  readonly scale: number;
  readonly softcap: number | undefined;
  readonly mask: BoundMask | undefined;
  readonly biases: readonly BoundBias[];
  readonly sinks: ArrayLike<number> | undefined;
  readonly emptyRow: "zero" | "nan" | "throw";
}

/** Checks every argument of an attention call before any arithmetic. */
export function readProblem<D extends FloatArray>(
  fn: string,
  query: unknown,
  key: unknown,
  value: unknown,
  options: AttentionOptions<D> = {},
): Problem<D> {
  checkOptions(fn, options, attentionOptionNames, attentionOptionHints);
  const { bias, sinks, out } = options;
  const dtype = commonDType(fn, { query, key, value, bias, sinks, out });
  const q = readTensor<D>(query, fn, "query", dtype);
  const k = readTensor<D>(key, fn, "key", dtype);
  const v = readTensor<D>(value, fn, "value", dtype);
  const sequenceFirst = readChoice(fn, "layout", options.layout, ["BHLD", "BLHD"]) === "BLHD";
  const sizes = checkShapes(fn, q, k, v, sequenceFirst, readFlag(fn, "grouped", options.grouped));
  const { batch, heads, queries, keys, kvHeads, headSize, valueSize, batchAxes } = sizes;
  const scores = q.shape.length === 2 ? [queries, keys] : [...batchAxes, heads, queries, keys];
  const shape: ScoreShape = {
    scores,
    batch,
    heads,
    queries,
    keys,
    keyCounts: readCounts(fn, "keyLengths", options.keyLengths, batch, keys),
    queryCounts: readCounts(fn, "queryLengths", options.queryLengths, batch, queries),
  };
  return {
    ...shape,
    fn,
    dtype,
    kvHeads,
    headSize,
    valueSize,
    query: operandOf(q, sequenceFirst),
    key: operandOf(k, sequenceFirst),
    value: operandOf(v, sequenceFirst),
    outputShape: [...q.shape.slice(0, -1), valueSize],
    sequenceFirst,
    scale: readScale(fn, options.scale, headSize, dtype),
    softcap: readSoftcap(fn, options.softcap, dtype),
    mask: readMasks(fn, options, shape),
    biases:
      bias === undefined ? [] : readBias(bias, shape, { fn, argument: "options.bias" }, dtype),
    sinks: sinks === undefined ? undefined : readSinks(fn, sinks, heads, dtype),
    emptyRow: readChoice(fn, "emptyRow", options.emptyRow, ["zero", "nan", "throw"]),
  };
}

/** Splits a tensor `[..., H, L, D]` (or sequence first) into its matrices. */
export function operandOf<D extends FloatArray>(
  { data, shape, stride, offset }: Tensor<D>,
  sequenceFirst: boolean,
): Operand<D> {
  const rank = shape.length;
  const [headAxis, rowAxis] =
    sequenceFirst && rank > 2 ? [rank - 2, rank - 3] : [rank - 3, rank - 2];
  const outer = [...Array(Math.max(0, rank - 3)).keys()];
  if (rank > 2) outer.push(headAxis);
  return {
    data,
    starts: offsetsOf(
      outer.map((axis) => shape[axis]),
      outer.map((axis) => stride[axis]),
      offset,
    ),
    row: stride[rowAxis],
    column: stride[rank - 1],
  };
}

interface Sizes {
  batchAxes: readonly number[];
  batch: number;
  heads: number;
  kvHeads: number;
  queries: number;
  keys: number;
  headSize: number;
  valueSize: number;
}

function checkShapes(
  fn: string,
  query: Tensor,
  key: Tensor,
  value: Tensor,
  sequenceFirst: boolean,
  grouped: boolean,
): Sizes {
  const rank = query.shape.length;
  const got = `query ${showShape(query.shape)}, key ${showShape(key.shape)}, value ${showShape(value.shape)}`;
  const fail = (argument: string, expected: string, fix?: string): RangeError =>
    rangeError({ fn, argument, expected, got, fix });
  if (rank < 2) {
    throw fail("query", "[L, D] for one head, [H, L, D], or [..., H, L, D] with batch axes");
  }
  for (const [name, { shape }] of [
    ["key", key],
    ["value", value],
  ] as const) {
    if (shape.length !== rank) throw fail(name, `rank ${rank}, as query has`);
    if (query.shape.slice(0, -3).some((n, axis) => n !== shape[axis])) {
      throw fail(
        name,
        `the batch axes of query, ${showShape(query.shape.slice(0, -3))}`,
        "repeat a shared tensor with a view of stride 0",
      );
    }
  }
  const [headAxis, rowAxis] =
    sequenceFirst && rank > 2 ? [rank - 2, rank - 3] : [rank - 3, rank - 2];
  const heads = rank === 2 ? 1 : query.shape[headAxis];
  const kvHeads = rank === 2 ? 1 : key.shape[headAxis];
  const [queries, keys] = [query.shape[rowAxis], key.shape[rowAxis]];
  const [headSize, valueSize] = [query.shape[rank - 1], value.shape[rank - 1]];
  if (key.shape[rank - 1] !== headSize) {
    throw fail("key", `the head size of query, D = ${headSize}, as its last axis`);
  }
  if (rank > 2 && value.shape[headAxis] !== kvHeads) {
    throw fail(
      "value",
      `as many heads as key, Hkv = ${kvHeads}`,
      layoutFix(sequenceFirst, value.shape[rowAxis] === kvHeads),
    );
  }
  if (value.shape[rowAxis] !== keys) throw fail("value", `as many positions as key, S = ${keys}`);
  if (heads !== kvHeads) {
    if (kvHeads === 0 || heads % kvHeads !== 0) {
      throw fail(
        "key",
        `as many heads as query, H = ${heads}` + (grouped ? ", or a divisor of it" : ""),
        layoutFix(sequenceFirst, true),
      );
    }
    if (!grouped) {
      throw fail(
        "key",
        `as many heads as query, H = ${heads}`,
        `if ${heads / kvHeads} query heads share a key/value head, write grouped: true (query head h reads head floor(h·${kvHeads}/${heads}))`,
      );
    }
  }
  const batchAxes = query.shape.slice(0, -3);
  const batch = sizeOf(batchAxes);
  return { batchAxes, batch, heads, kvHeads, queries, keys, headSize, valueSize };
}

function layoutFix(sequenceFirst: boolean, likely: boolean): string | undefined {
  if (!likely || sequenceFirst) return undefined;
  return `tensors [..., L, H, D] take layout: "BLHD"`;
}

function readScale(fn: string, scale: unknown, headSize: number, dtype: DType): number {
  if (scale === undefined) {
    if (headSize === 0) {
      throw rangeError({
        fn,
        argument: "options.scale",
        expected: "a scale where the head size D is 0",
        got: "none (the default is 1/√D)",
        fix: "write scale: 1",
      });
    }
    return inPrecision(1 / Math.sqrt(headSize), dtype);
  }
  return readNumber(fn, "scale", scale, dtype, "a finite number", () => true);
}

function readSoftcap(fn: string, softcap: unknown, dtype: DType): number | undefined {
  if (softcap === undefined) return undefined;
  return readNumber(fn, "softcap", softcap, dtype, "a positive finite number", (c) => c > 0);
}

/** A finite number, also after rounding to the precision of the call. */
function readNumber(
  fn: string,
  name: string,
  value: unknown,
  dtype: DType,
  expected: string,
  holds: (x: number) => boolean,
): number {
  const argument = `options.${name}`;
  if (typeof value !== "number") throw typeError({ fn, argument, expected, got: describe(value) });
  const rounded = inPrecision(value, dtype);
  if (Number.isFinite(rounded) && holds(rounded)) return rounded;
  const where = dtype === "float32" ? " in float32" : "";
  const fix = name === "softcap" && value === 0 ? "leave it out for no cap" : undefined;
  throw rangeError({ fn, argument, expected: expected + where, got: describe(value), fix });
}

function inPrecision(x: number, dtype: DType): number {
  return dtype === "float32" ? Math.fround(x) : x;
}

function readChoice<T extends string>(
  fn: string,
  name: string,
  value: unknown,
  choices: readonly [T, ...T[]],
): T {
  if (value === undefined) return choices[0];
  if ((choices as readonly unknown[]).includes(value)) return value as T;
  throw typeError({
    fn,
    argument: `options.${name}`,
    expected: choices.map((choice) => `"${choice}"`).join(" or "),
    got: describe(value),
  });
}

function readFlag(fn: string, name: string, value: unknown): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw typeError({
    fn,
    argument: `options.${name}`,
    expected: "true or false",
    got: describe(value),
  });
}

function readCounts(
  fn: string,
  name: string,
  value: unknown,
  batch: number,
  most: number,
): Float64Array | undefined {
  if (value === undefined) return undefined;
  const counts = readPerBatch(value, batch, { fn, argument: `options.${name}` }, 0);
  const over = counts.find((count) => count > most);
  if (over === undefined) return counts;
  throw rangeError({
    fn,
    argument: `options.${name}`,
    expected: `lengths of at most ${most}, the positions there are`,
    got: String(over),
  });
}

function readSinks(fn: string, sinks: unknown, heads: number, dtype: DType): number[] {
  const view = readTensor(sinks, fn, "options.sinks", dtype);
  if (view.shape.length !== 1 || view.shape[0] !== heads) {
    throw rangeError({
      fn,
      argument: "options.sinks",
      expected: `one logit for each query head, [${heads}]`,
      got: showShape(view.shape),
    });
  }
  return Array.from({ length: heads }, (_, h) => view.data[view.offset + h * view.stride[0]]);
}

/** All masks of a call as one. */
function readMasks(
  fn: string,
  { allow, block, causal: look, window: sides }: AttentionOptions,
  shape: ScoreShape,
): BoundMask | undefined {
  const bound: BoundMask[] = [];
  const align = readCausal(fn, look, shape);
  if (align !== undefined) {
    bound.push(causal(align).bind(shape, { fn, argument: "options.causal" }));
  }
  if (sides !== undefined) bound.push(readWindow(fn, sides, align, shape));
  if (allow !== undefined) {
    bound.push(readMask(allow, "allow", shape, { fn, argument: "options.allow" }));
  }
  if (block !== undefined) {
    bound.push(readMask(block, "block", shape, { fn, argument: "options.block" }));
  }
  return bound.length === 0 ? undefined : bound.length === 1 ? bound[0] : intersection(bound);
}

/** The alignment of `causal`, or undefined where it is off. */
function readCausal(
  fn: string,
  look: unknown,
  shape: ScoreShape,
): { offset: Float64Array } | undefined {
  if (look === undefined || look === false) return undefined;
  const align = look === true ? undefined : look;
  const place = { fn, argument: "options.causal" };
  if (look === null)
    throw typeError({ ...place, expected: "true, false or an alignment", got: "null" });
  return { offset: readAlign(align, shape, place, "causal: true only") };
}

function readWindow(
  fn: string,
  sides: NonNullable<AttentionOptions["window"]>,
  align: { offset: Float64Array } | undefined,
  shape: ScoreShape,
): BoundMask {
  const place = { fn, argument: "options.window" };
  if (align === undefined || typeof sides !== "object" || sides === null) {
    return window(sides as Parameters<typeof window>[0]).bind(shape, place);
  }
  if (sides.align !== undefined) {
    throw typeError({
      fn,
      argument: "options.window.align",
      expected: "no alignment beside `causal`, whose alignment the window uses",
      got: describe(sides.align),
      fix: "leave it out",
    });
  }
  const right = sides.right === undefined ? Infinity : sides.right;
  return window({ ...sides, right, align }).bind(shape, place);
}
