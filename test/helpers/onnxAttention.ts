import * as qkv from "../../src/core.js";
import type { FloatArray } from "../../src/tensor/types.js";
import type { Dense } from "./tensors.js";
import { concat, denseOf, reshape, swapAxes, takeAxis, viewOf } from "./tensors.js";
import type { Library, Outputs, VectorCase, VectorTensor } from "./vectors.js";
import { expectKnown, find, input, toBooleans, toFloats, toIntegers } from "./vectors.js";

type Attributes = Readonly<Record<string, number | undefined>>;

/** ONNX Attention (opsets 23 to 25), and the hard cases, which share its inputs and attributes. */
export function runOnnxAttention(vector: VectorCase, library: Library = qkv): Outputs {
  expectKnown(vector, {
    attributes: [
      ...["scale", "softcap", "is_causal", "q_num_heads", "kv_num_heads"],
      ...["left_window_size", "right_window_size", "qk_matmul_output_mode", "softmax_precision"],
    ],
    inputs: ["Q", "K", "V", "attn_mask", "past_key", "past_value", "nonpad_kv_seqlen"],
    outputs: ["Y", "present_key", "present_value", "qk_matmul_output", "weights", "lse"],
  });
  if (vector.opset !== null && ![23, 24, 25].includes(vector.opset)) {
    throw new Error(`${vector.name}: opset ${vector.opset} is not covered`);
  }
  const attributes = vector.attributes as Attributes;
  checkCodes(vector.name, attributes);

  const Q = input(vector, "Q");
  // Sequence-first input without a cache goes to the library as it lies.
  const past = find(vector.inputs, "past_key");
  const sequenceFirst = Q.shape.length === 3 && past === undefined;
  const heads = (tensor: VectorTensor, count: number | undefined): Dense<FloatArray> => {
    const dense = toFloats(tensor, Q);
    if (tensor.shape.length === 4) return dense;
    if (!count) throw new Error(`${vector.name}: 3D input needs q_num_heads and kv_num_heads`);
    const [batch, length, width] = tensor.shape;
    const split = reshape(dense, [batch, length, count, width / count]);
    return sequenceFirst ? split : swapAxes(split, 1, 2);
  };
  const query = heads(Q, attributes.q_num_heads);
  let key = heads(input(vector, "K"), attributes.kv_num_heads);
  let value = heads(input(vector, "V"), attributes.kv_num_heads);
  if (past !== undefined) {
    key = concat(toFloats(past, Q), key, 2);
    value = concat(toFloats(input(vector, "past_value"), Q), value, 2);
  }
  const [headAxis, lengthAxis] = sequenceFirst ? [2, 1] : [1, 2];
  const total = key.shape[lengthAxis];

  const options: qkv.AttentionOptions = {
    ...placement(vector, attributes, query.shape[lengthAxis]),
    ...mask(vector, Q, [query.shape[headAxis], query.shape[lengthAxis], total]),
    ...(sequenceFirst ? { layout: "BLHD" as const } : {}),
    ...(query.shape[headAxis] === key.shape[headAxis] ? {} : { grouped: true }),
    ...(attributes.scale === undefined ? {} : { scale: attributes.scale }),
    ...(attributes.softcap ? { softcap: attributes.softcap } : {}),
  };
  const call = [viewOf(query), viewOf(key), viewOf(value), options] as const;
  const flat = (output: Dense): Dense => {
    if (Q.shape.length === 4) return output;
    const blhe = sequenceFirst ? output : swapAxes(output, 1, 2);
    return reshape(blhe, [...blhe.shape.slice(0, 2), blhe.shape[2] * blhe.shape[3]]);
  };
  const asked = (name: string): boolean => find(vector.outputs, name) !== undefined;
  const outputs: Record<string, Dense> = {
    Y: flat(denseOf(library.attention(...call))),
    present_key: sequenceFirst ? swapAxes(key, 1, 2) : key,
    present_value: sequenceFirst ? swapAxes(value, 1, 2) : value,
  };
  if (asked("qk_matmul_output")) {
    const stage = (["scores", "capped", "masked", "weights"] as const)[
      attributes.qk_matmul_output_mode ?? 0
    ];
    outputs.qk_matmul_output = denseOf(library.attentionTrace(...call)[stage]);
  }
  if (asked("weights")) outputs.weights = denseOf(library.attentionWithWeights(...call).weights);
  if (asked("lse")) outputs.lse = denseOf(library.attentionWithLse(...call).lse);
  return outputs;
}

function checkCodes(name: string, attributes: Attributes): void {
  const codes: Record<string, readonly number[]> = {
    is_causal: [0, 1],
    qk_matmul_output_mode: [0, 1, 2, 3],
    // The working precision of the softmax: ours is that of the inputs, or better.
    softmax_precision: [1, 10, 11, 16],
  };
  for (const [attribute, known] of Object.entries(codes)) {
    const value = attributes[attribute];
    if (value !== undefined && !known.includes(value)) {
      throw new Error(`${name}: ${attribute} ${value} has no meaning here`);
    }
  }
}

/** Causality, window and padding: all counted from one offset of the queries among the keys. */
function placement(
  vector: VectorCase,
  attributes: Attributes,
  queries: number,
): qkv.AttentionOptions {
  const past = find(vector.inputs, "past_key");
  const nonpad = find(vector.inputs, "nonpad_kv_seqlen");
  const lengths = nonpad && toIntegers(nonpad);
  if (past && lengths)
    throw new Error(`${vector.name}: past and nonpad_kv_seqlen exclude each other`);
  const align = past
    ? { offset: past.shape[2] }
    : lengths
      ? { offset: lengths.map((length) => length - queries) }
      : ("topLeft" as const);
  const side = (size = -1): number => (size < 0 ? Infinity : size);
  const left = side(attributes.left_window_size);
  const right = side(attributes.right_window_size);
  const causal = attributes.is_causal === 1;
  const bounded = left !== Infinity || right !== Infinity;
  return {
    ...(lengths ? { keyLengths: lengths } : {}),
    ...(causal ? { causal: align } : {}),
    ...(bounded ? { window: { left, right, ...(causal ? {} : { align }) } } : {}),
  };
}

function mask(
  vector: VectorCase,
  Q: VectorTensor,
  [heads, queries, total]: readonly [number, number, number],
): qkv.AttentionOptions {
  const tensor = find(vector.inputs, "attn_mask");
  if (tensor === undefined) return {};
  const boolean = tensor.dtype === "bool";
  let dense: Dense = boolean ? toBooleans(tensor) : toFloats(tensor, Q);
  // A mask that ends early says nothing about the rest, which then is masked.
  const missing = total - dense.shape[dense.shape.length - 1];
  if (missing > 0) {
    const indices = Array.from({ length: total }, (_, j) => (j < total - missing ? j : -1));
    dense = takeAxis(dense, -1, indices, () => (boolean ? 0 : -Infinity));
  }
  // Ranks that the library reads without being told where their axes go stay; others are spelled out.
  const plain = dense.shape.length === 1 || dense.shape.join() === `${queries},${total}`;
  if (!plain) dense = reshape(dense, [1, 1, 1, ...dense.shape].slice(-4));
  if (dense.shape.length === 4 && ![1, heads].includes(dense.shape[1])) {
    throw new Error(`${vector.name}: attn_mask [${tensor.shape}] does not broadcast to the heads`);
  }
  return boolean
    ? { allow: viewOf(dense as Dense<Uint8Array>) }
    : { bias: viewOf(dense as Dense<FloatArray>) };
}
