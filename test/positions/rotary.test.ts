import { describe, expect, expectTypeOf, test } from "vitest";
import { rotary, type RotaryAngles, type RotaryOptions } from "../../src/positions/index.js";
import { matmul } from "../../src/matmul/index.js";
import { tensor, type FloatArray, type Tensor, type TensorView } from "../../src/tensor/index.js";
import { viewsOf } from "../tensor/views.js";

const [B, H, L, D] = [2, 3, 5, 14];
const wave = (count: number, seed = 1): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(seed + 7.3 * i));
const make = (shape: number[], seed = 1): Tensor<Float64Array> =>
  tensor(
    Float64Array.from(
      wave(
        shape.reduce((a, n) => a * n, 1),
        seed,
      ),
    ),
    { shape },
  );
const x = make([B, H, L, D]);

/** The definition, with the engine's own functions. */
function turned(
  view: Tensor<FloatArray>,
  angle: (b: number, l: number, pair: number) => number,
  { pairing, dims = D }: { pairing: RotaryOptions["pairing"]; dims?: number },
): number[] {
  const out = [...view.data];
  for (let b = 0, row = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      for (let l = 0; l < L; l++, row++) {
        for (let i = 0; i < dims / 2; i++) {
          const first = row * D + (pairing === "half" ? i : 2 * i);
          const second = first + (pairing === "half" ? dims / 2 : 1);
          const [p, q, t] = [view.data[first], view.data[second], angle(b, l, i)];
          out[first] = p * Math.cos(t) - q * Math.sin(t);
          out[second] = p * Math.sin(t) + q * Math.cos(t);
        }
      }
    }
  }
  return out;
}

function expectClose(got: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    if (!(Math.abs(got[i] - value) <= tolerance)) expect(got[i], `element ${i}`).toBe(value);
  });
}

describe.each(["half", "interleaved"] as const)("pairing %s", (pairing) => {
  test("angles are position · base^(−2i/dims)", () => {
    for (const [angles, dims, angle] of [
      [{}, D, (_, l, i) => l * 10000 ** ((-2 * i) / D)],
      [{ base: 500 }, 6, (_, l, i) => l * 500 ** ((-2 * i) / 6)],
      [{ positions: 1000 }, D, (_, l, i) => (1000 + l) * 10000 ** ((-2 * i) / D)],
      [
        { positions: [9, -2, 0.5, 4, 4] },
        D,
        (_, l, i) => [9, -2, 0.5, 4, 4][l] * 10000 ** ((-2 * i) / D),
      ],
      [
        {
          positions: [
            [0, 1, 2, 3, 4],
            [7, 8, 9, 10, 11],
          ],
        },
        D,
        (b, l, i) => (7 * b + l) * 10000 ** ((-2 * i) / D),
      ],
      [{ positions: [[3, 4, 5, 6, 7]] }, D, (_, l, i) => (3 + l) * 10000 ** ((-2 * i) / D)],
    ] as [RotaryAngles<Float64Array>, number, Parameters<typeof turned>[1]][]) {
      const options = { pairing, dims };
      expectClose(rotary(x, angles, options).data, turned(x, angle, options), 1e-12);
    }
  });

  test("dims leaves the other features as they are", () => {
    const out = rotary(x, { positions: 4 }, { pairing, dims: 6 });
    for (let at = 0; at < out.data.length; at++) {
      if (at % D >= 6) expect(out.data[at]).toBe(x.data[at]);
    }
    expect(rotary(x, { positions: 4 }, { pairing, dims: 2 }).data).not.toEqual(x.data);
  });

  test("position 0 turns nothing, −0 aside", () => {
    const out = rotary([[1, 2, 3, 4]], {}, { pairing });
    expect([...out.data]).toEqual([1, 2, 3, 4]);
  });

  test("dot products depend on the distance of positions only", () => {
    const [query, key] = [make([1, D], 2), make([1, D], 3)];
    const at = (m: number, n: number): number =>
      matmul(
        rotary(query, { positions: m }, { pairing }),
        rotary(key, { positions: n }, { pairing }),
        { transposeB: true },
      ).data[0];
    expectClose([at(1017, 1006), at(11, 0), at(0, -11)], Array(3).fill(at(54, 43)), 1e-12);
  });

  test("float32 rounds cos and sin once and every operation once", () => {
    const single = tensor(Float32Array.from(x.data), { shape: [B, H, L, D] });
    const out = rotary(single, { positions: 77 }, { pairing });
    expectTypeOf(out).toExtend<Tensor<Float32Array>>();
    const cos = Math.fround(Math.cos(77));
    const sin = Math.fround(Math.sin(77));
    const [a, b] = [single.data[0], single.data[pairing === "half" ? D / 2 : 1]];
    expect(out.data[0]).toBe(Math.fround(Math.fround(a * cos) - Math.fround(b * sin)));
  });

  test("every kind of view gives the same bits", () => {
    for (const Kind of [Float32Array, Float64Array]) {
      const views = viewsOf<FloatArray>(new Kind(x.data), [B, H, L, D]);
      const first = rotary(views.contiguous, {}, { pairing, dims: 10 });
      expect([first.shape, first.stride, first.offset]).toEqual([
        [B, H, L, D],
        [H * L * D, L * D, D, 1],
        0,
      ]);
      for (const view of Object.values(views)) {
        expect(rotary(view, {}, { pairing, dims: 10 })).toEqual(first);
        expect(view.data).not.toBe(first.data);
      }
    }
  });

  test("tables do what the angles they hold do", () => {
    const rows = 11;
    const angle = (p: number, i: number): number => p * 10000 ** ((-2 * i) / 6);
    const table = (fn: (t: number) => number, count = rows): Tensor<Float64Array> =>
      tensor(
        Float64Array.from({ length: count * 3 }, (_, n) => fn(angle(Math.floor(n / 3), n % 3))),
        { shape: [count, 3] },
      );
    const options = { pairing, dims: 6 };
    for (const positions of [
      4,
      [9, 2, 0, 10, 4],
      [
        [0, 1, 2, 3, 4],
        [6, 7, 8, 9, 10],
      ],
    ]) {
      const given = { cos: table(Math.cos), sin: table(Math.sin), positions };
      const expected = rotary(x, { positions }, options).data;
      expectClose(rotary(x, given, options).data, [...expected], 1e-14);
    }
    const first = rotary(x, {}, options).data;
    const own = { cos: table(Math.cos, L), sin: table(Math.sin, L) };
    expectClose(rotary(x, own, options).data, [...first], 1e-14);
    // One table for each batch entry: the second continues the first.
    const long = { cos: table(Math.cos, 2 * L), sin: table(Math.sin, 2 * L) };
    const split = (t: TensorView<Float64Array>): TensorView<Float64Array> => ({
      ...t,
      shape: [B, L, 3],
      stride: [L * 3, 3, 1],
    });
    expectClose(
      rotary(x, { cos: split(long.cos), sin: split(long.sin) }, options).data,
      [
        ...rotary(
          x,
          {
            positions: [
              [0, 1, 2, 3, 4],
              [5, 6, 7, 8, 9],
            ],
          },
          options,
        ).data,
      ],
      1e-14,
    );
    // An axis of length 1 serves every batch entry.
    const one = {
      cos: { ...own.cos, shape: [1, L, 3], stride: [0, 3, 1] },
      sin: { ...own.sin, shape: [1, L, 3], stride: [0, 3, 1] },
    };
    expect(rotary(x, one, options).data).toEqual(rotary(x, own, options).data);
  });

  test("sequence-first tensors are taken as they are", () => {
    const swapped = { ...x, shape: [B, L, H, D], stride: [H * L * D, D, L * D, 1] };
    const positions = [
      [0, 1, 2, 3, 4],
      [7, 8, 9, 10, 11],
    ];
    const out = rotary(swapped, { positions }, { pairing, layout: "BLHD" });
    expect(out.shape).toEqual([B, L, H, D]);
    const back = { ...out, shape: [B, H, L, D], stride: [H * L * D, D, H * D, 1] };
    const expected = rotary(x, { positions }, { pairing });
    expect(rotary(back, { positions: [0, 0, 0, 0, 0] }, { pairing }).data).toEqual(expected.data);
  });
});

test("one head, no batch, empty axes", () => {
  const row = make([L, D]);
  const one = rotary(row, {}, { pairing: "half" });
  const heads = rotary({ ...row, shape: [1, L, D], stride: [0, D, 1] }, {}, { pairing: "half" });
  expect(heads.data).toEqual(one.data);
  expect(rotary(row, {}, { pairing: "half", layout: "BLHD" }).data).toEqual(one.data);
  expect(rotary(make([H, 0, D]), {}, { pairing: "half" }).shape).toEqual([H, 0, D]);
  expect(rotary(make([0, H, L, D]), { positions: 3 }, { pairing: "half" }).shape).toEqual([
    0,
    H,
    L,
    D,
  ]);
  expect(rotary(make([L, 0]), {}, { pairing: "half" }).shape).toEqual([L, 0]);
  expect(rotary([[1, 0]], undefined as never, { pairing: "half" }).shape).toEqual([1, 2]);
});

test("NaN leaves as the one pattern", () => {
  const data = new Float32Array(Uint32Array.of(0xffc00001, 0x7f800000, 0, 0xffc00007).buffer);
  const out = rotary(tensor(data, { shape: [1, 4] }), {}, { pairing: "half", dims: 2 });
  expect([...new Uint32Array(out.data.buffer)]).toEqual([0x7fc00000, 0x7fc00000, 0, 0x7fc00000]);
});

describe("any run of features", () => {
  const dense = (
    view: Tensor<FloatArray>,
    [from, to]: readonly [number, number],
    angles: RotaryAngles,
    pairing: RotaryOptions["pairing"],
  ): Tensor<FloatArray> => {
    // The run copied out, turned as a whole, and copied back.
    const Kind = view.data.constructor as typeof Float64Array;
    const [rows, size] = [view.data.length / D, to - from];
    const run = new Kind(rows * size);
    for (let at = 0; at < run.length; at++) {
      run[at] = view.data[Math.floor(at / size) * D + from + (at % size)];
    }
    const part = tensor<FloatArray>(run, { shape: [B, H, L, size] });
    const out = rotary(part, angles, { pairing });
    const data = Kind.from(view.data);
    for (let at = 0; at < run.length; at++) {
      data[Math.floor(at / size) * D + from + (at % size)] = out.data[at];
    }
    return tensor<FloatArray>(data, { shape: [B, H, L, D] });
  };
  const single = tensor(Float32Array.from(x.data), { shape: [B, H, L, D] });

  for (const pairing of ["half", "interleaved"] as const) {
    test(`${pairing}: the bits of the run copied out and turned alone`, () => {
      for (const view of [x, single] as Tensor<FloatArray>[]) {
        for (const dims of [
          [0, 2],
          [3, 9],
          [4, D],
          [0, D],
          [D - 2, D],
        ] as const) {
          // prettier-ignore
          for (const angles of [{ positions: 41 }, { base: 300, positions: [5, 0, 9, 2, 7] }]) {
            const out = rotary(view, angles, { pairing, dims });
            expect(out.data).toEqual(dense(view, dims, angles, pairing).data);
          }
        }
        const first = rotary(view, { positions: 3 }, { pairing, dims: 6 });
        expect(rotary(view, { positions: 3 }, { pairing, dims: [0, 6] })).toEqual(first);
      }
    });

    test(`${pairing}: the written-out formula`, () => {
      const [from, to] = [4, 10];
      const out = rotary(x, { positions: 9 }, { pairing, dims: [from, to] });
      const expected = [...x.data];
      for (let row = 0; row < B * H * L; row++) {
        for (let i = 0; i < 3; i++) {
          const p = row * D + from + (pairing === "half" ? i : 2 * i);
          const q = p + (pairing === "half" ? 3 : 1);
          const angle = (9 + (row % L)) * 10000 ** ((-2 * i) / 6);
          expected[p] = x.data[p] * Math.cos(angle) - x.data[q] * Math.sin(angle);
          expected[q] = x.data[p] * Math.sin(angle) + x.data[q] * Math.cos(angle);
        }
      }
      expectClose(out.data, expected, 1e-12);
    });

    test(`${pairing}: two axes of an image in two calls, without copies of parts`, () => {
      // Rows of the image turn the first 6 features, columns the other 8.
      const [rows, columns] = [Int32Array.of(0, 0, 0, 1, 1), BigInt64Array.of(0n, 1n, 2n, 0n, 1n)];
      for (const view of [x, single] as Tensor<FloatArray>[]) {
        const first = rotary(view, { positions: rows }, { pairing, dims: [0, 6] });
        const both = rotary(first, { positions: columns }, { pairing, dims: [6, D] });
        const expected = dense(
          dense(view, [0, 6], { positions: [...rows] }, pairing),
          [6, D],
          { positions: [...columns].map(Number) },
          pairing,
        );
        expect(both.data).toEqual(expected.data);
        const otherOrder = rotary(view, { positions: columns }, { pairing, dims: [6, D] });
        expect(rotary(otherOrder, { positions: rows }, { pairing, dims: [0, 6] })).toEqual(both);
      }
    });

    test(`${pairing}: tables, and every kind of view and layout`, () => {
      const angle = (p: number, i: number): number => p * 10000 ** ((-2 * i) / 6);
      const table = (fn: (t: number) => number): Tensor<Float64Array> =>
        tensor(
          Float64Array.from({ length: 11 * 3 }, (_, n) => fn(angle(Math.floor(n / 3), n % 3))),
          { shape: [11, 3] },
        );
      const tables = { cos: table(Math.cos), sin: table(Math.sin) };
      const positions = [9, 2, 0, 10, 4];
      const options = { pairing, dims: [5, 11] } as const;
      const expected = rotary(x, { positions }, options);
      const found = rotary(x, { ...tables, positions: Uint8Array.from(positions) }, options);
      expectClose(found.data, [...expected.data], 1e-14);
      for (const view of Object.values(viewsOf<FloatArray>(x.data, [B, H, L, D]))) {
        expect(rotary(view, { positions }, options)).toEqual(expected);
      }
      const swapped = { ...x, shape: [B, L, H, D], stride: [H * L * D, D, L * D, 1] };
      const { data, shape } = rotary(swapped, { positions }, { ...options, layout: "BLHD" });
      expect(shape).toEqual([B, L, H, D]);
      expect(data[(1 * H + 2) * D + 7]).toBe(expected.data[(2 * L + 1) * D + 7]);
    });
  }
});

describe("positions may be any array of numbers", () => {
  const list = [3, 0, 7, 7, 100];
  const options = { pairing: "half" } as const;
  const expected = rotary(x, { positions: list }, options);
  const big = list.map(BigInt);
  const arrays: [string, Exclude<RotaryAngles["positions"], undefined>][] = [
    ["Int8Array", Int8Array.from(list)],
    ["Uint8Array", Uint8Array.from(list)],
    ["Uint8ClampedArray", Uint8ClampedArray.from(list)],
    ["Int16Array", Int16Array.from(list)],
    ["Uint16Array", Uint16Array.from(list)],
    ["Int32Array", Int32Array.from(list)],
    ["Uint32Array", Uint32Array.from(list)],
    ["BigInt64Array", BigInt64Array.from(big)],
    ["BigUint64Array", BigUint64Array.from(big)],
    ["Float32Array", Float32Array.from(list)],
    ["Float64Array", Float64Array.from(list)],
  ];
  test.each(arrays)("%s", (_, positions) => {
    expect(rotary(x, { positions }, options)).toEqual(expected);
  });

  test("a view of integers, one row for each batch entry", () => {
    const data = BigInt64Array.from([0, ...list, ...list.map((p) => p + 5)], BigInt);
    const positions = { data, shape: [B, L], stride: [L, 1], offset: 1 };
    const rows = [list, list.map((p) => p + 5)];
    expect(rotary(x, { positions }, options)).toEqual(rotary(x, { positions: rows }, options));
    // Backwards, over bytes, which are booleans elsewhere.
    const bytes = Uint8Array.from([...list].reverse());
    const back = { data: bytes, shape: [L], stride: [-1], offset: L - 1 };
    expect(rotary(x, { positions: back }, options)).toEqual(expected);
  });

  test("negative ones, the largest exact ones, and none that are not exact", () => {
    const edge = Number.MAX_SAFE_INTEGER;
    const integers = [-1n, 0n, BigInt(edge), -BigInt(edge), 5n];
    const numbers = integers.map(Number);
    const found = rotary(x, { positions: BigInt64Array.from(integers) }, options);
    expect(found).toEqual(rotary(x, { positions: numbers }, options));
    for (const beyond of [2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), 2n ** 62n]) {
      const positions = BigInt64Array.of(0n, 1n, beyond, 3n, 4n);
      expect(() => rotary(x, { positions }, options)).toThrow("integer from -(2^53 - 1) to");
    }
    // What the view does not reach is not looked at.
    const data = BigInt64Array.of(2n ** 60n, ...list.map(BigInt));
    const positions = { data, shape: [L], stride: [1], offset: 1 };
    expect(rotary(x, { positions }, options)).toEqual(expected);
  });
});
