import {
  mergeState,
  precisionOf,
  resetState,
  stateLse,
  type Precision,
  type SoftmaxState,
} from "../softmax/index.js";
import {
  allocate,
  canonicalizeNaN,
  checkArguments,
  checkOptions,
  commonDType,
  copyContiguous,
  describe,
  freshTensor,
  rangeError,
  readTensor,
  sameShape,
  showShape,
  typeError,
  type DType,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import type { AttentionWithLse } from "./attentionWithLse.js";
import { readChoice } from "./readOptions.js";

/** One part of an attention over disjoint keys: what `attentionWithLse` returns. */
export interface AttentionPart<A extends FloatArray = FloatArray> {
  /** `[..., H, L, E]`. */
  output: TensorLike<A>;
  /** `[..., H, L]`. */
  lse: TensorLike<A>;
}

/** Options of {@link mergeAttention}. */
export interface MergeAttentionOptions<A extends FloatArray = FloatArray> {
  /** `[H]`: the sinks of the whole. Compute the parts without them. */
  sinks?: TensorLike<A> | undefined;
  /** The layout of the outputs, as given to `attentionWithLse`. Default `"BHLD"`. */
  layout?: "BHLD" | "BLHD" | undefined;
}

/**
 * Joins attention over disjoint ranges of keys into attention over all of them, in the given order:
 * the seam of sequence-parallel and ring attention.
 *
 * Each part enters with the weight `exp(lse − lse of the whole)`. The lse of a part is rounded, so
 * that the result differs from the whole by up to about `2⁻²³·max|lse|·max|v|` in float32, in addition to the
 * usual rounding of an attention.
 *
 * @param parts - `{ output: [..., H, L, E], lse: [..., H, L] }`, at least one, all of one shape; the
 *   output sequence first under `layout: "BLHD"`, the lse never.
 * @param options - `sinks`, once for the whole; the `layout` that the parts were computed with.
 * @returns `{ output, lse }` of the whole, in new memory and in that layout. An lse beyond the range of
 *   the precision says nothing any more: a part with −Infinity counts as empty, +Infinity gives NaN.
 * @throws TypeError for parts that are no such pairs, or mixed precisions.
 * @throws RangeError for no parts, or shapes that differ.
 *
 * @example
 * ```ts
 * import { attentionWithLse, format, mergeAttention } from "qkv";
 *
 * const query = [[1, 0]];
 * const left = attentionWithLse(query, [[1, 0]], [[10]]);
 * const right = attentionWithLse(query, [[1, 0]], [[20]]);
 * console.log(format(mergeAttention([left, right]).output));
 * // → float32 [1, 1]
 * // →  15.0000
 * ```
 */
export function mergeAttention<A extends FloatArray = Float32Array>(
  parts: readonly AttentionPart<A>[],
  options?: MergeAttentionOptions<A>,
): AttentionWithLse<A> {
  checkArguments("mergeAttention", arguments.length, ["parts", "options"]);
  const fn = "mergeAttention";
  const own = checkOptions(fn, options, ["sinks", "layout"]);
  const sequenceFirst = readChoice(fn, "layout", own.layout, ["BHLD", "BLHD"]) === "BLHD";
  const { outputs, lses, sinks } = readParts<A>(fn, parts, own, sequenceFirst);
  const { shape } = outputs[0];
  const size = shape[shape.length - 1];
  const rows = lses[0].data.length;
  const queries = shape[shape.length - 2];
  const dtype = outputs[0].dtype as DType;
  const output = allocate(fn, "output", shape, dtype) as A;
  const lse = allocate(fn, "lse", lses[0].shape, dtype) as A;
  const precision = precisionOf<A>(dtype);
  const state = { m: -Infinity, l: 0, keep: 0, add: 0 };
  const part = allocate(fn, "output", [size], dtype) as A;
  for (let row = 0; row < rows; row++) {
    resetState(state);
    const at = row * size;
    for (let p = 0; p < outputs.length; p++) {
      const m = lses[p].data[row];
      if (m === -Infinity) continue; // An empty part has no share.
      mergeState(state, m, 1, 1, precision);
      for (let e = 0; e < size; e++) {
        // Each store rounds to the precision of the call.
        output[at + e] = output[at + e] * state.keep;
        part[e] = outputs[p].data[at + e] * state.add;
        output[at + e] = output[at + e] + part[e];
      }
    }
    const sink = sinks ? sinks[Math.floor(row / queries) % sinks.length] : -Infinity;
    if (sink !== -Infinity) {
      mergeState(state, sink, 1, 1, precision);
      for (let e = 0; e < size; e++) output[at + e] = output[at + e] * state.keep;
    }
    lse[row] = stateLse(state.m, state.l, precision);
    if (state.l === 0) continue;
    for (let e = 0; e < size; e++) {
      output[at + e] = output[at + e] / state.l;
      if (!Number.isFinite(output[at + e]) && Number.isFinite(state.l)) {
        output[at + e] = rescued(outputs, lses, row, at + e, state, precision);
      }
    }
  }
  canonicalizeNaN(output);
  canonicalizeNaN(lse);
  const merged = freshTensor(output, shape);
  return {
    output: sequenceFirst ? copyContiguous(exchangeAxes(merged)) : merged,
    lse: freshTensor(lse, lses[0].shape),
  };
}

/** `[..., L, H, E]` seen as `[..., H, L, E]`, and back; rank 2 has no axis of heads. */
function exchangeAxes<A extends FloatArray>(x: Tensor<A>): Tensor<A> {
  const exchange = (axes: readonly number[]): number[] =>
    axes.length < 3 ? [...axes] : [...axes.slice(0, -3), axes.at(-2)!, axes.at(-3)!, axes.at(-1)!];
  return { ...x, shape: exchange(x.shape), stride: exchange(x.stride) };
}

/** An output that overflowed on the way: parts are weighted first, in quarters, and then added. */
function rescued<A extends FloatArray>(
  outputs: readonly Tensor<A>[],
  lses: readonly Tensor<A>[],
  row: number,
  at: number,
  { m, l }: SoftmaxState,
  { round, exp, largest }: Precision<A>,
): number {
  let sum = 0;
  outputs.forEach(({ data }, p) => {
    const lse = lses[p].data[row];
    if (lse === -Infinity) return;
    const weight = round(exp(round(lse - m)) / l);
    sum = round(sum + round(weight * round(data[at] / 4)));
  });
  // An infinite part stays infinite; an average of finite ones cannot leave the range.
  return Number.isFinite(sum) ? Math.max(-largest, Math.min(largest, 4 * sum)) : sum;
}

function readParts<A extends FloatArray>(
  fn: string,
  parts: unknown,
  options: MergeAttentionOptions<A>,
  sequenceFirst: boolean,
): { outputs: Tensor<A>[]; lses: Tensor<A>[]; sinks: A | undefined } {
  if (!Array.isArray(parts)) {
    throw typeError(fn, "parts", "an array of { output, lse }", describe(parts));
  }
  if (parts.length === 0) {
    throw rangeError(fn, "parts", "at least one part", "none");
  }
  const inputs: Record<string, unknown> = {};
  parts.forEach((part: unknown, p) => {
    const { output, lse } = (part ?? {}) as Record<string, unknown>;
    if (output === undefined || lse === undefined) {
      throw typeError(
        fn,
        `parts[${p}]`,
        "{ output, lse }",
        describe(part),
        "attentionWithLse returns both",
      );
    }
    inputs[`parts[${p}].output`] = output;
    inputs[`parts[${p}].lse`] = lse;
  });
  const dtype = commonDType(fn, { ...inputs, "options.sinks": options.sinks });
  const read = (name: string): Tensor<A> => readTensor<A>(inputs[name], fn, name, dtype);
  const outputs = parts.map((_, p) => {
    const output = read(`parts[${p}].output`);
    return copyContiguous(sequenceFirst ? exchangeAxes(output) : output);
  });
  const lses = parts.map((_, p) => copyContiguous(read(`parts[${p}].lse`)));
  const { shape } = outputs[0];
  if (shape.length < 2) {
    throw rangeError(
      fn,
      "parts[0].output",
      "[L, E], [H, L, E] or [..., H, L, E]",
      showShape(shape),
    );
  }
  outputs.forEach((output, p) => {
    const rows = output.shape.slice(0, -1);
    if (!sameShape(output.shape, shape) || !sameShape(lses[p].shape, rows)) {
      throw rangeError(
        fn,
        `parts[${p}]`,
        `output ${showShape(shape)} and lse ${showShape(shape.slice(0, -1))}`,
        `output ${showShape(output.shape)}, lse ${showShape(lses[p].shape)}`,
        !sequenceFirst && shape.length > 2 && lses[p].shape.at(-2) === output.shape.at(-2)
          ? 'write layout: "BLHD" if the outputs are [..., L, H, E]'
          : undefined,
      );
    }
  });
  return { outputs, lses, sinks: readSinks<A>(fn, options.sinks, shape, dtype) };
}

function readSinks<A extends FloatArray>(
  fn: string,
  sinks: unknown,
  shape: readonly number[],
  dtype: DType,
): A | undefined {
  if (sinks === undefined) return undefined;
  const heads = shape.length > 2 ? shape[shape.length - 3] : 1;
  const view = readTensor<A>(sinks, fn, "options.sinks", dtype);
  if (view.shape.length !== 1 || view.shape[0] !== heads) {
    throw rangeError(
      fn,
      "options.sinks",
      `one logit for each head, [${heads}]`,
      showShape(view.shape),
    );
  }
  return copyContiguous(view).data;
}
