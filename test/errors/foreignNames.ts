import { attentionOptionHints } from "../../src/attention/options.js";
import { appendHints } from "../../src/decode/readAppended.js";
import { cacheHints, cacheWindowHints } from "../../src/decode/readCacheOptions.js";
import { explainHints } from "../../src/explain/explain.js";
import { torchHints } from "../../src/heads/fromTorchMultiheadAttention.js";
import { layerHints } from "../../src/heads/multiHeadOptions.js";
import { paramHints } from "../../src/heads/readParams.js";
import { bucketHints, relativeHints } from "../../src/masks/relative.js";
import { windowHints } from "../../src/masks/window.js";
import { matmulHints } from "../../src/matmul/options.js";
import { angleHints, rotaryOptionHints } from "../../src/positions/rotaryAngles.js";
import { sinusoidalHints } from "../../src/positions/sinusoidal.js";
import { logSumExpHints } from "../../src/softmax/logSumExp.js";
import { softmaxHints } from "../../src/softmax/softmax.js";
import { formatHints } from "../../src/tensor/format.js";
import { tensorHints } from "../../src/tensor/tensor.js";
import { zerosHints } from "../../src/tensor/zeros.js";
import { closeHints } from "../../src/testing/expectClose.js";
import { checkHints } from "../../src/testing/readCheckOptions.js";
import { supportHints } from "../../src/testing/readSupports.js";
import { engineHints } from "../../src/threads/createEngine.js";

/** The names that other libraries have for the options of one function. */
export interface ForeignNames {
  fn: string;
  /** Where the names are refused: `options`, `params`, `angles`, or an option that has names of its own. */
  argument: string;
  /** A call with such a name in the place of NAME. */
  call: string;
  /** The hints as they stand in the source. */
  source: Readonly<Record<string, string>>;
  /** What has to be said, for which names; the first that holds a name counts. */
  names: Readonly<Record<string, string>>;
}

const attentionNames = {
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
  "the heads are an axis of query: splitHeads(x, heads) makes it":
    "heads num_heads n_heads n_head num_q_heads q_num_heads num_attention_heads",
  "the heads are an axis of key and value; write `grouped: true` if query has more":
    "kv_heads num_kv_heads n_kv_heads kv_num_heads num_key_value_heads num_key_value_groups",
  "write `grouped: true`": "gqa enable_gqa pack_gqa",
  "write `layout`": "qkv_format qkv_layout input_layout tensor_layout data_format",
  "inputs are [..., H, L, D], or [..., L, H, D] by `layout`; pass [L, B, H, D] as a view":
    "batch_first",
  "leave it out: it is in the shapes":
    "head_dim embed_dim key_dim value_dim kdim vdim max_seqlen max_seqlen_q max_seqlen_k total_sequence_length",
  "keep keys and values in createKvCache, and call its attention":
    "past past_key past_value past_key_value past_key_values use_cache cache_position kv_cache k_cache v_cache block_table page_table",
  "turn query and key first: rotary(x, { positions }, { pairing })":
    "position_ids positions position_embeddings rope rope_theta rotary rotary_emb rotary_cos rotary_sin rotary_interleaved do_rotary cos_cache sin_cache freqs_cis",
  "call attentionWithWeights":
    "weights need_weights return_weights return_attn_weights return_attention_weights output_attentions return_attn_probs return_attention_scores average_attn_weights",
  "call attentionWithLse":
    "lse return_lse return_softmax_lse softmax_lse return_residual return_residuals save_residuals",
  "call attentionTrace": "qk_matmul_output_mode qk_output",
  "dropout is not offered: inference only":
    "p dropout dropout_p dropout_rate dropout_prob dropout_rng attn_dropout attention_dropout broadcast_dropout",
  "leave it out: inference only": "training train is_training",
  "leave it out: the bits are always the same": "deterministic",
  "leave it out: a blocked key takes no part": "mask_value mask_filter_value",
  "multiply the heads of the output by it": "head_mask layer_head_mask",
  "it is in the params of multiHeadAttention": "add_zero_attn add_bias_kv",
  "leave it out: the precision is that of the inputs":
    "dtype out_dtype output_dtype softmax_precision precision preferred_element_type",
  "leave it out: there are no devices; `engine` says what computes": "device",
  "write `engine`": "op backend implementation impl attn_implementation flash_attention",
};

/** Every name of another library that has a hint, and the hint that it must give. */
export const foreignNames: ForeignNames[] = [
  {
    fn: "attention",
    argument: "options",
    call: "attention(x, x, x, { NAME: 1 })",
    source: attentionOptionHints,
    names: attentionNames,
  },
  {
    fn: "multiHeadAttention",
    argument: "options",
    call: "multiHeadAttention(x, x, x, layer, { NAME: 1 })",
    source: layerHints,
    names: {
      'write weights: "mean" for true, weights: "perHead" for false': "average_attn_weights",
      'write weights: "mean" or weights: "perHead"':
        "need_weights return_weights return_attn_weights return_attention_weights output_attentions return_attn_probs return_attention_scores",
      "it belongs into `params`":
        "heads num_heads n_heads n_head num_q_heads q_num_heads num_attention_heads add_zero_attn",
      "give the learned key and value in `params`: `biasK` and `biasV`": "add_bias_kv",
      "project, splitHeads, then attention with grouped: true":
        "grouped gqa enable_gqa pack_gqa kv_heads num_kv_heads n_kv_heads kv_num_heads num_key_value_heads num_key_value_groups",
      "project, splitHeads, then rotary and attention":
        "position_ids positions position_embeddings rope rope_theta rotary rotary_emb rotary_cos rotary_sin rotary_interleaved do_rotary cos_cache sin_cache freqs_cis",
      "project, splitHeads, then the attention of createKvCache":
        "past past_key past_value past_key_value past_key_values use_cache cache_position kv_cache k_cache v_cache block_table page_table",
      "project, splitHeads, then attentionWithLse":
        "lse return_lse return_softmax_lse softmax_lse return_residual return_residuals save_residuals",
      "project, splitHeads, then attentionTrace": "qk_matmul_output_mode qk_output",
      "inputs are [..., L, model]; pass a sequence-first tensor as a view":
        "layout qkv_format qkv_layout input_layout tensor_layout data_format batch_first",
      "leave it out: the result is a new tensor": "out",
      ...attentionNames,
    },
  },
  {
    fn: "multiHeadAttention",
    argument: "params",
    call: "multiHeadAttention(x, x, x, { NAME: 1 })",
    source: paramHints,
    names: {
      "write `heads`": "num_heads n_heads n_head num_attention_heads",
      "fewer key and value heads: project, splitHeads, then attention with grouped: true":
        "kv_heads num_kv_heads n_kv_heads kv_num_heads num_key_value_heads",
      "write `inProjWeight`": "in_proj in_proj.weight qkv_weight qkv.weight qkv_proj wqkv",
      "write `inProjWeight`, [out, in]: weights of a Conv1D are exchanged": "c_attn c_attn.weight",
      "write `queryWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
        "q_proj q_proj_weight q_proj.weight q_weight query_proj wq",
      "write `keyWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
        "k_proj k_proj_weight k_proj.weight k_weight key_proj wk",
      "write `valueWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
        "v_proj v_proj_weight v_proj.weight v_weight value_proj wv",
      "write `outWeight`, or read a state of PyTorch with fromTorchMultiheadAttention":
        "out_proj out_proj_weight out_proj.weight o_proj o_proj.weight c_proj wo",
      "write `outBias`, or read a state of PyTorch with fromTorchMultiheadAttention":
        "out_proj_bias out_proj.bias",
      "write `inProjBias` and `outBias`": "bias use_bias qkv_bias",
      "give the learned key and value: `biasK` and `biasV`": "add_bias_kv",
      "leave it out: it is in the shapes of the weights":
        "embed_dim head_dim kdim vdim hidden_size",
      "dropout is not offered: inference only": "dropout dropout_p dropout_rate",
    },
  },
  {
    fn: "fromTorchMultiheadAttention",
    argument: "options",
    call: "fromTorchMultiheadAttention(state, { NAME: 1 })",
    source: torchHints,
    names: {
      "write `heads`": "num_heads nhead n_heads num_attention_heads",
      "leave it out: it is in the shapes of the state": "embed_dim kdim vdim d_model",
      "leave it out: it is in the state": "bias add_bias_kv",
      "inputs are [..., L, model]; pass a sequence-first tensor as a view": "batch_first",
      "dropout is not offered: inference only": "dropout dropout_p",
      "leave it out: the precision is that of the state": "dtype",
      "leave it out: there are no devices": "device",
    },
  },
  {
    fn: "matmul",
    argument: "options",
    call: "matmul(x, x, { NAME: 1 })",
    source: matmulHints,
    names: {
      "write `transposeA`": "trans_a adjoint_a",
      "write `transposeB`": "trans_b adjoint_b",
      "multiply the result by it": "alpha",
      "add it to the result": "bias c",
      "leave it out: the precision is that of the inputs":
        "dtype out_dtype output_dtype softmax_precision precision preferred_element_type",
      "leave it out: there are no devices; `engine` says what computes": "device",
      "write `engine`": "op backend implementation impl attn_implementation flash_attention",
    },
  },
  {
    fn: "softmax",
    argument: "options",
    call: "softmax(x, { NAME: 1 })",
    source: softmaxHints,
    names: {
      "write `axis`": "dim",
      "write `allow` (true = takes part)": "mask where",
      "divide x by it": "temperature",
      "leave it out: the precision is that of the inputs":
        "dtype out_dtype output_dtype softmax_precision precision preferred_element_type",
      "leave it out: there are no devices; `engine` says what computes": "device",
      "write `engine`": "op backend implementation impl attn_implementation flash_attention",
    },
  },
  {
    fn: "logSumExp",
    argument: "options",
    call: "logSumExp(x, { NAME: 1 })",
    source: logSumExpHints,
    names: {
      "write `axis`": "dim",
      "leave it out: the axis is summed away": "keepdim keepdims",
      "give −Infinity to what takes no part": "mask where",
      "leave it out: the precision is that of the inputs":
        "dtype out_dtype output_dtype softmax_precision precision preferred_element_type",
      "leave it out: there are no devices; `engine` says what computes": "device",
      "write `engine`": "op backend implementation impl attn_implementation flash_attention",
    },
  },
  {
    fn: "rotary",
    argument: "angles",
    call: 'rotary(x, { NAME: 1 }, { pairing: "half" })',
    source: angleHints,
    names: {
      "write `base`": "theta rope_theta rope_base",
      "write `positions`, the position of the first token": "offset seqlen_offset seqlen_offsets",
      "write `positions`": "position_ids input_pos cache_position",
      "write `cos`": "cos_cache cos_cached cos_table",
      "write `sin`": "sin_cache sin_cached sin_table",
      "it belongs into the third argument: rotary(x, { base }, { pairing })":
        "pairing interleaved rotary_interleaved is_neox_style traditional layout",
      "it belongs into the third argument: rotary(x, { base }, { pairing, dims })":
        "dims rotary_dim rotary_ndims rotary_embedding_dim",
      "it is `dims`, a number of features, in the third argument":
        "partial_rotary_factor rotary_pct",
      "its real and imaginary parts are `cos` and `sin`, in the second argument": "freqs_cis",
      "make tables `cos` and `sin` of position · frequency, for the second argument":
        "inv_freq freqs rope_scaling scaling_factor",
      "multiply the positions by it": "scale position_scale",
      "leave it out: it is in the shape of x": "head_dim dim d_model num_heads",
      "leave it out: angles are computed for the positions of the call":
        "max_seq_len max_position_embeddings",
    },
  },
  {
    fn: "rotary",
    argument: "options",
    call: "rotary(x, {}, { NAME: 1 })",
    source: rotaryOptionHints,
    names: {
      'write pairing: "interleaved" for true, "half" for false':
        "interleaved rotary_interleaved traditional",
      'write pairing: "half" for true, "interleaved" for false': "is_neox_style neox_style",
      "write `dims`": "rotary_dim rotary_ndims rotary_embedding_dim",
      "write `dims`, a number of features: it times D": "partial_rotary_factor rotary_pct",
      "write `layout`": "unsqueeze_dim batch_first",
      "it belongs into the second argument: rotary(x, { base }, { pairing })": "base",
      "it is `base`, in the second argument: rotary(x, { base }, { pairing })":
        "theta rope_theta rope_base",
      "it belongs into the second argument: rotary(x, { positions }, { pairing })": "positions",
      "it is `positions`, in the second argument: rotary(x, { positions }, { pairing })":
        "offset seqlen_offset seqlen_offsets position_ids input_pos cache_position",
      "it belongs into the second argument: rotary(x, { cos, sin }, { pairing })":
        "cos sin cos_cache sin_cache cos_cached sin_cached",
      "its real and imaginary parts are `cos` and `sin`, in the second argument": "freqs_cis",
      "make tables `cos` and `sin` of position · frequency, for the second argument":
        "inv_freq freqs rope_scaling scaling_factor",
      "multiply the positions by it": "scale position_scale",
      "leave it out: it is in the shape of x": "head_dim dim d_model num_heads",
      "leave it out: angles are computed for the positions of the call":
        "max_seq_len max_position_embeddings",
    },
  },
  {
    fn: "sinusoidal",
    argument: "options",
    call: "sinusoidal(5, 4, { NAME: 1 })",
    source: sinusoidalHints,
    names: {
      "write `base`": "theta max_timescale max_wavelength n",
      'write order: "concatenated"': "concat",
      'write order: "interleaved"': "interleaved interleave",
      "it is the first argument, the number of positions": "length max_len max_length max_seq_len",
      "it is the second argument, the number of features":
        "size dim d_model embed_dim embedding_dim",
    },
  },
  {
    fn: "createKvCache",
    argument: "options",
    call: "createKvCache({ NAME: 1 })",
    source: cacheHints,
    names: {
      "write `kvHeads`, the heads of keys and values":
        "heads num_heads n_heads n_head num_kv_heads n_kv_heads kv_num_heads num_key_value_heads num_attention_heads",
      "write `headSize`": "head_dim dim d_head size_per_head",
      "write `valueSize`": "v_head_dim value_dim v_dim",
      "write `capacity`, the most positions that are kept at once":
        "max_length max_len max_seq_len max_cache_len max_tokens max_position_embeddings",
      "write `batch`": "max_batch_size batch_size batch_beam_size",
      "write `window: { left }`, how many keys before its own a query sees":
        "sliding_window window_size local_window_size attention_window left",
      "make a cache for each layer": "layers num_layers n_layers n_layer num_hidden_layers",
      "leave it out: memory is taken in blocks as positions come":
        "page_size block_size num_blocks num_pages",
      "leave it out: there are no devices; `engine` says what computes": "device",
    },
  },
  {
    fn: "createKvCache",
    argument: "options.window",
    call: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8, window: { NAME: 1 } })",
    source: cacheWindowHints,
    names: {
      "write `keepFirst`, how many first positions stay visible": "sinks sink num_sinks sink_size",
      "leave it out: keys after the query's own are a matter of `causal`": "right",
    },
  },
  {
    fn: "KvCache.append",
    argument: "options",
    call: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).append(x, x, { NAME: 1 })",
    source: appendHints,
    names: {
      "write `lengths`, how many of these positions each batch entry takes":
        "key_lengths seqlens seq_lens cache_seqlens seqused_k",
    },
  },
  {
    fn: "biases.relative",
    argument: "options",
    call: "biases.relative([[0]], { NAME: 1 })",
    source: relativeHints,
    names: {
      "write `buckets: { bidirectional, maxDistance }`": "bidirectional max_distance",
      "the buckets are the rows of the table: write `buckets: { bidirectional }`":
        "num_buckets relative_attention_num_buckets",
      "write `grid: [rows, columns]`": "window_size",
    },
  },
  {
    fn: "biases.relative",
    argument: "options.buckets",
    call: "biases.relative([[0]], { buckets: { NAME: 1 } })",
    source: bucketHints,
    names: {
      "write `maxDistance`": "max relative_attention_max_distance",
      "leave it out: the buckets are the rows of the table": "num_buckets",
    },
  },
  {
    fn: "attention",
    argument: "options.window",
    call: "attention(x, x, x, { window: { NAME: 1 } })",
    source: windowHints,
    names: {
      "write `left`, keys before the query's own": "before past window_left left_window_size",
      "write `right`, keys after the query's own": "after future window_right right_window_size",
      "write `left` and `right`, neighbours on each side": "size window_size",
    },
  },
  {
    fn: "tensor",
    argument: "options",
    call: "tensor([1], { NAME: 1 })",
    source: tensorHints,
    names: {
      "write `shape`": "dims size",
      "write `dtype`": "type data_type",
      "data is row-major here; a view { data, shape, stride, offset } is a tensor as it is":
        "stride strides offset",
      "leave it out: there are no devices": "device",
    },
  },
  {
    fn: "zeros",
    argument: "options",
    call: "zeros([1], { NAME: 1 })",
    source: zerosHints,
    names: {
      "write `dtype`": "type data_type",
      "it is the first argument: zeros([2, 3])": "shape dims size",
      "leave it out: there are no devices": "device",
    },
  },
  {
    fn: "format",
    argument: "options",
    call: "format(x, { NAME: 1 })",
    source: formatHints,
    names: {
      "write `digits`": "precision decimals places fraction_digits",
    },
  },
  {
    fn: "explain",
    argument: "options",
    call: "explain(x, x, x, { NAME: 1 })",
    source: explainHints,
    names: {
      "leave it out: an explanation computes rows when they are asked for": "out",
      "leave it out: the rows of a view have scores, weights and lse":
        "weights need_weights return_weights return_attn_weights return_attention_weights output_attentions return_attn_probs return_attention_scores average_attn_weights lse return_lse return_softmax_lse softmax_lse return_residual return_residuals save_residuals qk_matmul_output_mode qk_output",
      "write `tokens`": "labels",
      "write `tokens`, and join word pieces by `words` of a view": "words",
      ...attentionNames,
    },
  },
  {
    fn: "createThreadedEngine",
    argument: "options",
    call: "createThreadedEngine({ NAME: 1 })",
    source: engineHints,
    names: {
      "write `threads`":
        "workers num_workers num_threads n_threads max_workers pool_size concurrency intra_op_num_threads",
      "write `workerUrl` for the file of the worker, `threads` for their number": "worker",
    },
  },
  {
    fn: "checkAttention",
    argument: "options",
    call: "checkAttention(attention, { NAME: 1 })",
    source: checkHints,
    names: {
      "write it inside `supports`: { supports: { … } }":
        "batch heads grouped mask causal window dtype scale softcap bias sinks weights lse exact unit",
      "write `runs`": "num_runs",
    },
  },
  {
    fn: "checkAttention",
    argument: "options.supports",
    call: "checkAttention(attention, { supports: { NAME: 1 } })",
    source: supportHints,
    names: {
      "write `causal`": "is_causal",
      'write `mask`, "allow", "block" or "additive"': "attn_mask attention_mask",
      "write `grouped`": "gqa enable_gqa",
      "write `lse`": "return_lse",
      "write `weights`": "need_weights output_attentions",
    },
  },
  {
    fn: "expectClose",
    argument: "options",
    call: "expectClose(x, x, { NAME: 1 })",
    source: closeHints,
    names: {
      "write `abs` or `rel`": "tolerance tol delta epsilon",
      "write `abs`": "atol",
      "write `rel`": "rtol",
    },
  },
];
