import type { Model, Port } from "./model.js";

/** What one call of MultiHeadAttention asks for, beside its three tensors. */
export interface MultiHeadRequest {
  heads: number;
  /** The axes of `key_padding_mask`: `[B]` lengths, or `[B,L,S]` with 1 where a pair is allowed. */
  mask?: readonly ["B"] | readonly ["B", "L", "S"];
  /** An input `attention_bias [1,1,L,S]`. */
  bias: boolean;
  causal: boolean;
  scale?: number;
}

/** onnxruntime's own operator, for `q [B,L,H·D]`, `k [B,S,H·D]` and `v [B,S,H·E]`. */
export function multiHeadCall({ heads, mask, bias, causal, scale }: MultiHeadRequest): Model {
  const inputs: Port[] = [
    { name: "q", shape: ["B", "L", "HD"] },
    { name: "k", shape: ["B", "S", "HD"] },
    { name: "v", shape: ["B", "S", "HE"] },
  ];
  if (mask) inputs.push({ name: "mask", shape: mask, type: "int32" });
  if (bias) inputs.push({ name: "bias", shape: [1, 1, "L", "S"] });
  return {
    opset: 17,
    format: 8,
    inputs,
    outputs: [{ name: "output", shape: ["B", "L", "HE"] }],
    nodes: [
      {
        operator: "MultiHeadAttention",
        domain: "com.microsoft",
        // In the fourth place stands the bias of a projection.
        inputs: ["q", "k", "v", "", mask ? "mask" : "", bias ? "bias" : ""],
        outputs: ["output"],
        attributes: {
          num_heads: heads,
          ...(causal ? { unidirectional: 1 } : {}),
          ...(scale === undefined ? {} : { scale: { float: scale } }),
        },
      },
    ],
  };
}
