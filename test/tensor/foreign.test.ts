import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { attention, fromFloat16, multiHeadAttention, rotary, softmax, tensor, toNested, zeros, type Positions } from "../../src/core.js"; // prettier-ignore
import { readNumbers } from "../../src/tensor/index.js";

// What has one reading is taken as it is. What has none or two is refused: test/errors has the messages.

const numbers = Float32Array.of(1, 2, 3, 4, 5, 6);
const plain = tensor(numbers, { shape: [3, 2] });

/** As onnxruntime and transformers.js hold a tensor: with `dims`, without strides, and much else. */
class OtherTensor<D> {
  readonly type = "float32";
  readonly location = "cpu";
  constructor(
    readonly data: D,
    readonly dims: readonly number[],
  ) {}
  stride(): number[] {
    throw new Error("is not needed");
  }
  get size(): number {
    return this.dims.reduce((product, n) => product * n, 1);
  }
}

describe("tensors without strides are row-major", () => {
  test.each([
    ["{ data, shape }", { data: numbers, shape: [3, 2] }],
    ["{ data, dims }", { data: numbers, dims: [3, 2] }],
    ["dims of integers", { data: numbers, dims: Int32Array.of(3, 2) as never }],
    ["one of another library", new OtherTensor(numbers, [3, 2])],
    ["strides without an offset", { data: numbers, shape: [3, 2], stride: [2, 1] }],
    ["a plain list", { data: [...numbers], dims: [3, 2] }],
    ["an NdArray over a plain list", ndarray([...numbers], [3, 2])],
    ["the same, transposed twice", ndarray([1, 3, 5, 2, 4, 6], [2, 3]).transpose(1, 0)],
  ])("%s", (_, view) => {
    expect(toNested(view)).toEqual([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    const output = attention(view, plain, plain);
    expect(output.data).toEqual(attention(plain, plain, plain).data);
  });

  test("typed data keeps its memory, as `out` too", () => {
    const out = new Float32Array(6);
    const result = attention(plain, plain, plain, { out: { data: out, dims: [3, 2] } });
    expect(result.data).toBe(out);
    expect(out).toEqual(attention(plain, plain, plain).data);
  });

  test("plain lists take the precision of the call", () => {
    const list = { data: [0.1, 0.2], shape: [1, 2] };
    expect(softmax(list).dtype).toBe("float32");
    const double = tensor([[1, 2]], { dtype: "float64" });
    expect(attention(list, double, double).dtype).toBe("float64");
    expect(() => attention({ data: [1e39, 0], dims: [1, 2] }, plain, plain)).toThrow(
      /^attention\(\): query\.data\[0\]: expected a number of float32/,
    );
  });
});

describe("masks", () => {
  const allow = [[true, false, true], [true, true, false], [false, false, true]]; // prettier-ignore
  const expected = attention(plain, plain, plain, { allow }).data;
  const flat = allow.flat();
  test.each([
    ["a bool tensor of another library", new OtherTensor(Uint8Array.from(flat, Number), [3, 3])],
    ["a list of booleans", { data: flat, shape: [3, 3] }],
    ["an NdArray of booleans", ndarray(flat, [3, 3])],
    ["one of a view of it", ndarray([false, ...flat], [3, 3], [3, 1], 1)],
  ])("%s", (_, mask) => {
    expect(attention(plain, plain, plain, { allow: mask }).data).toEqual(expected);
    expect(toNested(mask)).toEqual(allow.map((row) => row.map(Number)));
  });
});

describe("positions are any integers", () => {
  const x = zeros([2, 1, 3, 4]);
  x.data.forEach((_, i) => (x.data[i] = i));
  const one = rotary(x, { positions: [5, 7, 11] }, { pairing: "half" }).data;
  const each = rotary(x, { positions: [[5, 7, 11], [0, 1, 2]] }, { pairing: "half" }).data; // prettier-ignore
  test.each([
    ["Int32Array", Int32Array.of(5, 7, 11)],
    ["BigInt64Array", BigInt64Array.of(5n, 7n, 11n)],
    ["Uint16Array", Uint16Array.of(5, 7, 11)],
    ["Uint8Array", Uint8Array.of(5, 7, 11)],
    ["Float32Array", Float32Array.of(5, 7, 11)],
    ["Float64Array", Float64Array.of(5, 7, 11)],
    ["a tensor of int64", new OtherTensor(BigInt64Array.of(5n, 7n, 11n), [3])],
  ])("%s", (_, positions) => {
    expect(rotary(x, { positions }, { pairing: "half" }).data).toEqual(one);
  });

  test("of each batch entry", () => {
    const positions = new OtherTensor(BigInt64Array.of(5n, 7n, 11n, 0n, 1n, 2n), [2, 3]);
    const turned = rotary(x, { positions }, { pairing: "half" });
    expect(turned.data).toEqual(each);
  });

  test("as rows of tables", () => {
    const [cos, sin] = [zeros([9, 2]), zeros([9, 2])];
    cos.data.forEach((_, i) => (cos.data[i] = i));
    const turn = (positions: Positions): Float32Array =>
      rotary(x, { cos, sin, positions }, { pairing: "half" }).data;
    expect(turn(BigUint64Array.of(8n, 0n, 3n))).toEqual(turn([8, 0, 3]));
  });
});

test("weights of float16 in a layer", () => {
  const bits = Uint16Array.of(0x3c00, 0, 0, 0x3c00); // the identity
  const identity = tensor(fromFloat16(bits), { shape: [2, 2] });
  const params = { heads: 1, queryWeight: identity, keyWeight: identity, valueWeight: identity };
  const { output } = multiHeadAttention(plain, plain, plain, { ...params, outWeight: identity });
  expect(output.data).toEqual(attention(plain, plain, plain).data);
});

test("bigints are read as far as they are exact", () => {
  const most = 2n ** 53n - 1n;
  const read = (n: bigint): number =>
    readNumbers({ data: BigInt64Array.of(n), dims: [1] }, "f", "x").data[0];
  expect(read(most)).toBe(Number.MAX_SAFE_INTEGER);
  expect(read(-most)).toBe(-Number.MAX_SAFE_INTEGER);
  expect(() => read(most + 1n)).toThrow(
    "f(): x.data[0]: expected an integer from -(2^53 - 1) to 2^53 - 1",
  );
});
