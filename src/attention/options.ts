import type { Align, BiasRule, Mask, PerBatch, Window } from "../masks/index.js";
import type { Engine } from "../engine/index.js";
import type { FloatArray, TensorLike, TensorView } from "../tensor/index.js";

/** Options of the attention functions. All masks combine by intersection. */
export interface AttentionOptions<A extends FloatArray = FloatArray> {
  /** Factor of the scores. Finite. Default `1/√D`. */
  scale?: number;
  /** Squeezes the scaled scores into (−c, c): `c·tanh(s/c)`. Positive. Default: off. */
  softcap?: number;
  /**
   * True where a query may attend a key: nested booleans, a bool tensor, or a rule from `masks`.
   * Rank 0, `[S]`, `[L, S]` or the full `[..., H, L, S]` with 1 where it repeats.
   */
  allow?: Mask;
  /** True where a query may **not** attend a key; otherwise as `allow`. */
  block?: Mask;
  /**
   * Added to the scores after the softcap: numbers in the shapes of `allow`, or a rule from
   * `biases`. −Infinity blocks the pair.
   */
  bias?: TensorLike<A> | BiasRule;
  /**
   * No look ahead. `true` takes L = S; otherwise say how L queries stand among S keys:
   * `"topLeft"`, `"bottomRight"` or `{ offset }`. Default `false`.
   */
  causal?: boolean | Align;
  /**
   * How many neighbours a query sees before (`left`) and after (`right`) its own key; `Infinity`
   * is no limit. `right` may be left out under `causal`, whose alignment it uses. Without
   * `causal`, and where L ≠ S, it needs `align`.
   */
  window?: WindowOption;
  /** Real keys of each batch entry, the rest is padding that is never read. Default S. */
  keyLengths?: PerBatch;
  /** Real queries of each batch entry; the output of the rest is zero. Default L. */
  queryLengths?: PerBatch;
  /**
   * Query head `h` reads key/value head `⌊h·Hkv/H⌋`. Needed where there are fewer key/value heads
   * than query heads; H must be a multiple of Hkv. Default `false`.
   */
  grouped?: boolean;
  /** `[H]`: one extra logit per head, in the denominator only. */
  sinks?: TensorLike<A>;
  /** The output and weights of a row that may attend nothing. Default `"zero"`. */
  emptyRow?: "zero" | "nan" | "throw";
  /** `"BHLD"` (default), or `"BLHD"`: sequence first, `[..., L, H, D]`. Masks are `[..., H, L, S]`. */
  layout?: "BHLD" | "BLHD";
  /** A tensor of the output's shape and precision that receives it, instead of a new one. */
  out?: TensorView<A>;
  /**
   * What computes. `"auto"`, `"portable"` and `"wasm"` give the same bits; `"reference"` is the
   * naive equation in float64, rounded once. Default `"auto"`.
   */
  engine?: Engine;
}

/** The option `window`: as `masks.window`, but `right` may be left out under `causal`. */
export interface WindowOption extends Omit<Window, "right"> {
  /** Keys after the query's own, or Infinity: no limit. May be left out under `causal`. */
  right?: number;
}

/** The names in {@link AttentionOptions}. */
export const attentionOptionNames = [
  "scale",
  "softcap",
  "allow",
  "block",
  "bias",
  "causal",
  "window",
  "keyLengths",
  "queryLengths",
  "grouped",
  "sinks",
  "emptyRow",
  "layout",
  "out",
  "engine",
] as const;

const padding =
  "write `keyLengths` for padding at the end, or `block` (true = padding) with shape [B, 1, 1, S]";

/**
 * What other libraries call an option, and what to write here. A name that starts or ends with
 * one of these has its hint, in any spelling: `attn_mask` that of `mask`, `dropout_p` that of `dropout`.
 */
export const attentionOptionHints: Readonly<Record<string, string>> = {
  padding,
  keyPadding: padding,
  mask: "write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`",
  alibi: "write `bias: biases.alibi(slopes)`",
  dropout: "dropout is not offered: inference only",
  gqa: "write `grouped: true`",
  window: "write `window: { left, right }`, neighbours on each side",
  weights: "call attentionWithWeights",
  lse: "call attentionWithLse",
  batchFirst: "write `layout`",
};
