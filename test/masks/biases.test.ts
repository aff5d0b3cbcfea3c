import { describe, expect, it, test } from "vitest";
import {
  attention,
  attentionTrace,
  attentionWithWeights,
  biases,
  createKvCache,
  masks,
  multiHeadAttention,
  tensor,
  toNested,
  zeros,
} from "../../src/core.js";
import type { AttentionOptions, BiasRule, FloatArray, Tensor } from "../../src/core.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";

const dtypes = ["float32", "float64"] as const;
type DType = (typeof dtypes)[number];

function make(numbers: readonly number[], shape: number[], dtype: DType): Tensor<FloatArray> {
  const data = dtype === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers);
  return tensor<FloatArray>(data, { shape });
}

function draw(random: Random, shape: number[], dtype: DType): Tensor<FloatArray> {
  const size = shape.reduce((a, n) => a * n, 1);
  return make(
    Array.from({ length: size }, () => random.normal()),
    shape,
    dtype,
  );
}

/** The bias `[B, H, L, S]` written out. */
function writtenOut(
  [B, H, L, S]: readonly number[],
  dtype: DType,
  of: (b: number, h: number, i: number, j: number) => number,
): Tensor<FloatArray> {
  const numbers: number[] = [];
  for (let at = 0; at < B * H * L * S; at++) {
    const [i, j] = [Math.floor(at / S) % L, at % S];
    numbers.push(of(Math.floor(at / (H * L * S)), Math.floor(at / (L * S)) % H, i, j));
  }
  return make(numbers, [B, H, L, S], dtype);
}

/** Every result with the rule has the bits of those with the tensor, in every engine. */
function expectSame(
  [B, H, L, S]: readonly number[],
  dtype: DType,
  rule: BiasRule,
  bias: Tensor<FloatArray>,
  options: AttentionOptions = {},
): void {
  const random = new Random(3);
  const [query, key, value] = [[B, H, L, 5], [B, H, S, 5], [B, H, S, 3]].map((shape) => draw(random, shape, dtype)); // prettier-ignore
  for (const engine of [...engines, "reference"] as const) {
    const [own, dense] = [rule, bias].map((bias) =>
      attentionWithWeights(query, key, value, { ...options, bias, engine }),
    );
    expect(firstDifferentBits(own.output.data, dense.output.data), engine).toBe(-1);
    expect(firstDifferentBits(own.weights.data, dense.weights.data), engine).toBe(-1);
  }
}

const zeroTrace = (H: number, L: number, S: number, bias: BiasRule): unknown =>
  toNested(attentionTrace(zeros([H, L, 1]), zeros([H, S, 1]), zeros([H, S, 1]), { bias }).biased);

describe("biases.where", () => {
  const sizes = [2, 2, 67, 131];
  const of = (b: number, h: number, i: number, j: number): number =>
    (i + j) % 11 === 0 ? -Infinity : Math.sin(b + 2 * h + 3 * i + 5 * j);

  it.each(dtypes)("adds what the function says, %s", (dtype) => {
    expectSame(sizes, dtype, biases.where(of), writtenOut(sizes, dtype, of));
    const options = {
      causal: "bottomRight",
      keyLengths: [131, 70],
      queryLengths: [60, 67],
    } as const;
    expectSame(sizes, dtype, biases.where(of), writtenOut(sizes, dtype, of), options);
  });

  it("is asked with the batch entry, head, query and key", () => {
    const x = zeros([2, 2, 2, 1]);
    const bias = biases.where((b, h, i, j) => 1000 * b + 100 * h + 10 * i + j);
    expect([...attentionTrace(x, x, x, { bias }).biased.data]).toEqual([
      0, 1, 10, 11, 100, 101, 110, 111, 1000, 1001, 1010, 1011, 1100, 1101, 1110, 1111,
    ]);
  });

  it("−Infinity blocks, so that the key and value may hold anything", () => {
    const bias = biases.where((_b, _h, i, j) => (i === 0 && j === 1 ? -Infinity : 0));
    const ruined = [[0], [NaN]];
    for (const engine of engines) {
      const { output, weights } = attentionWithWeights([[1]], ruined, ruined, { bias, engine });
      expect([...weights.data, ...output.data]).toEqual([1, 0, 0]);
    }
  });

  it("NaN and Infinity make the row NaN, unless a mask blocks the pair", () => {
    for (const wrong of [NaN, Infinity]) {
      const bias = biases.where((_b, _h, i, j) => (j === 1 ? wrong : i));
      for (const engine of engines) {
        const call = (options: AttentionOptions<Float32Array>): unknown =>
          toNested(attention([[1], [1]], [[1], [1]], [[3], [5]], { bias, engine, ...options }));
        expect(call({})).toEqual([[NaN], [NaN]]);
        expect(call({ causal: true })).toEqual([[3], [NaN]]);
        expect(call({ block: [false, true] })).toEqual([[3], [3]]);
      }
    }
  });

  it("rounds to the precision of the call, and refuses what only float64 holds", () => {
    const big = biases.where(() => -1e39);
    const x = (dtype: DType): Tensor<FloatArray> => zeros([1, 1], { dtype: dtype as "float64" });
    const biased = (dtype: DType, bias: BiasRule): number =>
      attentionTrace(x(dtype), x(dtype), x(dtype), { bias }).biased.data[0];
    expect(
      biased(
        "float32",
        biases.where(() => 0.1),
      ),
    ).toBe(Math.fround(0.1));
    expect(
      biased(
        "float64",
        biases.where(() => 0.1),
      ),
    ).toBe(0.1);
    expect(biased("float64", big)).toBe(-1e39);
    expect(() => biased("float32", big)).toThrow(RangeError);
  });

  it("stands in a sum, and under extra keys of a layer", () => {
    const sum = biases.sum([[1, 2], [3, 4]], biases.where((_b, _h, i, j) => i - j), [0.5, 0]); // prettier-ignore
    expect(zeroTrace(1, 2, 2, sum)).toEqual([[[1.5, 1], [4.5, 4]]]); // prettier-ignore
    const params = { heads: 1, inProjWeight: zeros([6, 2]), outWeight: [[1, 0], [0, 1]], addZeroAttn: true }; // prettier-ignore
    const bias = biases.where((_b, _h, _i, j) => [Math.LN2, 0][j]);
    const x = zeros([1, 2, 2]);
    const { weights } = multiHeadAttention(x, x, x, params, { bias, weights: "mean" });
    [0.5, 0.25, 0.25].forEach((weight, j) => expect(weights.data[j]).toBeCloseTo(weight, 6));
  });

  it("may compute attention itself", () => {
    const shape = [1, 1, 70, 70];
    const inner = (): number => attention([[1]], [[1]], [[7]]).data[0];
    expectSame(
      shape,
      "float32",
      biases.where(inner),
      writtenOut(shape, "float32", () => 7),
    );
  });
});

/** The definition of each kind of row, for a key `d` after the query. */
const clipped = (R: number, d: number): number => Math.min(Math.max(d, -R), R) + R;

/** T5's rule without a logarithm: `(n/e)^m ≥ (max/e)^k` in integers. */
function bucketOf(buckets: number, bidirectional: boolean, max: number, d: number): number {
  const count = bidirectional ? buckets / 2 : buckets;
  const [e, m] = [Math.floor(count / 2), count - Math.floor(count / 2)];
  const n = bidirectional ? Math.abs(d) : Math.max(0, -d);
  const side = bidirectional && d > 0 ? count : 0;
  if (n < e) return side + n;
  const power = (base: number, exponent: number): bigint => BigInt(base) ** BigInt(exponent);
  let k = 0;
  while (k + 1 < m && power(n, m) * power(e, k + 1) >= power(max, k + 1) * power(e, m)) k++;
  return side + e + k;
}

describe("biases.relative", () => {
  const [B, H, L, S] = [2, 2, 67, 131];

  describe.each(dtypes)("%s", (dtype) => {
    const random = new Random(11);
    const table = (rows: number): Tensor<FloatArray> => draw(random, [rows, H], dtype);

    it.each([1, 9, 261])("by distance, %i rows: clipped at both ends", (rows) => {
      const own = table(rows);
      const row = (d: number): number => clipped((rows - 1) / 2, d);
      const bias = (offset: (b: number) => number): Tensor<FloatArray> =>
        writtenOut([B, H, L, S], dtype, (b, h, i, j) => own.data[row(j - i - offset(b)) * H + h]);
      for (const [align, offset] of [
        ["topLeft", () => 0],
        ["bottomRight", () => S - L],
        [{ offset: [-70, 9] }, (b) => [-70, 9][b]],
      ] as [NonNullable<AttentionOptions["causal"]>, (b: number) => number][]) {
        const options = { align: align as "topLeft" };
        expectSame([B, H, L, S], dtype, biases.relative(own, options), bias(offset));
      }
      const lengths = {
        keyLengths: [100, 131],
        queryLengths: [60, 3],
        causal: "bottomRight",
      } as const;
      const moved = bias((b) => lengths.keyLengths[b] - lengths.queryLengths[b]);
      const rule = biases.relative(own, { align: "bottomRight" });
      expectSame([B, H, L, S], dtype, rule, moved, lengths);
    });

    it.each([
      [32, true, 128],
      [32, false, 128],
      [7, false, 40],
      [4, true, 3],
    ])("%i buckets, bidirectional %s, up to %i", (buckets, bidirectional, maxDistance) => {
      const own = table(buckets);
      const bias = writtenOut([B, H, L, S], dtype, (_b, h, i, j) => {
        const row = bucketOf(buckets, bidirectional, maxDistance, j - i - (S - L));
        return own.data[row * H + h];
      });
      const rule = biases.relative(own, {
        buckets: { bidirectional, maxDistance },
        align: "bottomRight",
      });
      expectSame([B, H, L, S], dtype, rule, bias);
    });

    it("a padded query beyond the grid shows numbers in a trace", () => {
      const x = zeros([1, 1, 5, 2]);
      const table = zeros([9, 1]);
      const bias = biases.relative(table, { grid: [1, 5], align: { offset: 2 } });
      const { biased } = attentionTrace(x, x, x, { bias, queryLengths: 3 });
      expect([...biased.data].some(Number.isNaN)).toBe(false);
    });

    it.each([[[7, 10]], [[70]], [[2, 5, 7]], [[1, 70, 1]]])("on a grid %j", (grid) => {
      const cells = 70;
      const spans = grid.map((n) => 2 * n - 1);
      const own = table(spans.reduce((a, n) => a * n, 1));
      const coordinates = (cell: number): number[] => {
        const found: number[] = [];
        for (const n of [...grid].reverse()) {
          found.unshift(cell % n);
          cell = Math.floor(cell / n);
        }
        return found;
      };
      const row = (i: number, j: number): number => {
        const [q, k] = [coordinates(i), coordinates(j)];
        return q.reduce((at, x, axis) => at * spans[axis] + (x - k[axis] + grid[axis] - 1), 0);
      };
      const bias = (offset: number, length: number): Tensor<FloatArray> =>
        writtenOut(
          [1, H, length, cells],
          dtype,
          (_b, h, i, j) => own.data[row(i + offset, j) * H + h],
        );
      expectSame([1, H, cells, cells], dtype, biases.relative(own, { grid }), bias(0, cells));
      // Some of the queries, as a step that computes only the last cells.
      const last = biases.relative(own, { grid, align: "bottomRight" });
      expectSame([1, H, 9, cells], dtype, last, bias(cells - 9, 9));
    });

    it("a step over a cache is that row of the whole, whatever the window", () => {
      const [query, key, value] = [4, 4, 2].map((size) => draw(random, [H, S, size], dtype));
      const bias = biases.sum(
        biases.relative(table(41), { align: "bottomRight" }),
        biases.relative(table(32), { buckets: { bidirectional: false }, align: "bottomRight" }),
        biases.where((_b, h, _i, j) => (h + 1) / (j + 1)),
      );
      for (const window of [undefined, { left: 20 }]) {
        const whole = attention(query, key, value, { bias, causal: true, window });
        const cache = createKvCache({ kvHeads: H, headSize: 4, valueSize: 2, capacity: S, dtype: dtype as "float64", window }); // prettier-ignore
        const rows = (x: Tensor<FloatArray>, from: number, to: number): Tensor<Float64Array> => {
          const size = x.shape[2];
          const view = { ...x, shape: [H, to - from, size], offset: from * size };
          return view as Tensor<Float64Array>;
        };
        for (
          let from = 0, to = 30;
          from < S;
          from = to, to = Math.min(S, from < 60 ? 60 : from + 1)
        ) {
          cache.append(rows(key, from, to), rows(value, from, to));
          const step = cache.attention(rows(query, from, to), { bias });
          const expected = toNested(rows(whole, from, to));
          expect(toNested(step), `${from} to ${to}`).toEqual(expected);
        }
      }
    });
  });

  it("has T5's buckets for many tables", () => {
    // prettier-ignore
    const tables = [
      [32, 128], [8, 32], [320, 800], [64, 512], [12, 77], [4, 1000], [6, 5], [20, 243], [6, 81], [8, 162],
    ];
    for (const bidirectional of [true, false]) {
      for (const [buckets, maxDistance] of tables) {
        const reach = maxDistance + 3;
        const rows = tensor(Float32Array.from({ length: buckets }, (_, row) => row), { shape: [buckets, 1] }); // prettier-ignore
        const bias = biases.relative(rows, {
          buckets: { bidirectional, maxDistance },
          align: { offset: reach },
        });
        const [[found]] = zeroTrace(1, 1, 2 * reach + 1, bias) as number[][][];
        const expected = found.map((_, j) =>
          bucketOf(buckets, bidirectional, maxDistance, j - reach),
        );
        expect(found, `${buckets}, ${maxDistance}`).toEqual(expected);
      }
    }
  });

  // What transformers 5.18 computes for relative_attention_num_buckets 8, relative_attention_max_distance 11.
  it("has the buckets of the transformers library", () => {
    const rows = tensor(Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7), { shape: [8, 1] });
    const at = (bidirectional: boolean, reach: number): unknown => {
      const buckets = { bidirectional, maxDistance: 11 };
      const bias = biases.relative(rows, { buckets, align: { offset: reach } });
      return (zeroTrace(1, 1, 2 * reach + 1, bias) as number[][][])[0][0];
    };
    expect(at(true, 8)).toEqual([3, 3, 3, 3, 2, 2, 2, 1, 0, 5, 6, 6, 6, 7, 7, 7, 7]);
    expect(at(false, 6)).toEqual([5, 4, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("takes a transposed view, and follows the table when it changes", () => {
    const data = Float32Array.of(1, 2, 3, 10, 20, 30);
    const table = { data, shape: [3, 2], stride: [1, 3], offset: 0 }; // stored as [H, 3]
    const rule = biases.relative(table);
    expect(zeroTrace(2, 2, 2, rule)).toEqual([[[2, 3], [1, 2]], [[20, 30], [10, 20]]]); // prettier-ignore
    data[1] = 7;
    expect(zeroTrace(2, 2, 2, rule)).toEqual([[[7, 3], [1, 7]], [[20, 30], [10, 20]]]); // prettier-ignore
  });

  it("may lie in the memory of the output", () => {
    const data = Float32Array.of(1, 2, 3, 0);
    const table = { data, shape: [3, 1], stride: [1, 1], offset: 0 };
    const out = { data, shape: [2, 2], stride: [2, 1], offset: 0 };
    const x = [[0.1, 0.2], [0.3, 0.4]]; // prettier-ignore
    const expected = attention(x, x, x, { bias: biases.relative([[1], [2], [3]]) });
    attention(x, x, x, { bias: biases.relative(table), out });
    expect(data).toEqual(expected.data);
  });
});

test("every bias of the table is tried with masks that leave tiles out", () => {
  const [L, S] = [130, 200];
  const rules: Record<keyof typeof biases, BiasRule> = {
    alibi: biases.alibi([0.25, 0.5], { align: "bottomRight" }),
    relative: biases.relative([[0, 1], [2, 3], [4, 5]], { align: "bottomRight" }), // prettier-ignore
    where: biases.where((_b, h, i, j) => h + i - j),
    sum: biases.sum([[0.5]], biases.alibi([1, 2], { align: "topLeft" })),
  };
  const random = new Random(5);
  const [q, k, v] = [[2, L, 3], [2, S, 3], [2, S, 2]].map((shape) => draw(random, shape, "float32")); // prettier-ignore
  expect(Object.keys(rules).sort()).toEqual(Object.keys(biases).sort());
  for (const [name, bias] of Object.entries(rules)) {
    const options = { bias, window: { left: 20, right: 0, align: "bottomRight" } } as const;
    const dense = masks.dense(masks.window(options.window), [L, S]);
    const first = attention(q, k, v, { bias, allow: dense, engine: "portable" });
    for (const engine of engines) {
      const found = attention(q, k, v, { ...options, engine });
      expect(firstDifferentBits(found.data, first.data), `${name}, ${engine}`).toBe(-1);
    }
  }
});
