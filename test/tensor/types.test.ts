import type { NdArray } from "ndarray";
import { expect, expectTypeOf, test } from "vitest";
import * as qkv from "../../src/index.js";
import * as core from "../../src/core.js";
import type { ExplainOptions, RolloutOptions } from "../../src/explain/index.js";
import type { CertificateOptions, CheckOptions, CloseOptions, Supports } from "../../src/testing/index.js"; // prettier-ignore
import type { Abortable, ThreadedEngineOptions } from "../../src/threads/types.js";

// What TypeScript has to accept and refuse. `tsc` checks it; at run time the values are looked at.

const size = (): 0 | 1 => 1;
const dtype = (["float32", "float64"] as const)[size()];
const matrix = core.tensor([[1, 2], [3, 4]], { dtype }); // prettier-ignore

test("a precision that is one of two gives tensors of one of two", () => {
  type Either = core.Tensor<Float32Array> | core.Tensor<Float64Array>;
  expectTypeOf(matrix).toEqualTypeOf<core.Tensor<Float32Array | Float64Array>>();
  expectTypeOf(core.zeros([2], { dtype })).toEqualTypeOf<core.Tensor<core.FloatArray>>();
  expectTypeOf(core.sinusoidal(3, 4, { dtype })).toEqualTypeOf<core.Tensor<core.FloatArray>>();
  expectTypeOf(qkv.zeros([2], { dtype })).toEqualTypeOf<NdArray<core.FloatArray>>();
  const options = { kvHeads: 1, headSize: 2, capacity: 4, dtype };
  const cache = core.createKvCache(options);
  expectTypeOf(cache).toEqualTypeOf<core.KvCache<core.FloatArray>>();
  cache.append(matrix, matrix);
  expect(cache.attention(matrix).dtype).toBe(dtype);
  expectTypeOf(qkv.createKvCache(options)).toEqualTypeOf<qkv.KvCache<core.FloatArray>>();
  // One of two stays a tensor that either function takes.
  expectTypeOf<Either>().toExtend<typeof matrix>();
});

test("a precision that is named, or left out, is that one", () => {
  expectTypeOf(core.zeros([2])).toEqualTypeOf<core.Tensor<Float32Array>>();
  expectTypeOf(core.zeros([2], {})).toEqualTypeOf<core.Tensor<Float32Array>>();
  expectTypeOf(core.zeros([2], { dtype: "float64" })).toEqualTypeOf<core.Tensor<Float64Array>>();
  expectTypeOf(core.tensor([1], { shape: [1] })).toEqualTypeOf<core.Tensor<Float32Array>>();
  expectTypeOf(core.sinusoidal(3, 4, { base: 9 })).toEqualTypeOf<core.Tensor<Float32Array>>();
  const sizes = { kvHeads: 1, headSize: 2, capacity: 4 };
  expectTypeOf(core.createKvCache(sizes)).toEqualTypeOf<core.KvCache<Float32Array>>();
  const double = core.createKvCache({ ...sizes, dtype: "float64" });
  expectTypeOf(double).toEqualTypeOf<core.KvCache<Float64Array>>();
});

test("tensors of either precision fit attention, and two precisions do not", () => {
  const either = qkv.zeros([2, 2]) as NdArray<Float32Array> | NdArray<Float64Array>;
  const output = qkv.attention(either, either, either, { causal: true });
  expectTypeOf(output).toEqualTypeOf<NdArray<core.FloatArray>>();
  expectTypeOf(core.attention(matrix, matrix, matrix)).toExtend<core.Tensor<core.FloatArray>>();
  const { weights } = qkv.attentionWithWeights(either, either, either);
  const { lse } = qkv.attentionWithLse(either, either, either);
  const { scores } = qkv.attentionTrace(either, either, either);
  expect([weights, lse, scores].map((x) => x.shape.length)).toEqual([2, 1, 2]);
  // Where a function has no signature for it, the type is named.
  expectTypeOf(qkv.softmax<core.FloatArray>(either)).toEqualTypeOf<NdArray<core.FloatArray>>();
  const double = core.zeros([2, 2], { dtype: "float64" });
  // @ts-expect-error two precisions in one call
  expect(() => core.attention(double, core.zeros([2, 2]), double)).toThrow(
    "the precision of query",
  );
});

test("toNested has the type of its rank, once that is said or found out", () => {
  const x = core.tensor([[1, 2], [3, 4]]); // prettier-ignore
  expectTypeOf(core.toNested<2>(x)).toEqualTypeOf<number[][]>();
  expectTypeOf(core.toNested<0>(1)).toEqualTypeOf<number>();
  expectTypeOf(core.toNested<1 | 3>(x)).toEqualTypeOf<number[] | number[][][]>();
  expect(core.toNested<2>(x)[1][0]).toBe(3);
  const nested = core.toNested(x);
  expectTypeOf(nested).toEqualTypeOf<core.NestedArray>();
  if (!Array.isArray(nested)) return expect.fail();
  const [, second] = nested;
  if (!Array.isArray(second)) return expect.fail();
  expect(second[0]).toBe(3);
  // What comes out goes in again.
  expect(core.tensor(nested)).toEqual(x);
});

test("tensors of other libraries have types that fit", () => {
  const [data, flags] = [Float32Array.of(1, 2), Uint8Array.of(0)];
  const row = { data, dims: [1, 2] };
  const output = core.attention(
    row,
    row,
    { data, shape: [1, 2] },
    { block: { data: flags, dims: [1] } },
  );
  expectTypeOf(output).toEqualTypeOf<core.Tensor<Float32Array<ArrayBuffer>>>();
  const allow = { data: [true, false], shape: [2] };
  expectTypeOf(core.softmax(row, { allow })).toExtend<core.Tensor<Float32Array>>();
  const positions = { data: BigInt64Array.of(0n), dims: [1] };
  expect(core.rotary(row, { positions }, { pairing: "half" }).shape).toEqual([1, 2]);
});

test("every option may be undefined, under exactOptionalPropertyTypes too", () => {
  /** True if every property that may be left out may also be undefined. */
  type MayBeUndefined<T> = {
    [K in keyof T]-?: object extends Pick<T, K>
      ? undefined extends Required<T>[K]
        ? true
        : K
      : true;
  }[keyof T];
  expectTypeOf<
    | MayBeUndefined<core.AttentionOptions>
    | MayBeUndefined<core.MergeAttentionOptions>
    | MayBeUndefined<core.WindowOption>
    | MayBeUndefined<core.Window>
    | MayBeUndefined<core.AlibiOptions>
    | MayBeUndefined<core.RelativeOptions>
    | MayBeUndefined<core.RelativeBuckets>
    | MayBeUndefined<core.MatmulOptions>
    | MayBeUndefined<core.SoftmaxOptions>
    | MayBeUndefined<core.LogSumExpOptions>
    | MayBeUndefined<core.MultiHeadOptions>
    | MayBeUndefined<core.MultiHeadParams>
    | MayBeUndefined<core.FromTorchOptions>
    | MayBeUndefined<core.RotaryOptions>
    | MayBeUndefined<core.RotaryAngles>
    | MayBeUndefined<core.SinusoidalOptions>
    | MayBeUndefined<core.KvCacheOptions>
    | MayBeUndefined<core.AppendOptions>
    | MayBeUndefined<core.CacheWindow>
    | MayBeUndefined<core.TensorOptions>
    | MayBeUndefined<core.ZerosOptions>
    | MayBeUndefined<core.FormatOptions>
    | MayBeUndefined<ExplainOptions>
    | MayBeUndefined<RolloutOptions>
    | MayBeUndefined<CertificateOptions>
    | MayBeUndefined<CheckOptions>
    | MayBeUndefined<NonNullable<CheckOptions["source"]>>
    | MayBeUndefined<CloseOptions>
    | MayBeUndefined<Supports>
    | MayBeUndefined<Abortable>
    | MayBeUndefined<ThreadedEngineOptions>
  >().toEqualTypeOf<true>();
  // It sees what it is asked for.
  expectTypeOf<MayBeUndefined<{ a?: number }>>().toEqualTypeOf<"a">();
  const [causal, allow] = [undefined, undefined] as [boolean | undefined, core.Mask | undefined];
  const x = core.zeros([2, 2]);
  expect(core.attention(x, x, x, { causal, allow })).toEqual(core.attention(x, x, x));
});
