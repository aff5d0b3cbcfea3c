import { describe, expect, it } from "vitest";
import { tensor, toNested, type FloatArray, type Tensor } from "../../src/core.js";
import { matmulReference } from "../../src/matmul/reference.js";
import { firstDifferentBits, firstOddNaN } from "../helpers/bits.js";
import { engines, forced } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";

const random = new Random(3);
const kinds = [Float32Array, Float64Array] as const;

function normal<A extends FloatArray>(
  kind: { from(x: ArrayLike<number>): A },
  ...shape: number[]
): Tensor<A> {
  const size = shape.reduce((a, n) => a * n, 1);
  return tensor(kind.from(Array.from({ length: size }, () => random.normal())), { shape });
}

describe.each(engines)("matmul (%s)", (engine) => {
  const { matmul } = forced(engine);

  for (const kind of kinds) {
    const epsilon = kind === Float32Array ? 2 ** -24 : 2 ** -53;
    it(`agrees with the float64 reference in ${kind.name}`, () => {
      for (const [m, k, n] of [
        [1, 1, 1],
        [2, 3, 5],
        [7, 11, 13],
        [5, 64, 4],
        [3, 0, 2],
        [0, 3, 2],
        [17, 200, 9],
      ]) {
        const [a, b] = [
          normal(kind as typeof Float32Array, m, k),
          normal(kind as typeof Float32Array, k, n),
        ];
        const expected = matmulReference(
          { data: a.data, offset: 0, row: k, column: 1 },
          { data: b.data, offset: 0, row: n, column: 1 },
          m,
          k,
          n,
        ).flat();
        const got = matmul(a, b);
        expect(got.shape).toEqual([m, n]);
        // Σ of k products: each of k − 1 additions and k products rounds once.
        const size = (i: number): number =>
          Array.from({ length: k }, (_, l) =>
            Math.abs(a.data[Math.floor(i / n) * k + l] * b.data[l * n + (i % n)]),
          ).reduce((s, x) => s + x, 0);
        expected.forEach((x, i) => {
          expect(!(Math.abs(got.data[i] - x) <= (k + 1) * epsilon * size(i))).toBe(false);
        });
      }
    });
  }

  it("adds k ascending in one accumulator: the order decides the bits", () => {
    const a = tensor(Float32Array.of(1e8, 1, -1e8, 1), { shape: [1, 4] });
    expect(toNested(matmul(a, [[1], [1], [1], [1]]))).toEqual([[1]]);
  });

  it("gives the same bits for transposed and sliced views, rows alone and in a batch", () => {
    const [a, b] = [normal(Float32Array, 3, 5, 7), normal(Float32Array, 3, 7, 11)];
    const whole = matmul(a, b);
    const aT = matmul({ ...a, shape: [3, 7, 5], stride: [35, 1, 7] }, b, { transposeA: true });
    const bT = matmul(a, { ...b, shape: [3, 11, 7], stride: [77, 1, 11] }, { transposeB: true });
    expect(firstDifferentBits(whole.data, aT.data)).toBe(-1);
    expect(firstDifferentBits(whole.data, bT.data)).toBe(-1);
    const row = matmul(
      { ...a, shape: [1, 7], stride: [7, 1], offset: 35 + 14 },
      { ...b, shape: [7, 11], stride: [11, 1], offset: 77 },
    );
    expect([...row.data]).toEqual([...whole.data.slice(55 + 22, 55 + 33)]);
  });

  it("broadcasts batch axes", () => {
    const [a, b] = [normal(Float32Array, 2, 1, 3, 5), normal(Float32Array, 7, 5, 2)];
    const out = matmul(a, b);
    expect(out.shape).toEqual([2, 7, 3, 2]);
    const one = matmul(
      { ...a, shape: [3, 5], stride: [5, 1], offset: 15 },
      { ...b, shape: [5, 2], stride: [2, 1], offset: 40 },
    );
    expect([...out.data.slice((7 + 4) * 6, (7 + 5) * 6)]).toEqual([...one.data]);
    expect(() => matmul(normal(Float32Array, 2, 3, 5), normal(Float32Array, 3, 5, 2))).toThrow(
      "batch axes",
    );
  });

  it("returns canonical NaN", () => {
    const inf = tensor(Float32Array.of(Infinity, -Infinity), { shape: [1, 2] });
    expect(firstOddNaN(matmul(inf, [[1], [1]]).data)).toBe(-1);
    expect(matmul(inf, [[1], [1]]).data[0]).toBeNaN();
  });

  it("writes to `out`, strided or in the memory of an input, and nowhere else", () => {
    for (const kind of kinds) {
      const draw = (): Tensor<Float32Array> => normal(kind as Float32ArrayConstructor, 2, 9, 9);
      const [a, b] = [draw(), draw()];
      const plain = matmul(a, b);
      const data = new (kind as Float32ArrayConstructor)(2 * 9 * 9 * 2).fill(7);
      const strided = { data, shape: [2, 9, 9], stride: [162, 2, 18], offset: 1 };
      expect(matmul(a, b, { out: strided as never }).data).toBe(data);
      const read = plain.data.map((_, at) => {
        const [x, i, j] = [Math.floor(at / 81), Math.floor(at / 9) % 9, at % 9];
        return data[1 + x * 162 + i * 2 + j * 18];
      });
      expect(firstDifferentBits(read, plain.data)).toBe(-1);
      expect(data.filter((_, at) => at % 2 === 0).every((x) => x === 7)).toBe(true);
      const copy = tensor(b.data.slice(), { shape: [2, 9, 9] });
      expect(matmul(a, copy, { out: copy }).data).toBe(copy.data);
      expect(firstDifferentBits(copy.data, plain.data)).toBe(-1);
    }
  });

  it("refuses vectors and sizes that do not fit, with the way out", () => {
    expect(() => matmul([1, 2], [[1], [2]])).toThrow("[1, K] as a row");
    expect(() => matmul([[1, 2]], [[1, 2]])).toThrow("write transposeB: true");
    expect(() =>
      matmul(
        [[1, 2]],
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ),
    ).toThrow(RangeError);
  });
});
