import { modelOf, node, port, type Model } from "./model.js";

/** The lengths that a model is for. Where one is not named, the model takes any. */
export type Sizes = Partial<Record<"B" | "H" | "Hkv" | "L" | "S" | "D" | "E", number>>;

const axesOf =
  (sizes: Sizes) =>
  (...names: (keyof Sizes)[]) =>
    names.map((name) => sizes[name] ?? name);

/** What a call of the Attention operator asks for in addition to its three tensors. */
export interface AttentionRequest {
  /** The type of the input `mask`, which has four axes; absent if there is none. */
  mask?: "bool" | "float32";
  causal?: boolean;
  scale?: number;
  softcap?: number;
  /** Also the weights. */
  weights?: boolean;
}

const afterSoftmax = 3;

/** The Attention operator of opset 23, for `q [B,H,L,D]`, `k [B,Hkv,S,D]` and `v [B,Hkv,S,E]`. */
export function attentionOperator(
  { mask, causal, scale, softcap, weights }: AttentionRequest,
  sizes: Sizes = {},
): Model {
  const axes = axesOf(sizes);
  const inputs = [
    port("q", axes("B", "H", "L", "D")),
    port("k", axes("B", "Hkv", "S", "D")),
    port("v", axes("B", "Hkv", "S", "E")),
  ];
  // The first two may be 1 for all.
  if (mask) inputs.push(port("mask", ["maskB", "maskH", ...axes("L", "S")], mask));
  const outputs = [port("output", axes("B", "H", "L", "E"))];
  if (weights) outputs.push(port("weights", axes("B", "H", "L", "S")));
  const ints = {
    is_causal: causal ? 1 : undefined,
    qk_matmul_output_mode: weights ? afterSoftmax : undefined,
  };
  const attend = node(
    "Attention",
    inputs.map(({ name }) => name),
    // Between the two stand the keys and values of a cache.
    weights ? ["output", "", "", "weights"] : ["output"],
    { ints, floats: { scale, softcap } },
  );
  return modelOf(23, inputs, outputs, [attend]);
}

/** What a call of MultiHeadAttention asks for in addition to its three tensors. */
export interface MultiHeadRequest {
  heads: number;
  /** The axes of `key_padding_mask`: `[B]` lengths, or `[B,L,S]` with 1 where a pair is allowed. */
  mask?: readonly ["B"] | readonly ["B", "L", "S"];
  /** An input `attention_bias [1,1,L,S]`. */
  bias?: boolean;
  causal?: boolean;
  scale?: number;
}

/** onnxruntime's own operator, for `q [B,L,H·D]`, `k [B,S,H·D]` and `v [B,S,H·E]`. */
export function multiHeadOperator(
  { heads, mask, bias, causal, scale }: MultiHeadRequest,
  sizes: Sizes = {},
): Model {
  const axes = axesOf(sizes);
  const [HD, HE] = (["D", "E"] as const).map((name) =>
    sizes[name] === undefined ? `H${name}` : heads * sizes[name],
  );
  const inputs = [
    port("q", [...axes("B", "L"), HD]),
    port("k", [...axes("B", "S"), HD]),
    port("v", [...axes("B", "S"), HE]),
  ];
  if (mask) inputs.push(port("mask", axes(...mask), "int32"));
  if (bias) inputs.push(port("bias", [1, 1, ...axes("L", "S")]));
  // In the fourth place stands the bias of a projection.
  const names = ["q", "k", "v", "", mask ? "mask" : "", bias ? "bias" : ""];
  const ints = { num_heads: heads, unidirectional: causal ? 1 : undefined };
  const attributes = { ints, floats: { scale } };
  const attend = node("MultiHeadAttention", names, ["output"], attributes, "com.microsoft");
  return modelOf(17, inputs, [port("output", [...axes("B", "L"), HE])], [attend]);
}

/**
 * MatMul, scale, mask, Softmax, MatMul: what exporters have always written, and runtimes fuse. For
 * tensors as of the Attention operator, and a mask that is added.
 */
export function attentionOfParts(mask: boolean, sizes: Sizes & { D: number }): Model {
  const axes = axesOf(sizes);
  const inputs = [
    port("q", axes("B", "H", "L", "D")),
    port("k", axes("B", "H", "S", "D")),
    port("v", axes("B", "H", "S", "E")),
  ];
  if (mask) inputs.push(port("mask", axes("L", "S")));
  const nodes = [
    node("Transpose", ["k"], ["kt"], { lists: { perm: [0, 1, 3, 2] } }),
    node("MatMul", ["q", "kt"], ["scores"]),
    node("Mul", ["scores", "scale"], ["scaled"]),
    ...(mask ? [node("Add", ["scaled", "mask"], ["masked"])] : []),
    node("Softmax", [mask ? "masked" : "scaled"], ["weights"], { ints: { axis: 3 } }),
    node("MatMul", ["weights", "v"], ["output"]),
  ];
  const output = port("output", axes("B", "H", "L", "E"));
  return modelOf(17, inputs, [output], nodes, { scale: 1 / Math.sqrt(sizes.D) });
}

/** One product of two matrices. */
export function matmulModel(m: number, k: number, n: number): Model {
  const inputs = [port("a", [m, k]), port("b", [k, n])];
  return modelOf(17, inputs, [port("output", [m, n])], [node("MatMul", ["a", "b"], ["output"])]);
}
