import type * as qkv from "../../src/core.js";
import { masks } from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import type { Sizes } from "../../src/testing/problem.js";
import type { AnyArray, Dense, DType } from "./tensors.js";
import { sizeOf, swapAxes, viewOf } from "./tensors.js";
import { readPairs } from "./readPairs.js";
import type { ViewKind } from "./views.js";
import { viewAs } from "./views.js";
import { Random } from "./random.js";

export { keyMatrixOf, type Sizes } from "../../src/testing/problem.js";

export type Align = "topLeft" | "bottomRight" | { readonly offset: number | readonly number[] };

/** How the tensors of a problem lie in memory: never a matter of the result. */
export interface Style {
  readonly seed: number;
  readonly query: ViewKind;
  readonly key: ViewKind;
  readonly value: ViewKind;
  readonly masks: ViewKind;
  readonly layout: "BHLD" | "BLHD";
  /** Causality, window and tensors of booleans written as rules of `masks`, all in `allow`. */
  readonly rules?: boolean;
}

/**
 * One attention problem, in data that a law can rewrite: dense head-first tensors and the options
 * as numbers. `batch` holds any leading axes; lists "per batch entry" run over them flattened.
 */
export interface Problem {
  readonly dtype: DType;
  /** Draws whatever a law chooses at random. */
  readonly seed: number;
  /** False for one head without a head axis: `query [L, D]`. */
  readonly headAxis: boolean;
  readonly batch: readonly number[];
  /** `query [...,H,L,D]`, `key [...,Hkv,S,D]`, `value [...,Hkv,S,E]`. */
  readonly query: Dense<FloatArray>;
  readonly key: Dense<FloatArray>;
  readonly value: Dense<FloatArray>;
  readonly scale?: number | undefined;
  readonly softcap?: number | undefined;
  readonly allow?: Dense<Uint8Array> | undefined;
  readonly block?: Dense<Uint8Array> | undefined;
  readonly bias?: Dense<FloatArray> | undefined;
  /** One number per head. */
  readonly sinks?: FloatArray | undefined;
  readonly causal?: Align | true | undefined;
  readonly window?:
    | {
        readonly left: number;
        readonly right?: number | undefined;
        readonly align?: Align | undefined;
      }
    | undefined;
  readonly keyLengths?: readonly number[] | undefined;
  readonly queryLengths?: readonly number[] | undefined;
  /** Packed sequences: query `i` may see key `j` where the numbers agree. */
  readonly segments?:
    { readonly query: readonly number[]; readonly key: readonly number[] } | undefined;
  readonly emptyRow?: "zero" | "nan" | "throw" | undefined;
  readonly style?: Style | undefined;
}

/** The lengths of a problem by their letters; `B` is the product of the batch axes. */
export function sizesOf(problem: Problem): Sizes {
  const [H, L, D] = problem.headAxis
    ? problem.query.shape.slice(-3)
    : [1, ...problem.query.shape.slice(-2)];
  const [Hkv, S, E] = problem.headAxis
    ? problem.value.shape.slice(-3)
    : [1, ...problem.value.shape.slice(-2)];
  return { B: sizeOf(problem.batch), H, Hkv, L, S, D, E };
}

export type Call = readonly [
  query: TensorView<FloatArray>,
  key: TensorView<FloatArray>,
  value: TensorView<FloatArray>,
  options: qkv.AttentionOptions<FloatArray>,
];

/** The call of the library that states a problem. */
export function toCall(problem: Problem): Call {
  const { style } = problem;
  const { H, Hkv } = sizesOf(problem);
  const random = new Random(style?.seed ?? 0);
  const sequenceFirst = style?.layout === "BLHD" && problem.headAxis;
  const place = <D extends AnyArray>(dense: Dense<D>, kind?: ViewKind): TensorView<D> =>
    kind === undefined ? viewOf(dense) : viewAs(dense, kind, random);
  const lay = (dense: Dense<FloatArray>, kind?: ViewKind): TensorView<FloatArray> => {
    const rank = dense.shape.length;
    return place(sequenceFirst ? swapAxes(dense, rank - 3, rank - 2) : dense, kind);
  };
  const options: qkv.AttentionOptions<FloatArray> = {
    ...(problem.scale === undefined ? {} : { scale: problem.scale }),
    ...(problem.softcap === undefined ? {} : { softcap: problem.softcap }),
    ...(problem.bias ? { bias: place(problem.bias, style?.masks) } : {}),
    ...(problem.sinks ? { sinks: place({ data: problem.sinks, shape: [H] }, style?.masks) } : {}),
    ...(problem.keyLengths ? { keyLengths: [...problem.keyLengths] } : {}),
    ...(problem.queryLengths ? { queryLengths: [...problem.queryLengths] } : {}),
    ...(problem.emptyRow ? { emptyRow: problem.emptyRow } : {}),
    ...(sequenceFirst ? { layout: "BLHD" as const } : {}),
    ...(H === Hkv ? {} : { grouped: true }),
    ...maskOptions(problem, (mask) => place(mask, style?.masks)),
  };
  return [
    lay(problem.query, style?.query),
    lay(problem.key, style?.key),
    lay(problem.value, style?.value),
    options,
  ];
}

// The options are typed as arrays that may be written to.
function mutable<T>(value: T): T {
  return structuredClone(value);
}

/** The masks as options, or all of them as one rule. */
function maskOptions(
  problem: Problem,
  place: (mask: Dense<Uint8Array>) => TensorView<Uint8Array>,
): qkv.AttentionOptions<FloatArray> {
  const { segments, causal, window, style } = problem;
  const allow = problem.allow && place(problem.allow);
  const block = problem.block && place(problem.block);
  const rules: qkv.Mask[] = [];
  if (segments) rules.push(masks.segments([...segments.query], [...segments.key]));
  if (style?.rules) {
    if (causal !== undefined)
      rules.push(masks.causal(causal === true ? undefined : mutable(causal)));
    if (window) {
      const align = causal === undefined ? window.align : causal === true ? undefined : causal;
      const { left, right = Infinity } = window;
      rules.push(masks.window({ left, right, ...(align ? { align: mutable(align) } : {}) }));
    }
    if (allow) rules.push(masks.or(allow, masks.not(masks.and())));
    if (block) {
      const blocked = readPairs(problem, problem.block, 0);
      rules.push(masks.not(masks.where((b, h, i, j) => blocked(b, h, i, j) === 1)));
    }
    return { allow: masks.and(...rules) };
  }
  if (allow) rules.push(allow);
  return {
    ...(causal === undefined ? {} : { causal: mutable(causal) }),
    ...(window ? { window: mutable(window) } : {}),
    ...(block ? { block } : {}),
    ...(rules.length === 0 ? {} : { allow: rules.length === 1 ? rules[0] : masks.and(...rules) }),
  };
}

/** A tensor of the output's layout, turned head-first. */
export function headFirst<D extends AnyArray>(problem: Problem, tensor: Dense<D>): Dense<D> {
  if (problem.style?.layout !== "BLHD" || !problem.headAxis) return tensor;
  return swapAxes(tensor, tensor.shape.length - 3, tensor.shape.length - 2);
}

/** The shape of `[...,H,L,S]` with the last axes of a problem replaced. */
export function pairShape(problem: Problem): number[] {
  const { H, L, S } = sizesOf(problem);
  return [...problem.batch, ...(problem.headAxis ? [H] : []), L, S];
}
