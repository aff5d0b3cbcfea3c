import type { Section } from "../table.js";

export const foreign: Section = {
  title: "Tensors of other libraries",
  rows: [
    {
      wrote: "attention(Promise.resolve(x), x, x)",
      type: TypeError,
      message:
        "attention(): query: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got a promise. Fix: await it.",
      why: "Data of a GPU, and of a session, comes in a promise.",
    },
    {
      wrote:
        "attention({ data: async () => [], dataSync: () => [], shape: [5, 4], strides: [4] }, x, x)",
      type: TypeError,
      message:
        "attention(): query: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got an object whose data is a function. Fix: tensor(x.dataSync(), { shape: x.shape }).",
      why: "A tensor of TensorFlow.js: `dataSync` reads its numbers.",
    },
    {
      wrote: "attention({ data: async () => [], shape: [5, 4] }, x, x)",
      type: TypeError,
      message:
        "attention(): query: expected a tensor (a view { data, shape, stride, offset } or nested arrays); got an object whose data is a function. Fix: tensor(await x.data(), { shape: x.shape }).",
      why: "An array of jax-js, or another library that reads its numbers later.",
    },
    {
      wrote: "attention({ data: new Float32Array(20), dims: [5, 3] }, x, x)",
      type: RangeError,
      message:
        "attention(): query: expected as many elements as its shape [5, 3] says, 15; got Float32Array of 20. Fix: a strided view has its stride and offset too: { data, shape, stride, offset }.",
      why: "Without strides a tensor is row-major and has no gaps.",
    },
    {
      wrote: "attention({ data: new Float32Array(60), shape: [5, 4], offset: 4 }, x, x)",
      type: RangeError,
      message:
        "attention(): query: expected as many elements as its shape [5, 4] says, 20; got Float32Array of 60. Fix: a strided view has its stride and offset too: { data, shape, stride, offset }.",
      why: "A view that has lost its stride would be read wrong.",
    },
    {
      wrote: "attention(JSON.parse(JSON.stringify(x)), x, x)",
      type: TypeError,
      message:
        "attention(): query.data: expected a typed array; got an object, as JSON has one. Fix: write toNested(x) to JSON; a file that is there reads as { ...x, data: Float32Array.from(Object.values(x.data)) }.",
      why: "JSON has no typed arrays.",
    },
    {
      wrote: "attention({ data: new Float32Array(20), shape: [5, 4], strides: [16, 4] }, x, x)",
      type: TypeError,
      message:
        "attention(): query.stride: expected the step of each axis; got `strides`. Fix: write stride: in elements, where NumPy counts bytes.",
      why: "Strides of NumPy count bytes; whose these are is not guessed.",
    },
    {
      wrote: 'attention({ data: new Uint8Array(80), shape: [5, 4], dtype: "F32" }, x, x)',
      type: RangeError,
      message:
        "attention(): query: expected as many elements as its shape [5, 4] says, 20; got Uint8Array of 80. Fix: if it holds the bytes of float32: new Float32Array(Uint8Array.from(data).buffer).",
      why: "The bytes of a safetensors file.",
    },
    {
      wrote: 'attention({ data: new Uint8Array(40), shape: [5, 4], dtype: "BF16" }, x, x)',
      type: RangeError,
      message:
        "attention(): query: expected as many elements as its shape [5, 4] says, 20; got Uint8Array of 40. Fix: if it holds the bytes of float16: fromFloat16(new Uint16Array(Uint8Array.from(data).buffer)); fromBfloat16 for bfloat16.",
      why: "The same with two bytes for each number.",
    },
    {
      wrote: "tensor(new Uint8Array(80), { shape: [5, 4] })",
      type: RangeError,
      message:
        "tensor(): options.shape: expected a shape of 80 elements, as many as the data has; got [5, 4], 20 elements. Fix: if it holds the bytes of float32: new Float32Array(Uint8Array.from(data).buffer).",
      why: "Bytes are no booleans.",
    },
    {
      wrote: "attention({ data: new Uint16Array(20), dims: [5, 4] }, x, x)",
      type: TypeError,
      message:
        "attention(): query.data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got a bare Uint16Array. Fix: tensor(fromFloat16(data), { shape: [...] }); fromBfloat16 for bfloat16, Float32Array.from for integers.",
      why: "A tensor of float16 bits: read as integers, 1 would be 15360.",
    },
    {
      wrote: "tensor(Uint16Array.of(0x3c00))",
      type: TypeError,
      message:
        "tensor(): data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got a bare Uint16Array. Fix: fromFloat16(data); fromBfloat16 for bfloat16, Float32Array.from for integers.",
      why: "Whether these are float16, bfloat16 or integers is not guessed.",
    },
    {
      wrote:
        'fromTorchMultiheadAttention({ ...state, "out_proj.weight": { data: new Uint16Array(16), dims: [4, 4] } }, { heads: 2 })',
      type: TypeError,
      message:
        'fromTorchMultiheadAttention(): state["out_proj.weight"].data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got a bare Uint16Array. Fix: tensor(fromFloat16(data), { shape: [...] }); fromBfloat16 for bfloat16, Float32Array.from for integers.',
      why: "The same in a state.",
    },
    {
      wrote: "tensor(BigInt64Array.of(1n, 2n))",
      type: TypeError,
      message:
        "tensor(): data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got a bare BigInt64Array. Fix: Float32Array.from(data, Number).",
      why: "Bigints are not converted.",
    },
    {
      wrote: "tensor(new ArrayBuffer(16))",
      type: TypeError,
      message:
        "tensor(): data: expected a Float32Array, Float64Array or (booleans) Uint8Array; got an object (ArrayBuffer). Fix: new Float32Array(data).",
      why: "Memory does not say what is in it.",
    },
    {
      wrote: "tensor(x)",
      type: TypeError,
      message:
        "tensor(): data: expected data without a shape; got a tensor, Float32Array [5, 4]. Fix: every function takes it as it is.",
      why: "`tensor` gives data a shape; a view has one.",
    },
    {
      wrote: "tensor(Promise.resolve(new Float32Array(4)))",
      type: TypeError,
      message:
        "tensor(): data: expected a Float32Array, Float64Array, Uint8Array or nested numbers or booleans; got a promise. Fix: await it.",
      why: "A promise has no numbers yet.",
    },
    {
      wrote: "attention(x, x, x, { allow: new Uint8Array(25) })",
      type: TypeError,
      message:
        "attention(): options.allow: expected booleans or a rule from `masks`; got a bare Uint8Array. Fix: give it a shape: tensor(data, { shape: [...] }).",
      why: "A bare typed array has no shape.",
    },
    {
      wrote: "attention(x, x, x, { allow: new Int32Array(25) })",
      type: TypeError,
      message:
        "attention(): options.allow: expected booleans or a rule from `masks`; got a bare Int32Array. Fix: if it holds 1 for true and 0 for false: tensor(Uint8Array.from(data, Number), { shape: [...] }).",
      why: "Nor do integers have one meaning as a mask.",
    },
    {
      wrote: "attention(x, x, x, { block: { data: new BigInt64Array(5), dims: [5] } })",
      type: TypeError,
      message:
        "attention(): options.block: expected booleans; got integers, BigInt64Array [5]. Fix: if it holds 1 for true and 0 for false: tensor(Uint8Array.from(data, Number), { shape: [...] }).",
      why: "An attention mask of onnxruntime: which way round it is, `allow` or `block` says.",
    },
    {
      wrote: "attention(x, x, x, { allow: { data: [1, 0, 1, 0, 1], shape: [5] } })",
      type: TypeError,
      message:
        "attention(): options.allow.data[0]: expected a boolean; got 1. Fix: write true and false; numbers that are added to the scores go into `bias`.",
      why: "Numbers have no polarity.",
    },
    {
      wrote: "attention(x, x, x, { out: { data: Array.from(x.data), shape: [5, 4] } })",
      type: TypeError,
      message:
        "attention(): options.out: expected a Float32Array or Float64Array to write to; got a plain array.",
      why: "A plain array is copied where it is read, and nothing can be written to it.",
    },
    {
      wrote:
        'rotary(x, { positions: BigInt64Array.of(0n, 1n, 2n, 3n, 2n ** 60n) }, { pairing: "half" })',
      type: RangeError,
      message:
        "rotary(): angles.positions.data[4]: expected an integer from -(2^53 - 1) to 2^53 - 1; got 1152921504606846976n.",
      why: "Any integers are positions, as long as they are exact.",
    },
    {
      wrote: "attention(q, k, v, { keyLengths: BigInt64Array.of(7n, 5n) })",
      type: TypeError,
      message:
        "attention(): options.keyLengths: expected a non-negative integer; got 7n. Fix: Array.from(lengths, Number).",
      why: "Lengths are plain numbers.",
    },
    {
      wrote: "fromFloat16([0x3c00])",
      type: TypeError,
      message:
        "fromFloat16(): bits: expected a Uint16Array; got [15360]. Fix: Uint16Array.from(bits).",
      why: "Numbers are not taken for bits.",
    },
    {
      wrote: "fromFloat16({ data: new Uint16Array(4), dims: [2, 2] })",
      type: TypeError,
      message:
        "fromFloat16(): bits: expected a Uint16Array; got Uint16Array [2, 2]. Fix: fromFloat16(x.data).",
      why: "The result has no shape: tensor(fromFloat16(x.data), { shape: x.dims }).",
    },
    {
      wrote: "fromBfloat16(new Uint8Array(8))",
      type: TypeError,
      message:
        "fromBfloat16(): bits: expected a Uint16Array; got a bare Uint8Array. Fix: new Uint16Array(Uint8Array.from(bits).buffer).",
      why: "Two bytes make one number.",
    },
    {
      wrote: "fromBfloat16(new Float32Array(4))",
      type: TypeError,
      message: "fromBfloat16(): bits: expected a Uint16Array; got a bare Float32Array.",
      why: "These are numbers already.",
    },
    {
      wrote: "readResult({ data: new Uint16Array(4), dims: [2, 2] })",
      type: TypeError,
      message:
        "readResult(): the result.data: expected numbers; got a Uint16Array, which may hold the bits of float16. Fix: tensor(fromFloat16(data), { shape: [...] }); fromBfloat16 for bfloat16, Float32Array.from for integers.",
      why: "What an attention function returned may be in float16 too.",
    },
  ],
};
