import * as qkv from "../../src/core.js";
import { fromTorchMultiheadAttention } from "../../src/core.js";
import type { FloatArray, TensorView } from "../../src/tensor/types.js";
import { activations, add, layerNorm, linear } from "./layers.js";
import type { Dense } from "./tensors.js";
import { denseOf, swapAxes, viewOf } from "./tensors.js";
import { torchMasks } from "./torchAttention.js";
import type { Library, Outputs, VectorCase } from "./vectors.js";
import { expectKnown, find, input, toFloats } from "./vectors.js";

type Floats = Dense<FloatArray>;

const attentionNames = ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"];
const layerNames = ["linear1", "linear2", "norm1", "norm2", "norm3"].flatMap((name) => [
  `${name}.weight`,
  `${name}.bias`,
]);

/** torch.nn.TransformerEncoderLayer and TransformerDecoderLayer. */
export function runTransformerLayer(
  vector: VectorCase,
  { multiHeadAttention }: Library = qkv,
): Outputs {
  expectKnown(vector, {
    attributes: [
      ...["d_model", "nhead", "dim_feedforward", "activation", "layer_norm_eps"],
      ...["batch_first", "norm_first"],
    ],
    inputs: [
      ...["src", "src_mask", "src_key_padding_mask"],
      ...["tgt", "tgt_mask", "tgt_key_padding_mask"],
      ...["memory", "memory_mask", "memory_key_padding_mask"],
      ...["self_attn", "multihead_attn"].flatMap((part) =>
        attentionNames.map((name) => `${part}.${name}`),
      ),
      ...layerNames,
    ],
    outputs: ["output"],
  });
  const decoder = find(vector.inputs, "tgt") !== undefined;
  const { norm_first: normFirst, nhead, activation } = vector.attributes;
  const epsilon = Number(vector.attributes.layer_norm_eps ?? 1e-5);
  const act = activations[String(activation ?? "relu")];
  if (act === undefined) throw new Error(`${vector.name}: unknown activation ${activation}`);

  const raw = input(vector, decoder ? "tgt" : "src");
  const batched = raw.shape.length === 3;
  const sequenceFirst = batched && vector.attributes.batch_first === false;
  const load = (name: string): Floats => {
    const dense = toFloats(input(vector, name));
    return sequenceFirst ? swapAxes(dense, 0, 1) : dense;
  };
  const parameter = (name: string): Floats | undefined => {
    const tensor = find(vector.inputs, name);
    return tensor && toFloats(tensor);
  };
  const norm = (x: Floats, n: number): Floats =>
    layerNorm(x, parameter(`norm${n}.weight`)!, parameter(`norm${n}.bias`), epsilon);
  const dense = (x: Floats, n: number): Floats =>
    linear(x, parameter(`linear${n}.weight`)!, parameter(`linear${n}.bias`));

  const attend = (part: string, x: Floats, other: Floats, masks: string): Floats => {
    const state: Record<string, TensorView<FloatArray>> = {};
    for (const name of attentionNames) {
      const tensor = parameter(`${part}.${name}`);
      if (tensor) state[`${part}.${name}`] = viewOf(tensor);
    }
    const params = fromTorchMultiheadAttention(state, { heads: Number(nhead), prefix: `${part}.` });
    const options = torchMasks(
      find(vector.inputs, `${masks}_mask`),
      find(vector.inputs, `${masks}_key_padding_mask`),
      { heads: Number(nhead), batched },
    );
    const from = viewOf(other);
    return denseOf(multiHeadAttention(viewOf(x), from, from, params, options).output);
  };
  const memory = decoder ? load("memory") : undefined;
  const own = decoder ? "tgt" : "src";
  const blocks: ((x: Floats) => Floats)[] = [
    (x) => attend("self_attn", x, x, own),
    ...(memory ? [(x: Floats) => attend("multihead_attn", x, memory, "memory")] : []),
    (x) => dense(act(dense(x, 1)), 2),
  ];
  let x = load(own);
  blocks.forEach((block, n) => {
    // The normalization stands before the block, or behind the sum.
    x = normFirst ? add(x, block(norm(x, n + 1))) : norm(add(x, block(x)), n + 1);
  });
  return { output: sequenceFirst ? swapAxes(x, 0, 1) : x };
}
