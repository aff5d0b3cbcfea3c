import { describe, expect, expectTypeOf, test } from "vitest";
import {
  allocate,
  commonDType,
  dtypeOf,
  readBooleans,
  readTensor,
  tensor,
  toNested,
  type FloatArray,
  type Tensor,
} from "../../src/tensor/index.js";
import { viewsOf } from "./views.js";

const read = (x: unknown, dtype?: "float32" | "float64"): Tensor<FloatArray> =>
  readTensor(x, "f", "x", dtype);
const bits = (x: unknown): Tensor<Uint8Array> => readBooleans(x, "f", "x");

describe("numbers", () => {
  test("nested numbers are copied in the precision that is asked for", () => {
    expect(read([[1, 2, 3]])).toEqual({
      data: Float32Array.of(1, 2, 3),
      shape: [1, 3],
      stride: [3, 1],
      offset: 0,
      dtype: "float32",
    });
    expect(read([0.1], "float64").data).toEqual(Float64Array.of(0.1));
    expect(read(7)).toMatchObject({ data: Float32Array.of(7), shape: [] });
    expect(read([]).shape).toEqual([0]);
    expect(read([[], []]).shape).toEqual([2, 0]);
  });

  test("a view keeps its memory", () => {
    const views = viewsOf(
      Float64Array.from({ length: 105 }, (_, i) => i),
      [3, 5, 7],
    );
    for (const view of Object.values(views)) {
      const tensor = read(view);
      expect(tensor.data).toBe(view.data);
      expect(tensor.dtype).toBe("float64");
      expect(toNested(tensor)).toEqual(toNested(views.contiguous));
    }
  });

  test("an empty view may lie anywhere", () => {
    const data = new Float32Array(0);
    expect(read({ data, shape: [0, 3], stride: [9, 9], offset: 0 }).shape).toEqual([0, 3]);
  });

  test("the type of the data is kept", () => {
    const view = { data: new Float64Array(1), shape: [1], stride: [1], offset: 0 };
    expectTypeOf(readTensor<Float64Array>(view, "f", "x")).toEqualTypeOf<Tensor<Float64Array>>();
  });
});

describe("booleans", () => {
  test("nested booleans become zeros and ones", () => {
    expect(bits([[true, false]])).toMatchObject({
      data: Uint8Array.of(1, 0),
      shape: [1, 2],
      dtype: "bool",
    });
    expect(bits(true).shape).toEqual([]);
  });

  test("every element of a view is looked at, and only those", () => {
    const data = Uint8Array.of(9, 1, 9, 0);
    expect(bits({ data, shape: [2], stride: [2], offset: 1 }).data).toBe(data);
    expect(bits({ data, shape: [1000, 2], stride: [0, 2], offset: 1 }).shape).toEqual([1000, 2]);
    expect(bits({ data, shape: [], stride: [], offset: 1 }).shape).toEqual([]);
    expect(() => bits({ data, shape: [3], stride: [1], offset: 1 })).toThrow(
      new TypeError(
        "f(): x: expected zeros and ones; got the value 9. " +
          "Fix: write what is true as 1, the rest as 0.",
      ),
    );
  });
});

describe("what is refused", () => {
  const data = new Float32Array(6);
  const deep: unknown[] = [];
  deep.push(deep);
  const holes: unknown[] = [];
  holes[1] = 3;
  const cases: [string, unknown, Error][] = [
    [
      "nothing",
      undefined,
      new TypeError(
        "f(): x: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got undefined.",
      ),
    ],
    [
      "a bare typed array",
      data,
      new TypeError(
        "f(): x: expected a tensor (a view { data, shape, stride, offset } or nested arrays); " +
          "got a bare Float32Array. Fix: give it a shape: tensor(data, { shape: [...] }).",
      ),
    ],
    [
      "no data",
      {},
      new TypeError(
        "f(): x: expected a tensor (a view { data, shape, stride, offset } or nested arrays); " +
          "got an object (Object) without data.",
      ),
    ],
    [
      "integers",
      { data: new Int32Array(6), shape: [6], stride: [1], offset: 0 },
      new TypeError(
        "f(): x.data: expected a Float32Array, Float64Array or (booleans) Uint8Array; " +
          "got a bare Int32Array. Fix: tensor(Float32Array.from(data), { shape: [...] }).",
      ),
    ],
    [
      "booleans",
      { data: new Uint8Array(6), shape: [6], stride: [1], offset: 0 },
      new TypeError(
        "f(): x: expected numbers; " +
          "got booleans, Uint8Array [6]. Fix: booleans belong in `allow` or `block`.",
      ),
    ],
    [
      "a shape that is none",
      { data, shape: [2, -3], stride: [3, 1], offset: 0 },
      new TypeError("f(): x.shape: expected an array of non-negative integers; got [2, -3]."),
    ],
    [
      "another number of elements than the shape has",
      { data, shape: [2, 2] },
      new RangeError(
        "f(): x: expected as many elements as its shape [2, 2] says, 4; got Float32Array of 6. " +
          "Fix: a strided view has its stride and offset too: { data, shape, stride, offset }.",
      ),
    ],
    [
      "a part of larger data that has lost its stride",
      { data, shape: [2, 2], offset: 1 },
      new RangeError(
        "f(): x: expected as many elements as its shape [2, 2] says, 4; got Float32Array of 6. " +
          "Fix: a strided view has its stride and offset too: { data, shape, stride, offset }.",
      ),
    ],
    [
      "nested numbers with a shape",
      { data: [[1, 2], [3, 4]], shape: [2, 2] }, // prettier-ignore
      new RangeError(
        "f(): x: expected as many elements as its shape [2, 2] says, 4; got Array of 2. " +
          "Fix: nested numbers are a tensor without a shape: write data alone.",
      ),
    ],
    [
      "data without a shape",
      { data },
      new TypeError(
        "f(): x.shape: expected an array of non-negative integers; got undefined. " +
          "Fix: give it a shape: tensor(data, { shape: [...] }).",
      ),
    ],
    [
      "what JSON makes of float64 data",
      JSON.parse(JSON.stringify({ data: Float64Array.of(1), dtype: "float64", shape: [1] })),
      new TypeError(
        "f(): x.data: expected a typed array; got an object, as JSON has one. Fix: write toNested(x) to JSON; " +
          "a file that is there reads as { ...x, data: Float64Array.from(Object.values(x.data)) }.",
      ),
    ],
    [
      "tensors in an array",
      [{ data, shape: [6] }],
      new TypeError(
        "f(): x[0]: expected a number; got Float32Array [6]. " +
          "Fix: write toNested(x) for a tensor x inside of an array.",
      ),
    ],
    [
      "strides under another name",
      { data, shape: [2, 3], strides: [3, 1] },
      new TypeError(
        "f(): x.stride: expected the step of each axis; got `strides`. " +
          "Fix: write stride: in elements, where NumPy counts bytes.",
      ),
    ],
    [
      "half a stride",
      { data, shape: [2, 3], stride: [3, 0.5], offset: 0 },
      new TypeError(
        "f(): x.stride: expected one integer for each axis of [2, 3]; got [3, 0.5]. " +
          "Fix: row-major data needs none: tensor(data, { shape }).",
      ),
    ],
    [
      "a stride of null",
      { data, shape: [2, 3], stride: null },
      new TypeError(
        "f(): x.stride: expected one integer for each axis of [2, 3]; got null. " +
          "Fix: row-major data needs none: tensor(data, { shape }).",
      ),
    ],
    [
      "an offset that is none",
      { data, shape: [2, 3], stride: [3, 1], offset: "0" },
      new TypeError('f(): x.offset: expected a non-negative integer; got "0".'),
    ],
    [
      "a promise",
      Promise.resolve(),
      new TypeError(
        "f(): x: expected a tensor (a view { data, shape, stride, offset } or nested arrays); " +
          "got a promise. Fix: await it.",
      ),
    ],
    [
      "lists of lists as data",
      { data: [[1, 2, 3], [4, 5, 6]], shape: [2, 3], stride: [3, 1], offset: 0 }, // prettier-ignore
      new RangeError(
        "f(): x: expected a view inside its data of 2 elements; " +
          "got shape [2, 3], stride [3, 1], offset 0, which reaches elements 0 to 5.",
      ),
    ],
    [
      "reach past the end",
      { data, shape: [2, 3], stride: [3, 1], offset: 1 },
      new RangeError(
        "f(): x: expected a view inside its data of 6 elements; " +
          "got shape [2, 3], stride [3, 1], offset 1, which reaches elements 1 to 6.",
      ),
    ],
    [
      "reach before the start",
      { data, shape: [2], stride: [-1], offset: 0 },
      new RangeError(
        "f(): x: expected a view inside its data of 6 elements; " +
          "got shape [2], stride [-1], offset 0, which reaches elements -1 to 0.",
      ),
    ],
    [
      "more than any array holds",
      { data, shape: [2 ** 40, 0], stride: [0, 0], offset: 0 },
      new RangeError(
        "f(): x: expected a shape of at most 8589934592 elements; got [1099511627776, 0].",
      ),
    ],
    [
      "a short row",
      [[1, 2, 3], [4]],
      new RangeError(
        "f(): x[1]: expected an array of length 3, as the first rows have (shape [2, 3]); got [4]. " +
          "Fix: nested arrays must not be ragged.",
      ),
    ],
    [
      "a number among rows",
      [[1], 2],
      new RangeError(
        "f(): x[1]: expected an array of length 1, as the first rows have (shape [2, 1]); got 2. " +
          "Fix: nested arrays must not be ragged.",
      ),
    ],
    [
      "a row among numbers",
      [1, [2]],
      new RangeError(
        "f(): x[1]: expected a number, as the first rows have (shape [2]); " +
          "got [2]. Fix: nested arrays must not be ragged.",
      ),
    ],
    ["text", [["1"]], new TypeError('f(): x[0][0]: expected a number; got "1".')],
    ["a hole", holes, new TypeError("f(): x[0]: expected a number; got undefined.")],
    [
      "typed rows",
      [data],
      new TypeError(
        "f(): x[0]: expected a number; got a bare Float32Array. Fix: put all numbers into one typed array " +
          "and give it a shape: tensor(data, { shape: [...] }).",
      ),
    ],
    [
      "a mask",
      [[true]],
      new TypeError(
        "f(): x[0][0]: expected a number; got true. Fix: booleans belong in `allow` or `block`.",
      ),
    ],
    [
      "an array in itself",
      deep,
      new RangeError("f(): x: expected arrays nested at most 32 deep; got deeper nesting."),
    ],
  ];
  test.each(cases)("%s", (_, x, error) => {
    expect(() => read(x)).toThrow(error);
  });

  test("numbers as booleans", () => {
    expect(() => bits([[1]])).toThrow(
      new TypeError(
        "f(): x[0][0]: expected a boolean; got 1. Fix: " +
          "write true and false; numbers that are added to the scores go into `bias`.",
      ),
    );
    expect(() => bits({ data, shape: [6], stride: [1], offset: 0 })).toThrow(
      new TypeError(
        "f(): x: expected booleans; " +
          "got numbers, Float32Array [6]. Fix: write true and false, or a Uint8Array view of 1 and 0; numbers that are added to the scores go into `bias`.",
      ),
    );
  });
});

test("the inputs of a call agree on a precision", () => {
  const single = tensor(new Float32Array(1));
  const double = tensor(new Float64Array(1));
  const mask = tensor([true]);
  expect([single, double, mask, [1], null].map(dtypeOf)).toEqual([
    "float32",
    "float64",
    "bool",
    undefined,
    undefined,
  ]);
  expect(commonDType("f", {})).toBe("float32");
  expect(commonDType("f", { a: [1], b: double, c: mask, d: double })).toBe("float64");
  expect(() => commonDType("f", { a: [1], b: single, c: double })).toThrow(
    new TypeError(
      "f(): c: expected float32, the precision of b; got float64 (Float64Array [1]). " +
        "Fix: convert one of them, for instance Float32Array.from(data).",
    ),
  );
  expect(() => commonDType("f", { a: double, b: single })).toThrow("Float64Array.from(data)");
});

test("a result that cannot be allocated is a RangeError with its shape", () => {
  expect(allocate("f", "x", [2, 3], "float64")).toEqual(new Float64Array(6));
  expect(() => allocate("f", "x", [1e9, 1e9], "float32")).toThrow(
    new RangeError(
      "f(): x: expected a result that fits in memory; got float32 [1000000000, 1000000000], 1000000000000000000 elements.",
    ),
  );
});
