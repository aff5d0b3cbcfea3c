import { describe, expect, test } from "vitest";
import { alibiSlopes, rotary, sinusoidal, tensor, zeros } from "../../src/core.js";
import type { RotaryAngles } from "../../src/core.js";

// What is just inside and just outside of what the functions take.

const [B, H, L, D] = [2, 3, 5, 14];
const x = zeros([B, H, L, D]);
const half = { pairing: "half" } as const;
const table = (...shape: number[]) => zeros(shape);
const both = (...shape: number[]): RotaryAngles => ({ cos: table(...shape), sin: table(...shape) });
const turn = (angles: RotaryAngles, options = {}) => rotary(x, angles, { ...half, ...options });

describe("rotary turns", () => {
  test("the second feature of a pair by a·sin + b·cos, rounded at every operation in float32", () => {
    const { fround } = Math;
    for (const [pairing, second] of [
      ["half", 2],
      ["interleaved", 1],
    ] as const) {
      const row = tensor(Float32Array.of(0.3, -1.7, 2.9, 0.1), { shape: [1, 4] });
      const { data } = rotary(row, { positions: 2 }, { pairing });
      const [cos, sin] = [fround(Math.cos(2)), fround(Math.sin(2))];
      const [a, b] = [row.data[0], row.data[second]];
      expect(data[second]).toBe(fround(fround(a * sin) + fround(b * cos)));
    }
  });

  test("by positions in float64, which float32 would round", () => {
    const { data } = rotary(tensor([[1, 0]], { dtype: "float64" }), { positions: 0.1 }, half);
    expect(Math.abs(data[0] - Math.cos(0.1))).toBeLessThan(1e-15);
  });

  test("by a table whose rows are not contiguous", () => {
    const angles = [0, 1, 2, 3].map((row) => [row, row / 10]);
    const of = (fn: (angle: number) => number) => {
      const rows = tensor(angles.map((row) => row.map(fn)));
      const columns = tensor([0, 1].map((pair) => angles.map((row) => fn(row[pair]))));
      return [rows, { ...columns, shape: [4, 2], stride: [1, 4] }];
    };
    const [[cos, cosTurned], [sin, sinTurned]] = [of(Math.cos), of(Math.sin)];
    const tokens = tensor([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    const expected = rotary(tokens, { cos, sin, positions: [3, 1] }, half);
    const got = rotary(tokens, { cos: cosTurned, sin: sinTurned, positions: [3, 1] }, half);
    expect(got).toEqual(expected);
  });

  test("every batch entry by one table with a batch axis of length 1, whatever its stride is", () => {
    const ones = tensor(new Float32Array(L * 7).fill(0.5), { shape: [1, L, 7] });
    const filled = tensor(new Float32Array(B * H * L * D).fill(1), { shape: [B, H, L, D] });
    const { data } = rotary(filled, { cos: ones, sin: ones }, half);
    expect(new Set(data.subarray(B * H * L * 7 - 7))).toEqual(new Set([0, 1]));
  });

  test("with a base of 1, where every pair turns alike", () => {
    const { data } = rotary([[1, 1, 0, 0]], { base: 1, positions: 1 }, half);
    expect(data[0]).toBe(data[1]);
    expect(() => turn({ base: 1 - 2 ** -53 })).toThrow("a finite number of at least 1");
    expect(() => turn({ base: Infinity })).toThrow("got Infinity");
    expect(sinusoidal(1, 4, { order: "concatenated", base: 1 }).shape).toEqual([1, 4]);
  });

  test("at least two features where `dims` is given", () => {
    expect(() => turn({}, { dims: 0 })).toThrow("; got 0 for x [2, 3, 5, 14]");
    expect(() => turn({}, { dims: -2 })).toThrow("; got -2 for x [2, 3, 5, 14]");
    expect(turn({}, { dims: 2 }).shape).toEqual(x.shape);
  });
});

describe("rotary refuses", () => {
  test("one of the two tables alone", () => {
    const { cos, sin } = both(L, 7);
    expect(() => turn({ sin })).toThrow("either { base } or both { cos, sin }; got sin");
    expect(() => turn({ cos })).toThrow("either { base } or both { cos, sin }; got cos");
  });

  test("tables of other sizes, of another batch, and of another rank", () => {
    const expected = `cos and sin of the shape [${L}, 7] or [${B}, ${L}, 7]`;
    for (const shape of [[L + 1, 7], [B + 1, L, 7], [B, 1, 7], [1, 1, L, 7], [7]]) {
      expect(() => turn(both(...shape))).toThrow(expected);
    }
    // Sizes that agree by chance, one axis further on.
    const square = zeros([2, 3, 1, 3, 6]);
    expect(() => rotary(square, both(2, 3, 3), half)).toThrow("[3, 3] or [2, 3, 3, 3]");
    const { cos, sin } = { cos: table(L, 7), sin: table(L + 1, 7) };
    expect(() => turn({ cos, sin })).toThrow(expected);
  });

  test("tables by row that are no list of rows", () => {
    const expected = "cos and sin of the shape [rows, 7], one cosine for each pair; got";
    for (const shape of [
      [B, L, 7],
      [9, 6],
    ]) {
      expect(() => turn({ ...both(...shape), positions: 0 })).toThrow(expected);
    }
  });

  test("wrong tables with the way out, where it is known", () => {
    const repeated = "tables that repeat each cosine for both features of a pair";
    expect(() => turn(both(L, 14))).toThrow(repeated);
    expect(() => turn(both(B, L, 14))).toThrow(repeated);
    expect(() => turn(both(L, 3))).toThrow("`dims` says how many features turn");
    const longer = "say which rows of a longer table: `positions: 0`";
    expect(() => turn(both(L + 4, 7))).toThrow(longer);
    expect(() => rotary(zeros([L, 0]), both(L + 1, 0), half)).toThrow(longer);
    const without: RotaryAngles[] = [
      both(B + 7, L, 7),
      both(L - 1, 7),
      { cos: table(L + 4, 7), sin: table(L + 5, 7), positions: 0 },
    ];
    for (const angles of without) expect(() => turn(angles)).toThrow(/for x \[2, 3, 5, 14\]\.$/);
  });

  test("rows that the tables do not have", () => {
    for (const row of [-1, 0.5, 9]) {
      const positions = [0, 1, 2, 3, row];
      expect(() => turn({ ...both(9, 7), positions })).toThrow("integers below 9; got " + row);
    }
    expect(turn({ ...both(9, 7), positions: [0, 1, 2, 3, 8] }).shape).toEqual(x.shape);
  });

  test("positions of another shape", () => {
    const expected = `a number, or the shape [${L}] or [${B}, ${L}]`;
    const shapes = [[L + 1], [B, 1], [B + 1, L], [L, 1], [1, B, L], [1, 1], [L, B]];
    for (const shape of shapes) {
      expect(() => turn({ positions: table(...shape) })).toThrow(expected);
    }
    const positions = table(L, 1);
    expect(() => rotary(zeros([L, D]), { positions }, half)).toThrow("or the shape [5]; got");
    expect(turn({ positions: table(1, L) }).shape).toEqual(x.shape);
  });

  test("views beyond their data, by the name of the argument", () => {
    const short = { data: new Float32Array(3), shape: [L, 7], stride: [7, 1], offset: 0 };
    const fine = table(L, 7);
    expect(() => rotary(short, {}, half)).toThrow(/^rotary\(\): x/);
    expect(() => turn({ cos: short, sin: fine })).toThrow(/^rotary\(\): angles\.cos/);
    expect(() => turn({ cos: fine, sin: short })).toThrow(/^rotary\(\): angles\.sin/);
    const positions = { ...short, shape: [L], stride: [1] };
    expect(() => turn({ positions })).toThrow(/^rotary\(\): angles\.positions/);
  });

  test("vectors, by the axes of the layout", () => {
    const vector = zeros([4]);
    expect(() => rotary(vector, {}, half)).toThrow("[..., H, L, D] or [L, D]; got [4]");
    expect(() => rotary(vector, {}, { ...half, layout: "BLHD" })).toThrow(
      "[..., L, H, D] or [L, D]; got [4]",
    );
  });
});

test("alibiSlopes takes up to 65536 heads", () => {
  expect(alibiSlopes(65536)).toHaveLength(65536);
  expect(() => alibiSlopes(65537)).toThrow(RangeError);
});
