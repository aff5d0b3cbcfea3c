import { expect, expectTypeOf, test } from "vitest";
import { tensor, toNested, zeros, type Tensor } from "../../src/tensor/index.js";
import { viewsOf } from "./views.js";

test("typed arrays are wrapped", () => {
  const data = new Float32Array(15);
  const wrapped = tensor(data, { shape: [3, 5] });
  expectTypeOf(wrapped).toEqualTypeOf<Tensor<Float32Array<ArrayBuffer>>>();
  expect(wrapped.data).toBe(data);
  expect(wrapped).toMatchObject({ shape: [3, 5], stride: [5, 1], offset: 0, dtype: "float32" });
  expect(tensor(new Float64Array(7)).shape).toEqual([7]);
  expect(tensor(Uint8Array.of(0, 1)).dtype).toBe("bool");
  expect(tensor(new Float64Array(1), { dtype: "float64", shape: [] }).shape).toEqual([]);
});

test("the shape is copied", () => {
  const shape = [3, 5];
  const wrapped = tensor(new Float32Array(15), { shape });
  shape[0] = 99;
  expect(wrapped.shape).toEqual([3, 5]);
});

test("nested numbers and booleans are copied", () => {
  expectTypeOf(tensor([[1]])).toEqualTypeOf<Tensor<Float32Array>>();
  expectTypeOf(tensor([1], { dtype: "float64" })).toEqualTypeOf<Tensor<Float64Array>>();
  expectTypeOf(tensor([true])).toEqualTypeOf<Tensor<Uint8Array>>();
  expect(tensor([0.1]).data).toEqual(Float32Array.of(0.1));
  expect(tensor([0.1], { dtype: "float64" }).data).toEqual(Float64Array.of(0.1));
  expect(tensor([[true], [false]])).toMatchObject({ data: Uint8Array.of(1, 0), shape: [2, 1] });
  expect(tensor([], { dtype: "bool" }).data).toEqual(new Uint8Array(0));
  expect(tensor([1, 2, 3, 4], { shape: [2, 2] }).stride).toEqual([2, 1]);
});

test("what does not fit is refused", () => {
  const single = new Float32Array(6);
  for (const [call, error] of [
    [
      () => tensor(single, { shape: [2, 5] }),
      new RangeError(
        "tensor(): options.shape: expected a shape of 6 elements, as many as the data has; got [2, 5], 10 elements.",
      ),
    ],
    [
      () => tensor(single, { shape: "6" as never }),
      new TypeError(
        'tensor(): options.shape: expected an array of non-negative integers; got "6".',
      ),
    ],
    [
      () => tensor(single, { dtype: "float64" }),
      new TypeError(
        'tensor(): options.dtype: expected "float32", the type of the data, which is wrapped and not converted; ' +
          'got "float64". Fix: Float64Array.from(data) converts.',
      ),
    ],
    [
      () => tensor(new Float64Array(1), { dtype: "float32" }),
      new TypeError(
        'tensor(): options.dtype: expected "float64", the type of the data, which is wrapped and not converted; ' +
          'got "float32". Fix: Float32Array.from(data) converts.',
      ),
    ],
    [
      () => tensor(single, { dtype: "bool" }),
      new TypeError(
        'tensor(): options.dtype: expected "float32", the type of the data, which is wrapped and not converted; got "bool".',
      ),
    ],
    [
      () => tensor([1], { dtype: "int8" as never }),
      new TypeError(
        'tensor(): options.dtype: expected "float32", "float64" or "bool"; got "int8".',
      ),
    ],
    [
      () => tensor("1" as never),
      new TypeError(
        'tensor(): data: expected a Float32Array, Float64Array, Uint8Array or nested numbers or booleans; got "1".',
      ),
    ],
    [
      () => tensor(new Int16Array(3) as never),
      new TypeError(
        "tensor(): data: expected a Float32Array, Float64Array or (booleans) Uint8Array; " +
          "got a bare Int16Array. Fix: Float32Array.from(data).",
      ),
    ],
    [
      () => tensor(Uint8Array.of(0, 2)),
      new TypeError(
        "tensor(): data: expected zeros and ones; got the value 2. " +
          "Fix: write what is true as 1, the rest as 0.",
      ),
    ],
    [
      () => zeros([2], { dtype: "bool" as never }),
      new TypeError('zeros(): options.dtype: expected "float32" or "float64"; got "bool".'),
    ],
    [
      () => zeros(6 as never),
      new TypeError("zeros(): shape: expected an array of non-negative integers; got 6."),
    ],
  ] as const) {
    expect(call).toThrow(error);
  }
});

test("zeros are +0 in the precision that is asked for", () => {
  expectTypeOf(zeros([1])).toEqualTypeOf<Tensor<Float32Array>>();
  expectTypeOf(zeros([1], { dtype: "float64" })).toEqualTypeOf<Tensor<Float64Array>>();
  expect(zeros([3, 5])).toMatchObject({ data: new Float32Array(15), stride: [5, 1] });
  expect(zeros([], { dtype: "float64" }).data).toEqual(new Float64Array(1));
  expect(zeros([0, 3]).data.length).toBe(0);
});

test("toNested reads every view alike", () => {
  const numbers = Float32Array.from({ length: 30 }, (_, i) => i);
  const expected = [0, 1, 2].map((i) =>
    [0, 1].map((j) => [0, 1, 2, 3, 4].map((k) => 10 * i + 5 * j + k)),
  );
  for (const view of Object.values(viewsOf(numbers, [3, 2, 5]))) {
    expect(toNested(view)).toEqual(expected);
  }
  expect(toNested(tensor([true, false]))).toEqual([1, 0]);
  expect(toNested(tensor(3))).toBe(3);
  expect(toNested([[1, 2]])).toEqual([[1, 2]]);
  expect(() => toNested(new Float32Array(1) as never)).toThrow("toNested(): x: expected a tensor");
  const data = new Float32Array(1);
  expect(() => toNested({ data, shape: [2 ** 32], stride: [0], offset: 0 })).toThrow(
    new RangeError(
      "toNested(): x: expected axes of at most 4294967295, the longest array; got [4294967296].",
    ),
  );
});
