import type { Model, Port } from "./model.js";

/** What an attention model is built for: `q [1,H,L,D]`, `k` and `v` `[1,H,S,D]`. */
export interface AttentionShape {
  heads: number;
  queries: number;
  keys: number;
  size: number;
  causal: boolean;
  /** An input `mask [L,S]` that is added to the scores. */
  mask: boolean;
}

function ports({
  heads,
  queries,
  keys,
  size,
  mask,
}: AttentionShape): Pick<Model, "inputs" | "outputs"> {
  const query = [1, heads, queries, size];
  const key = [1, heads, keys, size];
  const inputs: Port[] = [
    { name: "q", shape: query },
    { name: "k", shape: key },
    { name: "v", shape: key },
  ];
  if (mask) inputs.push({ name: "mask", shape: [queries, keys] });
  return { inputs, outputs: [{ name: "output", shape: query }] };
}

/** MatMul, scale, mask, Softmax, MatMul: what exporters have always written, and runtimes fuse. */
export function attentionOfParts(shape: AttentionShape): Model {
  const scores = shape.mask ? "masked" : "scaled";
  return {
    opset: 17,
    format: 8,
    ...ports(shape),
    scalars: { scale: 1 / Math.sqrt(shape.size) },
    nodes: [
      { operator: "Transpose", inputs: ["k"], outputs: ["kt"], attributes: { perm: [0, 1, 3, 2] } },
      { operator: "MatMul", inputs: ["q", "kt"], outputs: ["scores"] },
      { operator: "Mul", inputs: ["scores", "scale"], outputs: ["scaled"] },
      ...(shape.mask ? [{ operator: "Add", inputs: ["scaled", "mask"], outputs: ["masked"] }] : []),
      { operator: "Softmax", inputs: [scores], outputs: ["weights"], attributes: { axis: 3 } },
      { operator: "MatMul", inputs: ["weights", "v"], outputs: ["output"] },
    ],
  };
}

/** The Attention operator of opset 23. Causal without a mask is told to it, not shown. */
export function attentionOperator(shape: AttentionShape): Model {
  const told = shape.causal && !shape.mask;
  return {
    opset: 23,
    format: 11,
    ...ports(shape),
    nodes: [
      {
        operator: "Attention",
        inputs: ["q", "k", "v", ...(shape.mask ? ["mask"] : [])],
        outputs: ["output"],
        attributes: told ? { is_causal: 1 } : {},
      },
    ],
  };
}

/** onnxruntime's own operator, on `q [1,L,H·D]`, `k` and `v` `[1,S,H·D]`. Causal is told to it. */
export function multiHeadOperator({
  heads,
  queries,
  keys,
  size,
  causal,
}: Omit<AttentionShape, "mask">): Model {
  const port = (name: string, length: number): Port => ({ name, shape: [1, length, heads * size] });
  return {
    opset: 17,
    format: 8,
    inputs: [port("q", queries), port("k", keys), port("v", keys)],
    outputs: [port("output", queries)],
    nodes: [
      {
        operator: "MultiHeadAttention",
        domain: "com.microsoft",
        inputs: ["q", "k", "v"],
        outputs: ["output"],
        attributes: { num_heads: heads, ...(causal ? { unidirectional: 1 } : {}) },
      },
    ],
  };
}

/** One product of two matrices. */
export function matmulModel(m: number, k: number, n: number): Model {
  return {
    opset: 17,
    format: 8,
    inputs: [
      { name: "a", shape: [m, k] },
      { name: "b", shape: [k, n] },
    ],
    outputs: [{ name: "output", shape: [m, n] }],
    nodes: [{ operator: "MatMul", inputs: ["a", "b"], outputs: ["output"] }],
  };
}
