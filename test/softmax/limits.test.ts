import { describe, expect, it } from "vitest";
import { logSumExp, softmax, tensor, zeros, type Tensor } from "../../src/core.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { engines, forced } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import { denseOf } from "../helpers/tensors.js";

const random = new Random(23);

function normal(...shape: number[]): Tensor<Float32Array> {
  const size = shape.reduce((a, n) => a * n, 1);
  return tensor(
    Float32Array.from({ length: size }, () => 4 * random.normal()),
    { shape },
  );
}

/** The last two axes exchanged, without a copy. */
function turned<T extends Tensor<Float32Array> | Tensor<Uint8Array>>(x: T): T {
  const [rows, columns] = x.shape;
  return { ...x, shape: [columns, rows], stride: [1, columns] };
}

describe("the reference engine", () => {
  it("is the equation in float64, rounded once, along any axis", () => {
    const x = normal(5, 7);
    const weights = softmax(x, { axis: 0, engine: "reference" });
    const lse = logSumExp(x, { axis: 0, engine: "reference" });
    expect([weights.shape, lse.shape]).toEqual([[5, 7], [7]]);
    for (let column = 0; column < 7; column++) {
      const scores = Array.from({ length: 5 }, (_, row) => x.data[row * 7 + column]);
      const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
      scores.forEach((score, row) => {
        const got = weights.data[row * 7 + column];
        expect(Math.abs(got - Math.exp(score) / sum)).toBeLessThanOrEqual(got * 2 ** -23);
      });
      expect(Math.abs(lse.data[column] - Math.log(sum))).toBeLessThanOrEqual(2 ** -20);
    }
  });

  it("gives zeros and −Infinity for a row of −Infinity", () => {
    const x = [[-Infinity, -Infinity]];
    expect([...softmax(x, { engine: "reference" }).data]).toEqual([0, 0]);
    expect([...logSumExp(x, { engine: "reference" }).data]).toEqual([-Infinity]);
  });
});

// Rows that are longer than what is computed at once, and more rows than that; neither a multiple of a tile.
const many = [
  [2, 70_001],
  [1030, 100],
];

describe.each(engines)("many numbers (%s)", (engine) => {
  const library = forced(engine);
  const cases = many.map(([rows, length]) => ({ rows, length, x: normal(rows, length) }));

  it.each(cases)("$rows rows of $length have their sums and logarithms", ({ rows, length, x }) => {
    const { data } = library.softmax(x);
    const lse = library.logSumExp(x).data;
    const exact = library.logSumExp(
      tensor(Float64Array.from(x.data), { shape: [rows, length] }),
    ).data;
    for (let row = 0; row < rows; row++) {
      const sum = data.subarray(row * length, (row + 1) * length).reduce((a, b) => a + b, 0);
      if (!(Math.abs(sum - 1) < 1e-4)) expect(sum, `row ${row}`).toBe(1);
      if (!(Math.abs(lse[row] - exact[row]) < 1e-5)) expect(lse[row]).toBe(exact[row]);
    }
    // In float64 too: the last row alone.
    const scores = Array.from(x.data.subarray(-length));
    const definition = scores.reduce((total, score) => total + Math.exp(score), 0);
    expect(Math.abs(exact[rows - 1] - Math.log(definition))).toBeLessThan(1e-12);
  });

  it.each(cases)("$rows rows of $length have the bits of columns", ({ x }) => {
    const columns = library.softmax(turned(x), { axis: 0 });
    expect(firstDifferentBits(denseOf(turned(columns)).data, library.softmax(x).data)).toBe(-1);
    const lse = library.logSumExp(turned(x), { axis: 0 });
    expect(firstDifferentBits(lse.data, library.logSumExp(x).data)).toBe(-1);
  });

  it.each(cases)("$rows rows of $length leave out what is not allowed", ({ rows, length, x }) => {
    // Nothing in the first row.
    const sees = (at: number): boolean => at % 3 !== 1 && at >= length;
    const allow = tensor(
      Uint8Array.from(x.data, (_, at) => Number(sees(at))),
      { shape: [rows, length] },
    );
    const { data } = library.softmax(x, { allow });
    const wrong = data.findIndex((weight, at) => !sees(at) && !Object.is(weight, 0));
    expect(wrong).toBe(-1);
    const blocked = { ...x, data: x.data.map((score, at) => (sees(at) ? score : -Infinity)) };
    expect(firstDifferentBits(data, library.softmax(blocked).data)).toBe(-1);
    const columns = library.softmax(turned(x), { axis: 0, allow: turned(allow) });
    expect(firstDifferentBits(denseOf(turned(columns)).data, data)).toBe(-1);
  });
});

describe.each(engines)("`allow` (%s)", (engine) => {
  const library = forced(engine);
  const x = normal(2, 3, 4);

  it("repeats along axes of length 1 and along those that it lacks", () => {
    const row = [true, false, true, true];
    const expected = library.softmax(x, {
      allow: tensor(
        Uint8Array.from({ length: 24 }, (_, at) => Number(row[at % 4])),
        {
          shape: [2, 3, 4],
        },
      ),
    });
    for (const allow of [row, [row], [[row]], [[row], [row]], [row, row, row]]) {
      expect(library.softmax(x, { allow })).toEqual(expected);
    }
    const column = [[true], [false], [true]];
    const { data } = library.softmax(x, { allow: column });
    expect(data.subarray(4, 8).every((weight) => weight === 0)).toBe(true);
    expect(data.subarray(8, 12).every((weight) => weight > 0)).toBe(true);
  });

  it("is refused with more axes than x, and with other lengths", () => {
    for (const shape of [[1, 2, 3, 4], [2], [3, 1, 4]]) {
      const size = shape.reduce((a, n) => a * n, 1);
      const allow = tensor(new Uint8Array(size), { shape });
      expect(() => library.softmax(x, { allow })).toThrow(/^softmax\(\): options\.allow/);
    }
  });
});

it("views beyond their data are refused by the name of the function", () => {
  const short = { ...zeros([2]), shape: [4] };
  expect(() => softmax(short)).toThrow(/^softmax\(\): x/);
  expect(() => logSumExp(short)).toThrow(/^logSumExp\(\): x/);
  const mixed = { ...zeros([2]), data: new Float64Array(1) };
  expect(() => softmax(mixed)).toThrow(/^softmax\(\): x/);
});
