import type { MultiHeadOptions } from "../../src/core.js";
import * as qkv from "../../src/core.js";
import { biases, fromTorchMultiheadAttention, masks } from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import type { Dense } from "./tensors.js";
import { denseOf, reshape, swapAxes, viewOf } from "./tensors.js";
import type { Library, Outputs, VectorCase, VectorTensor } from "./vectors.js";
import { expectKnown, find, input, toBooleans, toFloats } from "./vectors.js";

const stateNames = [
  ...["in_proj_weight", "q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias"],
  ...["bias_k", "bias_v", "out_proj.weight", "out_proj.bias"],
];

/** torch.nn.MultiheadAttention. */
export function runTorchAttention(
  vector: VectorCase,
  { multiHeadAttention }: Library = qkv,
): Outputs {
  expectKnown(vector, {
    attributes: [
      ...["embed_dim", "num_heads", "bias", "add_bias_kv", "add_zero_attn", "kdim", "vdim"],
      ...["batch_first", "need_weights", "average_attn_weights"],
    ],
    inputs: ["query", "key", "value", "attn_mask", "key_padding_mask", ...stateNames],
    outputs: ["attn_output", "attn_output_weights"],
  });
  const attributes = vector.attributes as Record<string, boolean | number | null | undefined>;
  const heads = Number(attributes.num_heads);
  const state: Record<string, TensorView<FloatArray>> = {};
  for (const name of stateNames) {
    const tensor = find(vector.inputs, name);
    if (tensor) state[name] = viewOf(toFloats(tensor));
  }
  const wantsBias = attributes.bias !== false;
  if (wantsBias !== "out_proj.bias" in state || !!attributes.add_bias_kv !== "bias_k" in state) {
    throw new Error(`${vector.name}: parameters and attributes disagree`);
  }
  const params = fromTorchMultiheadAttention(state, {
    heads,
    ...(attributes.add_zero_attn ? { addZeroAttn: true } : {}),
  });

  // Sequence-first inputs are handed over as views with their axes exchanged.
  const query = input(vector, "query");
  const sequenceFirst = query.shape.length === 3 && attributes.batch_first === false;
  const view = (name: string): TensorView<FloatArray> => {
    const { data, shape, stride, offset } = viewOf(toFloats(input(vector, name)));
    if (!sequenceFirst) return { data, shape, stride, offset };
    const turn = (list: readonly number[]): number[] => [list[1], list[0], list[2]];
    return { data, shape: turn(shape), stride: turn(stride), offset };
  };
  const weights = attributes.average_attn_weights === false ? "perHead" : "mean";
  const result = multiHeadAttention(view("query"), view("key"), view("value"), params, {
    ...torchMasks(find(vector.inputs, "attn_mask"), find(vector.inputs, "key_padding_mask"), {
      heads,
      batched: query.shape.length === 3,
    }),
    ...(attributes.need_weights === false ? {} : { weights }),
  });
  const output = denseOf(result.output);
  return {
    attn_output: sequenceFirst ? swapAxes(output, 0, 1) : output,
    ...(result.weights ? { attn_output_weights: denseOf(result.weights) } : {}),
  };
}

/** The masks of torch as options: true = may not attend, numbers are added. */
export function torchMasks(
  attention: VectorTensor | undefined,
  padding: VectorTensor | undefined,
  { heads, batched }: { heads: number; batched: boolean },
): MultiHeadOptions<FloatArray> {
  const place = <D extends Dense>(tensor: VectorTensor, dense: D): D => {
    const { shape } = tensor;
    if (tensor === padding) {
      // [N, S] or [S]
      return reshape(dense, batched ? [shape[0], 1, 1, shape[1]] : shape) as D;
    }
    if (shape.length === 2) return dense;
    // [N·heads, L, S]
    const full = batched ? [shape[0] / heads, heads] : [heads];
    return reshape(dense, [...full, ...shape.slice(1)]) as D;
  };
  const given = [attention, padding].filter((tensor) => tensor !== undefined);
  const blocks = given
    .filter(({ dtype }) => dtype === "bool")
    .map((tensor) => viewOf(place(tensor, toBooleans(tensor))));
  const added = given
    .filter(({ dtype }) => dtype !== "bool")
    .map((tensor) => viewOf(place(tensor, toFloats(tensor))));
  return {
    ...(blocks.length > 0 ? { block: blocks.length === 1 ? blocks[0] : masks.or(...blocks) } : {}),
    ...(added.length > 0 ? { bias: added.length === 1 ? added[0] : biases.sum(...added) } : {}),
  };
}
