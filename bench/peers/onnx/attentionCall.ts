import type { Model, Port } from "./model.js";

/** What one call of the Attention operator asks for, beside its three tensors. */
export interface AttentionRequest {
  /** The type of the input `attn_mask`; absent if there is none. */
  mask?: "bool" | "float32";
  causal: boolean;
  scale?: number;
  softcap?: number;
  /** Also the weights, by `qk_matmul_output_mode`. */
  weights: boolean;
}

const afterSoftmax = 3;

/** The Attention operator of opset 23 for tensors `[B,H,L,D]` of any lengths. */
export function attentionCall({ mask, causal, scale, softcap, weights }: AttentionRequest): Model {
  const inputs: Port[] = [
    { name: "q", shape: ["B", "H", "L", "D"] },
    { name: "k", shape: ["B", "Hkv", "S", "D"] },
    { name: "v", shape: ["B", "Hkv", "S", "E"] },
  ];
  if (mask) inputs.push({ name: "mask", shape: ["B", "H", "L", "S"], type: mask });
  const outputs: Port[] = [{ name: "output", shape: ["B", "H", "L", "E"] }];
  if (weights) outputs.push({ name: "weights", shape: ["B", "H", "L", "S"] });
  return {
    opset: 23,
    format: 11,
    inputs,
    outputs,
    nodes: [
      {
        operator: "Attention",
        inputs: inputs.map(({ name }) => name),
        // Between the two stand the keys and values of a cache.
        outputs: weights ? ["output", "", "", "weights"] : ["output"],
        attributes: {
          ...(causal ? { is_causal: 1 } : {}),
          ...(scale === undefined ? {} : { scale: { float: scale } }),
          ...(softcap === undefined ? {} : { softcap: { float: softcap } }),
          ...(weights ? { qk_matmul_output_mode: afterSoftmax } : {}),
        },
      },
    ],
  };
}
