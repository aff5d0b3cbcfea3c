import type { Align, BiasRule, Mask, PerBatch, Window } from "../masks/index.js";
import type { Engine } from "../engine/index.js";
import {
  commonHints,
  type FloatArray,
  type Hints,
  type RowMajor,
  type TensorLike,
  type TensorView,
} from "../tensor/index.js";

/** Options of the attention functions. All masks combine by intersection. */
export interface AttentionOptions<A extends FloatArray = FloatArray> {
  /** Factor of the scores. Finite. Default `1/√D`. */
  scale?: number | undefined;
  /** Squeezes the scaled scores into (−c, c): `c·tanh(s/c)`. Positive. Default: off. */
  softcap?: number | undefined;
  /**
   * True where a query may attend a key: nested booleans, a bool tensor, or a rule from `masks`.
   * Rank 0, `[S]`, `[L, S]` or the full `[..., H, L, S]` with 1 where it repeats: padding is `[B, 1, 1, S]`.
   */
  allow?: Mask | undefined;
  /** True where a query may **not** attend a key; otherwise as `allow`. */
  block?: Mask | undefined;
  /**
   * Added to the scores after the softcap: numbers in the shapes of `allow`, or a rule from
   * `biases`. −Infinity blocks the pair.
   */
  bias?: TensorLike<A> | BiasRule | undefined;
  /**
   * No look ahead. `true` takes L = S; otherwise say how L queries stand among S keys:
   * `"topLeft"`, `"bottomRight"` or `{ offset }`. Default `false`.
   */
  causal?: boolean | Align | undefined;
  /**
   * How many neighbours a query sees before (`left`) and after (`right`) its own key; `Infinity`
   * is no limit. `right` may be left out under `causal`, whose alignment it uses. Without
   * `causal`, and where L ≠ S, it needs `align`.
   */
  window?: WindowOption | undefined;
  /** Real keys of each batch entry, the rest is padding that is never read. Default S. */
  keyLengths?: PerBatch | undefined;
  /** Real queries of each batch entry; the output of the rest is zero. Default L. */
  queryLengths?: PerBatch | undefined;
  /**
   * Query head `h` reads key/value head `⌊h·Hkv/H⌋`. Needed where there are fewer key/value heads
   * than query heads; H must be a multiple of Hkv. Default `false`.
   */
  grouped?: boolean | undefined;
  /** `[H]`: one extra logit per head, in the denominator only. */
  sinks?: TensorLike<A> | undefined;
  /** The output and weights of a row that may attend nothing. Default `"zero"`. */
  emptyRow?: "zero" | "nan" | "throw" | undefined;
  /** `"BHLD"` (default), or `"BLHD"`: sequence first, `[..., L, H, D]`. Masks are `[..., H, L, S]`. */
  layout?: "BHLD" | "BLHD" | undefined;
  /** A tensor of the output's shape and precision that receives it, instead of a new one. */
  out?: TensorView<A> | RowMajor<A> | undefined;
  /**
   * What computes. `"auto"`, `"portable"` and `"wasm"` give the same bits; `"reference"` is the
   * naive equation in float64, rounded once. Default `"auto"`.
   */
  engine?: Engine | undefined;
}

/** The option `window`: as `masks.window`, but `right` may be left out under `causal`. */
export interface WindowOption extends Omit<Window, "right"> {
  /** Keys after the query's own, or Infinity: no limit. May be left out under `causal`. */
  right?: number | undefined;
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

/** What other libraries call the things for which `attention` and a layer have different hints. */
export const otherNames = {
  heads: "heads num_heads n_heads n_head num_q_heads q_num_heads num_attention_heads",
  kvHeads: "kv_heads num_kv_heads n_kv_heads kv_num_heads num_key_value_heads num_key_value_groups",
  grouped: "gqa enable_gqa pack_gqa",
  layout: "qkv_format qkv_layout input_layout tensor_layout data_format",
  sequenceFirst: "batch_first",
  cache:
    "past past_key past_value past_key_value past_key_values use_cache cache_position kv_cache k_cache v_cache block_table page_table",
  rotary:
    "position_ids positions position_embeddings rope rope_theta rotary rotary_emb rotary_cos rotary_sin rotary_interleaved do_rotary cos_cache sin_cache freqs_cis",
  weights:
    "weights need_weights return_weights return_attn_weights return_attention_weights output_attentions return_attn_probs return_attention_scores average_attn_weights",
  lse: "lse return_lse return_softmax_lse softmax_lse return_residual return_residuals save_residuals",
  trace: "qk_matmul_output_mode qk_output",
};

/**
 * What other libraries call an option, and what to write here: PyTorch, JAX and Flax, Keras, ONNX and onnxruntime,
 * flash-attention, transformers, xFormers, vLLM, MLX.
 */
export const attentionOptionHints: Hints = {
  "write `causal`": "is_causal causal_mask use_causal_mask tgt_is_causal unidirectional",
  "write `scale`": "scaling softmax_scale sm_scale attn_scale qk_scale scale_factor",
  "write `scale`, which multiplies: 1 / temperature, or 1 / (√D · temperature)": "temperature",
  "write `scale: 1 / Math.sqrt(query_pre_attn_scalar)`": "query_pre_attn_scalar",
  "write `softcap`":
    "logit_cap logits_cap logits_soft_cap logit_softcapping attn_logits_soft_cap attn_logit_softcapping",
  "write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`":
    "mask attn_mask attention_mask src_mask tgt_mask memory_mask",
  "write `allow: masks.where((b, h, i, j) => …)`, true = may attend": "block_mask mask_mod mask_fn",
  "write what is added as `bias`, what is hidden as `allow: masks.where((b, h, i, j) => …)`":
    "score_mod",
  "write `bias`":
    "attn_bias attention_bias position_bias relative_position_bias rel_pos_bias additive_mask",
  "write `bias: biases.alibi(slopes)`": "alibi use_alibi alibi_slopes",
  "write `keyLengths` for padding at the end, or `block` (true = padding) with shape [B, 1, 1, S]":
    "padding padding_mask key_padding_mask src_key_padding_mask tgt_key_padding_mask memory_key_padding_mask encoder_attention_mask value_mask",
  "write `keyLengths`":
    "lengths seq_lens seqused_k cache_seqlens context_lens kv_seq_lens key_value_seq_lengths nonpad_kv_seqlen",
  "write `keyLengths`, how many keys are real (onnxruntime counts one less)": "seqlens_k",
  "write `queryLengths`": "query_mask query_seq_lengths seqused_q",
  "write `allow: masks.segments(ids)`, the number of its sequence for each position":
    "segment_ids q_segment_ids kv_segment_ids document_ids cu_seqlens cu_seqlens_q cu_seqlens_k cu_seq_q cu_seq_k",
  "write `window: { left, right }`, neighbours on each side":
    "window_size window_left window_right sliding_window local_window_size attention_window",
  "write `sinks`, one logit for each head":
    "sink s_aux head_sink attn_sink attention_sinks learnable_sink",
  "write `sinks` of zeros, one for each head": "smooth_softmax",
  "the heads are an axis of query: splitHeads(x, heads) makes it": otherNames.heads,
  "the heads are an axis of key and value; write `grouped: true` if query has more":
    otherNames.kvHeads,
  "write `grouped: true`": otherNames.grouped,
  "write `layout`": otherNames.layout,
  "inputs are [..., H, L, D], or [..., L, H, D] by `layout`; pass [L, B, H, D] as a view":
    otherNames.sequenceFirst,
  "leave it out: it is in the shapes":
    "head_dim embed_dim key_dim value_dim kdim vdim max_seqlen max_seqlen_q max_seqlen_k total_sequence_length",
  "keep keys and values in createKvCache, and call its attention": otherNames.cache,
  "turn query and key first: rotary(x, { positions }, { pairing })": otherNames.rotary,
  "call attentionWithWeights": otherNames.weights,
  "call attentionWithLse": otherNames.lse,
  "call attentionTrace": otherNames.trace,
  "dropout is not offered: inference only":
    "p dropout dropout_p dropout_rate dropout_prob dropout_rng attn_dropout attention_dropout broadcast_dropout",
  "leave it out: inference only": "training train is_training",
  "leave it out: the bits are always the same": "deterministic",
  "leave it out: a blocked key takes no part": "mask_value mask_filter_value",
  "multiply the heads of the output by it": "head_mask layer_head_mask",
  "it is in the params of multiHeadAttention": "add_zero_attn add_bias_kv",
  ...commonHints,
};
