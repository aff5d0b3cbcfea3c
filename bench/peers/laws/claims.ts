import type { Supports } from "../../../src/testing/index.js";

/** What a function is held to, each with where that is said. What is not named is not asked of it. */
export type Claims = {
  readonly [K in keyof Supports]?: readonly [claim: Supports[K], why: string];
};

/** The operator, in the words of its specification. */
const onnxOperator: Claims = {
  batch: [true, "4-D inputs are (batch_size, heads, sequence_length, head_size)"],
  heads: [true, "the same"],
  grouped: [true, "q_num_heads is a multiple of kv_num_heads; consecutive query heads share"],
  perHead: [true, "attn_mask is broadcastable to (batch, heads, queries, keys)"],
  causal: ["topLeft", "is_causal: a lower triangular mask, its diagonal in the upper left corner"],
  scale: [true, "attribute scale, default 1/√head_size"],
  softcap: [true, "attribute softcap, applied before the mask"],
  weights: [true, "qk_matmul_output_mode 3: the output of the softmax"],
  valueSize: [true, "v_head_size is a length of its own"],
  window: [false, "not in opset 23"],
  keyLengths: [false, "nonpad_kv_seqlen came with opset 24"],
  sinks: [false, "not in opset 23"],
  lse: [false, "not an output"],
  garbage: [false, "nothing is said of NaN in what is masked"],
  emptyRow: ["zero", "by its errata, where the formula alone would be NaN"],
};

export const onnxBoolMask: Claims = {
  ...onnxOperator,
  mask: ["allow", "a boolean attn_mask: true takes part in attention"],
  bias: [false, "attn_mask is one input, and boolean here"],
};

export const onnxFloatMask: Claims = {
  ...onnxOperator,
  mask: ["additive", "a float attn_mask is added to the scores"],
  bias: [true, "the same input"],
};

/** onnxruntime's own operator, in the words of its list of contributed operators. */
export const multiHeadOperator: Claims = {
  batch: [true, "query is (batch_size, sequence_length, hidden_size)"],
  heads: [true, "attribute num_heads"],
  mask: ["allow", "key_padding_mask of (batch_size, sequence_length, total_sequence_length)"],
  perHead: [false, "that mask has no axis for heads"],
  keyLengths: [true, "key_padding_mask of (batch_size)"],
  bias: [true, "attention_bias is added to the scores"],
  causal: [true, "unidirectional: only previous tokens; nothing is said of L ≠ S"],
  scale: [true, "attribute scale, default 1/√head_size"],
  valueSize: [true, "v_hidden_size is a length of its own"],
  grouped: [false, "one num_heads for all"],
  weights: [false, "an output for the raw scores only"],
  emptyRow: [undefined, "nothing is said: zero or NaN is taken"],
};

export const tfjsTutorial: Claims = {
  batch: [true, "matMul takes any rank"],
  heads: [true, "the same"],
  mask: ["allow", "(1 − mask)·(−10⁹) is added to the scores"],
  perHead: [true, "the sum broadcasts"],
  causal: ["square", "a triangular mask, as tutorials make it for a sequence and itself"],
  weights: [true, "they are a tensor on the way"],
  emptyRow: [undefined, "nothing is said: zero or NaN is taken"],
};

export const jaxFunction: Claims = {
  batch: [true, "[B, L, N, H]"],
  heads: [true, "the same"],
  grouped: [true, "key and value may have fewer heads than query"],
  mask: ["allow", "mask: true takes part in attention"],
  perHead: [true, "mask and bias are broadcastable to [B, N, L, S]"],
  bias: [true, "bias is added to the logits"],
  causal: [true, "isCausal; nothing is said of L ≠ S"],
  window: [true, "localWindowSize [left, right]"],
  keyLengths: [true, "keyValueSeqLengths, taken from the beginning"],
  scale: [true, "scale, default 1/√H"],
  valueSize: [false, "value has the shape of key"],
  weights: [false, "not returned"],
  emptyRow: [undefined, "nothing is said: zero or NaN is taken"],
};

/** The claims without their reasons. */
export function supportsOf(claims: Claims): Supports {
  return Object.fromEntries(
    Object.entries(claims).map(([name, [claim]]) => [name, claim]),
  ) as Supports;
}
