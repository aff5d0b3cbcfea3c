import type { Section } from "../table.js";

export const tensors: Section = {
  title: "Tensors",
  rows: [
    {
      wrote: "attention()",
      type: TypeError,
      message:
        "attention(): query: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got undefined.",
      why: "The three inputs are required.",
    },
    {
      wrote: "attention(new Float32Array(8), x, x)",
      type: TypeError,
      message:
        "attention(): query: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got a bare Float32Array. Fix: give it a shape: tensor(data, { shape: [...] }).",
      why: "A bare typed array has no shape.",
    },
    {
      wrote: "attention([[1, 2], [3]], x, x)",
      type: RangeError,
      message:
        "attention(): query[1]: expected an array of length 2, as the first rows have (shape [2, 2]); got [3]. Fix: nested arrays must not be ragged.",
      why: "Rows of different lengths are no matrix.",
    },
    {
      wrote: "attention([[1], 2], x, x)",
      type: RangeError,
      message:
        "attention(): query[1]: expected an array of length 1, as the first rows have (shape [2, 1]); got 2. Fix: nested arrays must not be ragged.",
      why: "Every branch is equally deep.",
    },
    {
      wrote: "attention([1, [2]], x, x)",
      type: RangeError,
      message:
        "attention(): query[1]: expected a number, as the first rows have (shape [2]); got [2]. Fix: nested arrays must not be ragged.",
      why: "Every branch is equally deep.",
    },
    {
      wrote: 'attention([["1"]], x, x)',
      type: TypeError,
      message: 'attention(): query[0][0]: expected a number; got "1".',
      why: "Text is not converted.",
    },
    {
      wrote: "attention([[null]], x, x)",
      type: TypeError,
      message: "attention(): query[0][0]: expected a number; got null.",
      why: "A missing number is not 0.",
    },
    {
      wrote: "attention([[1n]], x, x)",
      type: TypeError,
      message: "attention(): query[0][0]: expected a number; got 1n.",
      why: "Bigints are not converted.",
    },
    {
      wrote: "attention([[1e39, 0, 0, 0]], x, x)",
      type: RangeError,
      message:
        'attention(): query[0][0]: expected a number of float32, up to 3.4028235e+38; got 1e+39. Fix: write tensor(numbers, { dtype: "float64" }), and so for the other tensors of the call.',
      why: "It would be Infinity, without a word.",
    },
    {
      wrote: "attention(x, x, x, { bias: -1e300 })",
      type: RangeError,
      message:
        'attention(): options.bias: expected a number of float32, up to 3.4028235e+38; got -1e+300. Fix: write tensor(numbers, { dtype: "float64" }), and so for the other tensors of the call.',
      why: "The same in a bias: write −Infinity for what is blocked.",
    },
    {
      wrote: "tensor([[1], [1e39]])",
      type: RangeError,
      message:
        'tensor(): data[1][0]: expected a number of float32, up to 3.4028235e+38; got 1e+39. Fix: write dtype: "float64".',
      why: "It would be Infinity, without a word.",
    },
    {
      wrote: "attention([new Float32Array(4)], x, x)",
      type: TypeError,
      message:
        "attention(): query[0]: expected a number; got a bare Float32Array. Fix: put all numbers into one typed array and give it a shape: tensor(data, { shape: [...] }).",
      why: "Typed arrays do not nest.",
    },
    {
      wrote: "attention([[true]], x, x)",
      type: TypeError,
      message:
        "attention(): query[0][0]: expected a number; got true. Fix: booleans belong in `allow` or `block`.",
      why: "Booleans are masks.",
    },
    {
      wrote: "attention(tensor([[true]]), x, x)",
      type: TypeError,
      message:
        "attention(): query: expected numbers; got booleans, Uint8Array [1, 1]. Fix: booleans belong in `allow` or `block`.",
      why: "Booleans are masks.",
    },
    {
      wrote: "attention({}, x, x)",
      type: TypeError,
      message:
        "attention(): query: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got an object (Object) without data.",
      why: "A tensor has data and a shape.",
    },
    {
      wrote:
        "attention({ data: new Int32Array(2), shape: [1, 2], stride: [2, 1], offset: 0 }, x, x)",
      type: TypeError,
      message:
        "attention(): query.data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got a bare Int32Array. Fix: tensor(Float32Array.from(data), { shape: [...] }).",
      why: "Integers have no precision to compute in.",
    },
    {
      wrote:
        "attention({ data: new Float32Array(2), shape: [1, 2], stride: [2], offset: 0 }, x, x)",
      type: TypeError,
      message:
        "attention(): query.stride: expected one integer for each axis of [1, 2]; got [2]. Fix: row-major data needs none: tensor(data, { shape }).",
      why: "One stride for each axis.",
    },
    {
      wrote:
        "attention({ data: new Float32Array(2), shape: [1, -2], stride: [2, 1], offset: 0 }, x, x)",
      type: TypeError,
      message: "attention(): query.shape: expected an array of non-negative integers; got [1, -2].",
      why: "Lengths are not negative.",
    },
    {
      wrote:
        "attention({ data: new Float32Array(2), shape: [1, 2], stride: [2, 1], offset: 1 }, x, x)",
      type: RangeError,
      message:
        "attention(): query: expected a view inside its data of 2 elements; got shape [1, 2], stride [2, 1], offset 1, which reaches elements 1 to 2.",
      why: "A view must not reach past the end of its data.",
    },
    {
      wrote:
        "attention({ data: new Float32Array(2), shape: [1, 2], stride: [2, -1], offset: 0 }, x, x)",
      type: RangeError,
      message:
        "attention(): query: expected a view inside its data of 2 elements; got shape [1, 2], stride [2, -1], offset 0, which reaches elements -1 to 0.",
      why: "Nor before the start.",
    },
    {
      wrote: 'attention(x, zeros([5, 4], { dtype: "float64" }), x)',
      type: TypeError,
      message:
        "attention(): key: expected float32, the precision of query; got float64 (Float64Array [5, 4]). Fix: convert one of them, for instance Float32Array.from(data).",
      why: "The inputs of one call share a precision: a silent conversion would hide where digits are lost.",
    },
    {
      wrote: 'tensor("1 2 3")',
      type: TypeError,
      message:
        'tensor(): data: expected a Float32Array, Float64Array, Uint8Array or nested numbers or booleans; got "1 2 3".',
      why: "Text is not parsed.",
    },
    {
      wrote: "tensor([[1, 2], [3]])",
      type: RangeError,
      message:
        "tensor(): data[1]: expected an array of length 2, as the first rows have (shape [2, 2]); got [3]. Fix: nested arrays must not be ragged.",
      why: "Rows of different lengths are no matrix.",
    },
    {
      wrote: "tensor(new Int16Array(6))",
      type: TypeError,
      message:
        "tensor(): data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got a bare Int16Array. Fix: Float32Array.from(data).",
      why: "Integers have no precision to compute in.",
    },
    {
      wrote: "tensor(Uint8Array.of(0, 1, 2))",
      type: TypeError,
      message:
        "tensor(): data: expected zeros and ones; got the value 2. Fix: write what is true as 1, the rest as 0.",
      why: "Uint8Array data is boolean: zeros and ones.",
    },
    {
      wrote: "tensor([1, 2, 3], { shape: [2, 2] })",
      type: RangeError,
      message:
        "tensor(): options.shape: expected a shape of 3 elements, as many as the data has; got [2, 2], 4 elements.",
      why: "The shape has as many elements as the data.",
    },
    {
      wrote: "tensor([1, 2, 3], { shape: 3 })",
      type: TypeError,
      message: "tensor(): options.shape: expected an array of non-negative integers; got 3.",
      why: "A shape is an array, of one axis too.",
    },
    {
      wrote: 'tensor(new Float32Array(3), { dtype: "float64" })',
      type: TypeError,
      message:
        'tensor(): options.dtype: expected "float32", the type of the data, which is wrapped and not converted; got "float64". Fix: Float64Array.from(data) converts.',
      why: "Typed arrays are wrapped, not converted.",
    },
    {
      wrote: 'tensor([1, 2, 3], { dtype: "int8" })',
      type: TypeError,
      message: 'tensor(): options.dtype: expected "float32", "float64" or "bool"; got "int8".',
      why: "There are three element types.",
    },
    {
      wrote: 'tensor([1, 2, 3], { dtype: "bool" })',
      type: TypeError,
      message:
        "tensor(): data[0]: expected a boolean; got 1. Fix: write true and false; numbers that are added to the scores go into `bias`.",
      why: "Which numbers are true is not guessed.",
    },
    {
      wrote: 'tensor([1, 2, 3], { type: "float64" })',
      type: TypeError,
      message: 'tensor(): options.type: expected a known name; got "type". Fix: write `dtype`.',
      why: "A misspelt option would be ignored silently.",
    },
    {
      wrote: "zeros(6)",
      type: TypeError,
      message: "zeros(): shape: expected an array of non-negative integers; got 6.",
      why: "A shape is an array, of one axis too.",
    },
    {
      wrote: "zeros([2, -3])",
      type: TypeError,
      message: "zeros(): shape: expected an array of non-negative integers; got [2, -3].",
      why: "Lengths are not negative.",
    },
    {
      wrote: "zeros([1e9, 1e9])",
      type: RangeError,
      message:
        "zeros(): shape: expected a result that fits in memory; got float32 [1000000000, 1000000000], 1000000000000000000 elements.",
      why: "More than fits in memory.",
    },
    {
      wrote: 'zeros([2], { dtype: "bool" })',
      type: TypeError,
      message: 'zeros(): options.dtype: expected "float32" or "float64"; got "bool".',
      why: "Tensors of booleans are masks: tensor([false, false]).",
    },
    {
      wrote: "toNested(new Float32Array(4))",
      type: TypeError,
      message:
        "toNested(): x: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got a bare Float32Array. Fix: give it a shape: tensor(data, { shape: [...] }).",
      why: "A bare typed array has no shape.",
    },
    {
      wrote: "toNested({ data: new Float32Array(1), shape: [2 ** 32], stride: [0], offset: 0 })",
      type: RangeError,
      message:
        "toNested(): x: expected axes of at most 4294967295, the longest array; got [4294967296].",
      why: "A repeated axis can be longer than any array.",
    },
    {
      wrote: "toNested({ data: new Float32Array(1), shape: [2 ** 40], stride: [0], offset: 0 })",
      type: RangeError,
      message:
        "toNested(): x: expected a shape of at most 8589934592 elements; got [1099511627776].",
      why: "A repeated axis can be longer than anything.",
    },
    {
      wrote: "format([1, 2], { digits: -1 })",
      type: TypeError,
      message: "format(): options.digits: expected an integer from 0 to 20; got -1.",
      why: "Digits after the point.",
    },
    {
      wrote: "format([1, 2], { precision: 2 })",
      type: TypeError,
      message:
        'format(): options.precision: expected a known name; got "precision". Fix: write `digits`.',
      why: "The option is `digits`.",
    },
  ],
};
