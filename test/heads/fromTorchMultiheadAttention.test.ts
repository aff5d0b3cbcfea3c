import { expect, expectTypeOf, test } from "vitest";
import { fromTorchMultiheadAttention, type MultiHeadParams } from "../../src/heads/index.js";
import type { Tensor } from "../../src/tensor/index.js";
import { make } from "./layer.js";

const model = 6;
const packed = {
  in_proj_weight: make([3 * model, model], 1),
  in_proj_bias: make([3 * model], 2),
  "out_proj.weight": make([model, model], 3),
  "out_proj.bias": make([model], 4),
};

test("a packed state, as a record or a Map", () => {
  const params = fromTorchMultiheadAttention(packed, { heads: 3 });
  expectTypeOf(params).toExtend<MultiHeadParams<Float64Array>>();
  expect(params).toEqual({
    heads: 3,
    addZeroAttn: false,
    inProjWeight: packed.in_proj_weight,
    inProjBias: packed.in_proj_bias,
    outWeight: packed["out_proj.weight"],
    outBias: packed["out_proj.bias"],
  });
  // The memory is shared: weights are large.
  expect((params.outBias as Tensor).data).toBe(packed["out_proj.bias"].data);
  expect(fromTorchMultiheadAttention(new Map(Object.entries(packed)), { heads: 3 })).toEqual(
    params,
  );
});

test("separate projections, learned key and value, zero key", () => {
  const state = {
    q_proj_weight: make([model, model], 1),
    k_proj_weight: make([model, 5], 2),
    v_proj_weight: make([model, 7], 3),
    "out_proj.weight": make([model, model], 4),
    bias_k: make([1, 1, model], 5),
    bias_v: make([1, 1, model], 6),
  };
  expect(fromTorchMultiheadAttention(state, { heads: 2, addZeroAttn: true })).toEqual({
    heads: 2,
    addZeroAttn: true,
    queryWeight: state.q_proj_weight,
    keyWeight: state.k_proj_weight,
    valueWeight: state.v_proj_weight,
    outWeight: state["out_proj.weight"],
    biasK: state.bias_k,
    biasV: state.bias_v,
  });
});

test("a prefix picks one layer of a larger state", () => {
  const prefix = "layers.1.self_attn.";
  const state = new Map<string, Tensor<Float64Array>>([
    ["layers.0.self_attn.in_proj_weight", make([1], 1)],
    ["layers.1.norm1.weight", make([model], 1)],
    ...Object.entries(packed).map(([name, x]) => [prefix + name, x] as const),
  ]);
  expect(fromTorchMultiheadAttention(state, { heads: 3, prefix })).toEqual(
    fromTorchMultiheadAttention(packed, { heads: 3 }),
  );
});

test("nested numbers take the precision of the typed entries", () => {
  const params = fromTorchMultiheadAttention(
    { ...packed, "out_proj.bias": [1, 2, 3, 4, 5, 6] },
    { heads: 1 },
  );
  expect((params.outBias as Tensor).dtype).toBe("float64");
});
