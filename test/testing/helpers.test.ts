import { describe, expect, it } from "vitest";
import { tensor } from "../../src/core.js";
import { expectClose, maxUlp, readResult, rowSums } from "../../src/testing/index.js";

const transposed = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2], stride: [1, 2], offset: 0 };

describe("expectClose", () => {
  it("passes within rel, abs and bound, each on its own", () => {
    expectClose([1, 2], [1, 2]);
    expectClose([1.01], [1], { abs: 0.02 });
    expectClose([101], [100], { rel: 0.02 });
    expectClose([[1.5, 2]], [[1, 2]], { bound: [[0.5, 0]] });
    expectClose([NaN, Infinity, -0], [NaN, Infinity, 0]);
    expectClose(
      [
        [1, 3],
        [2, 4],
      ],
      transposed,
    );
    expectClose(tensor([0.1]), tensor([0.1], { dtype: "float64" }), { rel: 2 ** -24 });
    expectClose([[]], [[]]);
    expectClose(3, 3);
  });

  it("names the element that is farthest beyond its bound, and how many are", () => {
    expect(() =>
      expectClose(
        [
          [1, 2.5],
          [3, 9],
        ],
        [
          [1, 2],
          [3, 4],
        ],
        { abs: 0.25 },
      ),
    ).toThrow("element [1][1] is 9, expected 4 ± 0.25 (2 of 4 elements are too far off)");
    expect(() => expectClose([1.01], [1])).toThrow("element [0] is 1.01, expected 1 ± 0");
    expect(() => expectClose(1, 2)).toThrow("element 0 is 1, expected 2 ± 0");
  });

  it("NaN and infinities never pass for a number", () => {
    const pairs = [
      [NaN, 1],
      [1, NaN],
      [Infinity, 1],
      [1, Infinity],
      [Infinity, -Infinity],
      [NaN, Infinity],
    ];
    for (const [got, expected] of pairs) {
      expect(() => expectClose([got], [expected], { abs: 1e300, rel: 1 })).toThrow(/element \[0\]/);
    }
    // A bound of Infinity certifies nothing about a number, and lets every number pass.
    expectClose([5], [1], { bound: [Infinity] });
    expect(() => expectClose([NaN], [1], { bound: [Infinity] })).toThrow();
  });
});

describe("maxUlp", () => {
  const next = (x: number): number => {
    const bits = new Uint32Array(Float32Array.of(x).buffer);
    bits[0]++;
    return new Float32Array(bits.buffer)[0];
  };
  it("counts the numbers between, in the precision of what came", () => {
    for (const x of [1, 1.5, 2, 0.1, 1e-40, 3e38, 1e-45]) {
      expect(maxUlp([next(x)], [x])).toBe(1);
      expect(maxUlp([next(next(x))], [x])).toBe(2);
      expect(maxUlp([x], [x])).toBe(0);
    }
    expect(maxUlp([0], [1e-45])).toBe(1);
    const wide = (x: number) => tensor([x], { dtype: "float64" });
    expect(maxUlp(wide(1 + 2 ** -52), wide(1))).toBe(1);
    expect(maxUlp(wide(5e-324), wide(0))).toBe(1);
  });

  it("is fractional against more precision", () => {
    const exact = tensor([1 / 3, 0.1], { dtype: "float64" });
    expect(maxUlp([1 / 3, 0.1], exact)).toBeLessThanOrEqual(0.5);
    expect(maxUlp([1 / 3, 0.1], exact)).toBeGreaterThan(0.1);
  });

  it("is Infinity where only one is NaN or infinite", () => {
    expect(maxUlp([NaN, 1], [NaN, 1])).toBe(0);
    expect(maxUlp([Infinity], [Infinity])).toBe(0);
    for (const [x, y] of [
      [NaN, 1],
      [1, NaN],
      [Infinity, 1],
      [1, -Infinity],
    ]) {
      expect(maxUlp([x, 1], [y, 1])).toBe(Infinity);
      expect(maxUlp([x, 1], [y, 2])).toBe(Infinity);
    }
  });
});

describe("rowSums", () => {
  it("sums the last axis of any shape", () => {
    expect(
      rowSums([
        [1, 2],
        [3, 4],
      ]),
    ).toMatchObject({ shape: [2], data: Float64Array.of(3, 7) });
    expect(rowSums(transposed).data).toEqual(Float64Array.of(4, 6));
    expect(rowSums([1, 2, 3])).toMatchObject({ shape: [], data: Float64Array.of(6) });
    expect(rowSums([[[1], [2]]]).shape).toEqual([1, 2]);
    expect(rowSums([[], []]).data).toEqual(Float64Array.of(0, 0));
  });

  it("loses nothing where a plain sum would", () => {
    const x = tensor([1, 1e100, 1, -1e100], { dtype: "float64" });
    expect(rowSums(x).data[0]).toBe(2);
    expect(
      rowSums([
        [1, NaN],
        [1, Infinity],
      ]).data,
    ).toEqual(Float64Array.of(NaN, Infinity));
  });
});

describe("readResult", () => {
  const floats = Float32Array.of(1, 2);
  it("reads what libraries return", () => {
    for (const result of [
      { data: floats, dims: [1, 2] },
      { data: floats, shape: [1, 2] },
      { data: [1, 2], dims: [1, 2] },
      { data: floats, shape: [1, 2], stride: [2, 1], offset: 0, dtype: "float32" },
      { data: Float32Array.of(0, 2, 1), shape: [1, 2], stride: [1, -1], offset: 2 },
      { data: floats, dims: Int32Array.of(1, 2) },
      [[1, 2]],
    ]) {
      const { output, weights, lse } = readResult(result);
      expect([...output.data]).toEqual([1, 2]);
      expect([output.shape, output.stride, output.offset]).toEqual([[1, 2], [2, 1], 0]);
      expect([weights, lse]).toEqual([undefined, undefined]);
    }
    const { output, weights, lse } = readResult({
      output: 1,
      weights: [1],
      lse: { data: [0], dims: [] },
    });
    expect([output, weights, lse].map((tensor) => tensor!.shape)).toEqual([[], [1], []]);
  });

  it("copies", () => {
    const { output } = readResult({ data: floats, dims: [2] });
    output.data[0] = 7;
    expect(floats[0]).toBe(1);
  });

  it("keeps float32 and float64, others become float64", () => {
    expect(readResult({ data: floats, dims: [2] }).output.dtype).toBe("float32");
    expect(readResult({ data: Float64Array.of(1), dims: [1] }).output.dtype).toBe("float64");
    expect(readResult({ data: Int8Array.of(1), dims: [1] }).output.dtype).toBe("float64");
    expect(readResult([0.1]).output.data[0]).toBe(0.1);
  });
});
