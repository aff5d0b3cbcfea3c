import type { Section } from "../table.js";

export const options: Section = {
  title: "Option names and surplus arguments",
  rows: [
    {
      wrote: "attention(x, x, x, { isCausal: true })",
      type: TypeError,
      message:
        'attention(): options.isCausal: expected a known name; got "isCausal". Fix: write `causal`.',
      why: "PyTorch, ONNX: another spelling.",
    },
    {
      wrote: "attention(x, x, x, { is_causal: true })",
      type: TypeError,
      message:
        'attention(): options.is_causal: expected a known name; got "is_causal". Fix: write `causal`.',
      why: "The same in the spelling of Python.",
    },
    {
      wrote: "attention(x, x, x, { casual: true })",
      type: TypeError,
      message:
        'attention(): options.casual: expected a known name; got "casual". Fix: write `causal`.',
      why: "A typo would attend to the future silently.",
    },
    {
      wrote: "attention(x, x, x, { mask: [[true]] })",
      type: TypeError,
      message:
        'attention(): options.mask: expected a known name; got "mask". Fix: write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`.',
      why: "A mask without a polarity: libraries disagree on what true means.",
    },
    {
      wrote: "attention(x, x, x, { attn_mask: [[true]] })",
      type: TypeError,
      message:
        'attention(): options.attn_mask: expected a known name; got "attn_mask". Fix: write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`.',
      why: "PyTorch's functional form allows where true, its layer blocks.",
    },
    {
      wrote: "attention(x, x, x, { attnMask: [[true]] })",
      type: TypeError,
      message:
        'attention(): options.attnMask: expected a known name; got "attnMask". Fix: write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`.',
      why: "The same name in another spelling.",
    },
    {
      wrote: "attention(x, x, x, { attention_mask: [[true]] })",
      type: TypeError,
      message:
        'attention(): options.attention_mask: expected a known name; got "attention_mask". Fix: write `allow` (true = may attend) or `block` (true = may not attend); numbers that are added to the scores go into `bias`.',
      why: "Hugging Face: 1 means attend.",
    },
    {
      wrote: "attention(x, x, x, { key_padding_mask: [[true]] })",
      type: TypeError,
      message:
        'attention(): options.key_padding_mask: expected a known name; got "key_padding_mask". Fix: write `keyLengths` for padding at the end, or `block` (true = padding) with shape [B, 1, 1, S].',
      why: "PyTorch: true means padding.",
    },
    {
      wrote: "attention(x, x, x, { dropout: 0.1 })",
      type: TypeError,
      message:
        'attention(): options.dropout: expected a known name; got "dropout". Fix: dropout is not offered: inference only.',
      why: "Inference only.",
    },
    {
      wrote: "attention(x, x, x, { dropout_p: 0 })",
      type: TypeError,
      message:
        'attention(): options.dropout_p: expected a known name; got "dropout_p". Fix: dropout is not offered: inference only.',
      why: "Inference only, even at 0: an option that does nothing misleads.",
    },
    {
      wrote: "attention(x, x, x, { enable_gqa: true })",
      type: TypeError,
      message:
        'attention(): options.enable_gqa: expected a known name; got "enable_gqa". Fix: write `grouped: true`.',
      why: "PyTorch's name for shared heads.",
    },
    {
      wrote: "attention(x, x, x, { softmax_scale: 0.5 })",
      type: TypeError,
      message:
        'attention(): options.softmax_scale: expected a known name; got "softmax_scale". Fix: write `scale`.',
      why: "flash-attention's name for the scale.",
    },
    {
      wrote: "attention(x, x, x, { temperature: 2 })",
      type: TypeError,
      message:
        'attention(): options.temperature: expected a known name; got "temperature". Fix: write `scale`, which multiplies: 1 / temperature, or 1 / (√D · temperature).',
      why: "Divides, where the scale multiplies.",
    },
    {
      wrote: 'attention(x, x, x, { engine: "webgpu" })',
      type: TypeError,
      message:
        'attention(): options.engine: expected one of auto, portable, wasm, reference; got "webgpu".',
      why: "An engine that does not exist.",
    },
    {
      wrote: "attention(x, x, x, { window_size: [2, 0] })",
      type: TypeError,
      message:
        'attention(): options.window_size: expected a known name; got "window_size". Fix: write `window: { left, right }`, neighbours on each side.',
      why: "flash-attention's name for the window.",
    },
    {
      wrote: "attention(x, x, x, { logits_soft_cap: 30 })",
      type: TypeError,
      message:
        'attention(): options.logits_soft_cap: expected a known name; got "logits_soft_cap". Fix: write `softcap`.',
      why: "JAX's name for the softcap.",
    },
    {
      wrote: "attention(x, x, x, { attn_bias: [[0]] })",
      type: TypeError,
      message:
        'attention(): options.attn_bias: expected a known name; got "attn_bias". Fix: write `bias`.',
      why: "ONNX's and xFormers' name for the bias.",
    },
    {
      wrote: "attention(x, x, x, { need_weights: true })",
      type: TypeError,
      message:
        'attention(): options.need_weights: expected a known name; got "need_weights". Fix: call attentionWithWeights.',
      why: "Another function returns them.",
    },
    {
      wrote: "attention(x, x, x, { return_lse: true })",
      type: TypeError,
      message:
        'attention(): options.return_lse: expected a known name; got "return_lse". Fix: call attentionWithLse.',
      why: "Another function returns it.",
    },
    {
      wrote: "attention(x, x, x, { output_attentions: true })",
      type: TypeError,
      message:
        'attention(): options.output_attentions: expected a known name; got "output_attentions". Fix: call attentionWithWeights.',
      why: "Another function returns them; `out` is a tensor.",
    },
    {
      wrote: "attention(x, x, x, { qk_matmul_output_mode: 1 })",
      type: TypeError,
      message:
        'attention(): options.qk_matmul_output_mode: expected a known name; got "qk_matmul_output_mode". Fix: call attentionTrace.',
      why: "ONNX's name for one stage: another function returns all of them.",
    },
    {
      wrote: "attention(x, x, x, { block_size: 64 })",
      type: TypeError,
      message:
        'attention(): options.block_size: expected one of scale, softcap, allow, block, bias, causal, window, keyLengths, queryLengths, grouped, sinks, emptyRow, layout, out, engine; got "block_size".',
      why: "A size of tiles is no mask: there is nothing to set.",
    },
    {
      wrote: "attention(x, x, x, { batch_first: true })",
      type: TypeError,
      message:
        'attention(): options.batch_first: expected a known name; got "batch_first". Fix: inputs are [..., H, L, D], or [..., L, H, D] by `layout`; pass [L, B, H, D] as a view.',
      why: "A layout has a name.",
    },
    {
      wrote: "attention(x, x, x, { colour: true })",
      type: TypeError,
      message:
        'attention(): options.colour: expected one of scale, softcap, allow, block, bias, causal, window, keyLengths, queryLengths, grouped, sinks, emptyRow, layout, out, engine; got "colour".',
      why: "An option that does not exist.",
    },
    {
      wrote: "attention(x, x, x, true)",
      type: TypeError,
      message:
        "attention(): options: expected an object with any of scale, softcap, allow, block, bias, causal, window, keyLengths, queryLengths, grouped, sinks, emptyRow, layout, out, engine; got true.",
      why: "Options are named.",
    },
    {
      wrote: "attention(x, x, x, null)",
      type: TypeError,
      message:
        "attention(): options: expected an object with any of scale, softcap, allow, block, bias, causal, window, keyLengths, queryLengths, grouped, sinks, emptyRow, layout, out, engine; got null.",
      why: "No options: leave them out.",
    },
    {
      wrote: "attention(x, x, x, {}, true)",
      type: TypeError,
      message: "attention(): arguments: expected at most 4 (query, key, value, options); got 5.",
      why: "Options are one object.",
    },
    {
      wrote: "attention(x, x, x, [[true]], { causal: true })",
      type: TypeError,
      message: "attention(): arguments: expected at most 4 (query, key, value, options); got 5.",
      why: "A mask is an option: `allow` or `block`.",
    },
    {
      wrote: 'tensor([1, 2], [2], "float64")',
      type: TypeError,
      message: "tensor(): arguments: expected at most 2 (data, options); got 3.",
      why: "Shape and dtype are options.",
    },
    {
      wrote: "zeros(2, 3, 4)",
      type: TypeError,
      message: "zeros(): arguments: expected at most 2 (shape, options); got 3.",
      why: "A shape is one array.",
    },
    {
      wrote: 'mergeHeads(q, { layout: "BLHD" })',
      type: TypeError,
      message: "mergeHeads(): arguments: expected at most 1 (x); got 2.",
      why: "There is one layout; a view has another one.",
    },
    {
      wrote: "splitHeads(x, 2, 4)",
      type: TypeError,
      message: "splitHeads(): arguments: expected at most 2 (x, heads); got 3.",
      why: "The size of a head follows from their number.",
    },
    {
      wrote: "masks.causal(5, 7)",
      type: TypeError,
      message: "masks.causal(): arguments: expected at most 1 (align); got 2.",
      why: "The sizes are those of the call that the rule is used in.",
    },
    {
      wrote: "createKvCache({ kvHeads: 1, headSize: 4, capacity: 8 }).attention(x, x, x)",
      type: TypeError,
      message: "KvCache.attention(): arguments: expected at most 2 (query, options); got 3.",
      why: "Keys and values are in the cache.",
    },
    {
      wrote: 'explain(x, x, x, { tokens: [..."abcde"] }).head(0).topK(0, 2, 3)',
      type: TypeError,
      message: "topK(): arguments: expected at most 2 (i, k); got 3.",
      why: "It would be ignored.",
    },
  ],
};
