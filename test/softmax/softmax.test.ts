import { describe, expect, it } from "vitest";
import { tensor, toNested, type Tensor } from "../../src/core.js";
import { softmaxReference } from "../../src/softmax/reference.js";
import { firstDifferentBits, firstOddNaN } from "../helpers/bits.js";
import { engines, forced } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";

const random = new Random(11);

function normal(...shape: number[]): Tensor<Float32Array> {
  const size = shape.reduce((a, n) => a * n, 1);
  return tensor(
    Float32Array.from({ length: size }, () => 4 * random.normal()),
    { shape },
  );
}

describe.each(engines)("softmax and logSumExp (%s)", (engine) => {
  const { logSumExp, softmax } = forced(engine);

  it("agree with the float64 reference over row lengths around the tile", () => {
    for (const length of [1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200, 4097]) {
      const x = normal(length);
      const { weights, lse } = softmaxReference([...x.data]);
      const got = softmax(x);
      weights.forEach((w, j) => {
        expect(!(Math.abs(got.data[j] - w) <= 2e-6 * w + 2 ** -126)).toBe(false);
      });
      expect(!(Math.abs(logSumExp(x).data[0] - lse) <= 2 ** -22 * (1 + Math.abs(lse)))).toBe(false);
      const wide = tensor(Float64Array.from(x.data), { shape: [length] });
      const [double, doubleLse] = [softmax(wide), logSumExp(wide).data[0]];
      weights.forEach((w, j) => {
        expect(!(Math.abs(double.data[j] - w) <= 2e-14 * w)).toBe(false);
      });
      expect(!(Math.abs(doubleLse - lse) <= 2 ** -50 * (1 + Math.abs(lse)))).toBe(false);
    }
  });

  it("take any axis of any view", () => {
    const x = normal(3, 5, 7);
    const moved = { ...x, shape: [3, 7, 5], stride: [35, 1, 7] };
    const back = softmax(moved, { axis: 1 });
    const plain = softmax(x, { axis: -1 });
    expect(back.shape).toEqual([3, 7, 5]);
    for (let i = 0; i < 105; i++) {
      const [a, b, c] = [Math.floor(i / 35), Math.floor(i / 7) % 5, i % 7];
      expect(back.data[(a * 7 + c) * 5 + b]).toBe(plain.data[i]);
    }
    const lse = logSumExp(moved, { axis: -2 });
    expect(lse.shape).toEqual([3, 5]);
    expect(firstDifferentBits(lse.data, logSumExp(x).data)).toBe(-1);
  });

  it("an entry that is not allowed is 0 and never read", () => {
    const allow = [[true, false, true]];
    expect(
      toNested(
        softmax(
          [
            [1, NaN, 1],
            [2, Infinity, 2],
          ],
          { allow },
        ),
      ),
    ).toEqual([
      [0.5, 0, 0.5],
      [0.5, 0, 0.5],
    ]);
    expect(toNested(softmax([[1, 2]], { allow: false }))).toEqual([[0, 0]]);
    expect(
      toNested(
        softmax(
          [
            [1, 2],
            [3, 4],
          ],
          { axis: 0, allow: [[true], [false]] },
        ),
      ),
    ).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it("of −Infinity alone are zeros and −Infinity; of NaN or +Infinity all NaN, with canonical bits", () => {
    expect(toNested(softmax([-Infinity, -Infinity]))).toEqual([0, 0]);
    expect(toNested(logSumExp([[-Infinity], [0]]))).toEqual([-Infinity, 0]);
    for (const x of [NaN, Infinity]) {
      const weights = softmax([x, 1, -Infinity]);
      expect([...weights.data]).toEqual([NaN, NaN, NaN]);
      expect(firstOddNaN(weights.data)).toBe(-1);
      expect(logSumExp([x, 1]).data[0]).toBeNaN();
    }
  });

  it("cannot overflow", () => {
    expect(toNested(softmax([3e38, -3e38]))).toEqual([1, 0]);
    expect(toNested(softmax(tensor([1.7e308, -1.7e308], { dtype: "float64" })))).toEqual([1, 0]);
  });

  it("empty axes give empty results", () => {
    expect(softmax(tensor(new Float32Array(0), { shape: [2, 0] })).shape).toEqual([2, 0]);
    expect(toNested(logSumExp(tensor(new Float32Array(0), { shape: [2, 0] })))).toEqual([
      -Infinity,
      -Infinity,
    ]);
  });
});
