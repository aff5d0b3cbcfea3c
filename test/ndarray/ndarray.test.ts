import ndarray from "ndarray";
import ops from "ndarray-ops";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as core from "../../src/core.js";
import * as qkv from "../../src/index.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { Random } from "../helpers/random.js";

const random = new Random(5);
const data = (size: number): Float32Array =>
  Float32Array.from({ length: size }, () => random.normal());

describe("the main entry", () => {
  it("has the names of qkv/core", () => {
    expect(Object.keys(qkv).sort()).toEqual(Object.keys(core).sort());
    expect(Object.keys(qkv.masks).sort()).toEqual(Object.keys(core.masks).sort());
  });

  it("takes NdArrays of any stride and returns NdArrays with the bits of the core", () => {
    const [q, k, v] = [
      ndarray(data(35), [7, 5]),
      ndarray(data(55), [5, 11]).transpose(1, 0),
      ndarray(data(66), [22, 3]).step(-2, 1),
    ];
    const options = { causal: "topLeft", window: { left: 4 } } as const;
    const arrays = qkv.attentionTrace(q, k, v, options);
    const views = core.attentionTrace(q, k, v, options);
    for (const name of [
      "scores",
      "capped",
      "biased",
      "masked",
      "weights",
      "output",
      "lse",
    ] as const) {
      expect(firstDifferentBits(arrays[name].data, views[name].data)).toBe(-1);
      expect(arrays[name].shape).toEqual(views[name].shape);
    }
    expect(arrays.capped).toBe(arrays.scores);
    expect(arrays.output.get(6, 2)).toBe(views.output.data[20]);
  });

  it("results work with ndarray-ops", () => {
    const { weights } = qkv.attentionWithWeights(
      ndarray(data(6), [3, 2]),
      ndarray(data(10), [5, 2]),
      ndarray(data(5), [5, 1]),
    );
    for (let i = 0; i < 3; i++) expect(ops.sum(weights.pick(i, null))).toBeCloseTo(1, 6);
  });

  it("out of one call is an input of the next, without a copy", () => {
    const out = qkv.zeros([2, 3]);
    const x = qkv.tensor(data(6), { shape: [2, 3] });
    const output = qkv.attention(x, x, x, { out });
    expect(output.data).toBe(out.data);
    expect(qkv.toNested(qkv.attention(output, output, output))).toHaveLength(2);
  });

  it("rank 0 comes out as an NdArray too", () => {
    expect(qkv.logSumExp([0]).get()).toBe(0);
  });

  it("splitHeads shares memory, mergeHeads does not", () => {
    const x = qkv.tensor(data(12), { shape: [3, 4] });
    const heads = qkv.splitHeads(x, 2);
    heads.set(1, 2, 0, 42);
    expect(x.get(2, 2)).toBe(42);
    expect(qkv.mergeHeads(heads).data).not.toBe(x.data);
  });
});

describe("public types", () => {
  const single = qkv.zeros([2, 2]);
  const double = qkv.zeros([2, 2], { dtype: "float64" });

  it("the precision of the inputs is that of the result", () => {
    expectTypeOf(qkv.attention(single, single, single)).toEqualTypeOf<
      ndarray.NdArray<Float32Array>
    >();
    expectTypeOf(
      qkv.attention(double, double, [
        [1, 2],
        [3, 4],
      ]),
    ).toEqualTypeOf<ndarray.NdArray<Float64Array>>();
    expectTypeOf(qkv.attention([[1]], [[1]], [[1]])).toEqualTypeOf<ndarray.NdArray<Float32Array>>();
    expectTypeOf(core.attention(double, double, double)).toEqualTypeOf<core.Tensor<Float64Array>>();
    expectTypeOf(qkv.attentionWithWeights(double, double, double).weights).toEqualTypeOf<
      ndarray.NdArray<Float64Array>
    >();
    expectTypeOf(qkv.attentionWithLse(single, single, single).lse).toEqualTypeOf<
      ndarray.NdArray<Float32Array>
    >();
    expectTypeOf(qkv.attentionTrace(single, single, single).masked).toEqualTypeOf<
      ndarray.NdArray<Float32Array>
    >();
    expectTypeOf(qkv.matmul(double, double)).toEqualTypeOf<ndarray.NdArray<Float64Array>>();
    expectTypeOf(qkv.softmax(double)).toEqualTypeOf<ndarray.NdArray<Float64Array>>();
    expectTypeOf(qkv.tensor(new Float64Array(1))).toEqualTypeOf<
      ndarray.NdArray<Float64Array<ArrayBuffer>>
    >();
    expectTypeOf(qkv.tensor([[1]], { dtype: "float64" })).toEqualTypeOf<
      ndarray.NdArray<Float64Array>
    >();
    expectTypeOf(qkv.tensor([[true]])).toEqualTypeOf<ndarray.NdArray<Uint8Array>>();
    expectTypeOf(qkv.masks.dense(true, [1, 1])).toEqualTypeOf<ndarray.NdArray<Uint8Array>>();
    expectTypeOf(qkv.toNested(single)).toEqualTypeOf<qkv.NestedArray>();
  });

  it("a generic caller keeps the precision", () => {
    function twice<A extends qkv.FloatArray>(x: qkv.TensorLike<A>): ndarray.NdArray<A> {
      return qkv.attention(x, x, qkv.attention(x, x, x));
    }
    expectTypeOf(twice(double)).toEqualTypeOf<ndarray.NdArray<Float64Array>>();
  });

  it("mixed precisions, numeric masks and unknown options do not compile", () => {
    // @ts-expect-error mixed precisions
    expect(() => qkv.attention(single, double, single)).toThrow(TypeError);
    // @ts-expect-error a numeric mask
    expect(() => qkv.attention(single, single, single, { allow: single })).toThrow(TypeError);
    // @ts-expect-error a bias of another precision
    expect(() => qkv.attention(single, single, single, { bias: double })).toThrow(TypeError);
    // @ts-expect-error booleans as bias
    expect(() => qkv.attention(single, single, single, { bias: [[true]] })).toThrow(TypeError);
    // @ts-expect-error an option of another library
    expect(() => qkv.attention(single, single, single, { isCausal: true })).toThrow(TypeError);
    // @ts-expect-error a misspelt alignment
    expect(() => qkv.attention(single, single, single, { causal: "topleft" })).toThrow(TypeError);
    // @ts-expect-error no number
    expect(() => qkv.attention(single, single, [["1"]])).toThrow(TypeError);
  });
});
