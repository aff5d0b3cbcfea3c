import { describe, expect, it } from "vitest";
import {
  attention,
  attentionTrace,
  attentionWithLse,
  attentionWithWeights,
  biases,
  masks,
  logSumExp,
  mergeAttention,
  mergeHeads,
  softmax,
  tensor,
  toNested,
  zeros,
  type AttentionOptions,
  type FloatArray,
  type Tensor,
} from "../../src/core.js";
import { firstDifferentBits, firstOddNaN } from "../helpers/bits.js";
import { Random } from "../helpers/random.js";

const random = new Random(20261);

function normal(...shape: number[]): Tensor<Float32Array> {
  const size = shape.reduce((a, n) => a * n, 1);
  return tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    { shape },
  );
}

function expectSameBits(a: { data: FloatArray }, b: { data: FloatArray }): void {
  expect(firstDifferentBits(a.data, b.data)).toBe(-1);
}

/** Ones and zeros of what a query takes a share of. */
function seen(weights: Tensor<FloatArray>): unknown {
  const ones = Float32Array.from(weights.data, (w) => (w > 0 ? 1 : 0));
  return toNested(tensor(ones, { shape: [...weights.shape] }));
}

const [B, H, L, S, D, E] = [2, 3, 5, 7, 11, 13];
const query = normal(B, H, L, D);
const key = normal(B, H, S, D);
const value = normal(B, H, S, E);
const call = (options: AttentionOptions<Float32Array>): Tensor<Float32Array> =>
  attention(query, key, value, options);

describe("layout", () => {
  it("BHLD gives [..., H, L, E]", () => {
    expect(call({}).shape).toEqual([B, H, L, E]);
  });

  it("rank 2 is one head without batch", () => {
    const output = attention(normal(L, D), normal(S, D), normal(S, E));
    expect(output.shape).toEqual([L, E]);
  });

  it("any number of leading axes is batch", () => {
    const output = attention(
      normal(2, 1, 2, H, L, D),
      normal(2, 1, 2, H, S, D),
      normal(2, 1, 2, H, S, E),
    );
    expect(output.shape).toEqual([2, 1, 2, H, L, E]);
  });

  it("BLHD takes and gives sequence-first tensors, with the same bits", () => {
    const flip = (x: Tensor<Float32Array>): Tensor<Float32Array> => ({
      ...x,
      shape: [x.shape[0], x.shape[2], x.shape[1], x.shape[3]],
      stride: [x.stride[0], x.stride[2], x.stride[1], x.stride[3]],
    });
    const allow = masks.where((b, h, i, j) => (b + h + i + j) % 3 !== 0);
    const first = attentionWithWeights(flip(query), flip(key), flip(value), {
      layout: "BLHD",
      allow,
    });
    const plain = attentionWithWeights(query, key, value, { allow });
    expect(first.output.shape).toEqual([B, L, H, E]);
    expect(toNested(flip(first.output))).toEqual(toNested(plain.output));
    expectSameBits(first.weights, plain.weights);
  });

  it("leading axes must be equal", () => {
    expect(() => attention(query, normal(1, H, S, D), value)).toThrow(RangeError);
  });

  it("masks have rank 0, 1, 2 or full; anything between shows the two readings", () => {
    for (const shape of [[], [S], [L, S], [B, 1, L, 1], [1, H, 1, S]]) {
      expect(call({ bias: normal(...shape) }).shape).toEqual([B, H, L, E]);
    }
    expect(() => call({ bias: normal(B, L, S) })).toThrow(
      "write all 4 axes: [2, 1, 5, 7] if its first axis is the batch",
    );
    expect(() => call({ bias: normal(1, L, S) })).toThrow(
      "write all 4 axes: [1, 1, 5, 7] if its first axis is the batch, [1, 1, 5, 7] if it is the heads",
    );
  });
});

describe("order: scale, softcap, bias, mask, softmax, values", () => {
  it("gives the stages of the hand-made computation", () => {
    const trace = attentionTrace([[2]], [[1], [3]], [[1], [10]], {
      scale: 0.5,
      softcap: 2,
      bias: [[1, 2]],
      block: [[false, true]],
    });
    expect(toNested(trace.scores)).toEqual([[1, 3]]);
    const [one, three] = [2 * Math.tanh(0.5), 2 * Math.tanh(1.5)];
    expect(trace.capped.data[0]).toBeCloseTo(one, 6);
    expect(trace.capped.data[1]).toBeCloseTo(three, 6);
    expect(trace.biased.data[1]).toBeCloseTo(three + 2, 6);
    expect(trace.masked.data[1]).toBe(-Infinity);
    expect(toNested(trace.weights)).toEqual([[1, 0]]);
    expect(toNested(trace.output)).toEqual([[1]]);
    expect(trace.lse.data[0]).toBeCloseTo(one + 1, 6);
  });

  it("a stage whose option is absent is the same tensor as the one before", () => {
    const trace = attentionTrace(query, key, value);
    expect(trace.capped).toBe(trace.scores);
    expect(trace.biased).toBe(trace.scores);
    expect(trace.masked).toBe(trace.scores);
    const masked = attentionTrace(query, key, value, { softcap: 3, keyLengths: 4 });
    expect(masked.capped).not.toBe(masked.scores);
    expect(masked.biased).toBe(masked.capped);
    expect(masked.masked).not.toBe(masked.capped);
  });

  it("the mask selects and never adds: a blocked NaN leaves no trace after `masked`", () => {
    const trace = attentionTrace([[1]], [[NaN], [1]], [[5], [6]], { block: [[true, false]] });
    expect(toNested(trace.scores)).toEqual([[NaN, 1]]);
    expect(toNested(trace.masked)).toEqual([[-Infinity, 1]]);
    expect(toNested(trace.output)).toEqual([[6]]);
  });
});

describe("scale", () => {
  it("defaults to fround(1/√D) in float32", () => {
    expectSameBits(call({}), call({ scale: Math.fround(1 / Math.sqrt(D)) }));
  });

  it("may be zero or negative, but must be finite", () => {
    const { weights } = attentionWithWeights(query, key, value, { scale: 0 });
    for (const weight of weights.data) expect(weight).toBe(Math.fround(1 / S));
    expect(call({ scale: -1 }).shape).toEqual([B, H, L, E]);
    for (const scale of [NaN, Infinity, 1e300]) expect(() => call({ scale })).toThrow(RangeError);
  });

  it("has no default where D = 0", () => {
    const empty = normal(L, 0);
    expect(() => attention(empty, empty, normal(L, E))).toThrow("write scale: 1");
    expect(attention(empty, empty, normal(L, E), { scale: 1 }).shape).toEqual([L, E]);
  });
});

describe("grouped heads", () => {
  it("query head h reads head ⌊h·Hkv/H⌋", () => {
    const values = tensor(Float32Array.of(10, 20), { shape: [2, 1, 1] });
    const output = attention(normal(6, 1, D), normal(2, 1, D), values, { grouped: true });
    expect(toNested(output)).toEqual([[[10]], [[10]], [[10]], [[20]], [[20]], [[20]]]);
  });

  it("fewer key heads are an error unless grouped, with both shapes and the mapping", () => {
    expect(() => attention(normal(6, L, D), normal(2, S, D), normal(2, S, E))).toThrow(
      "got query [6, 5, 11], key [2, 7, 11], value [2, 7, 13]. Fix: if 3 query heads share a key/value head, write grouped: true (query head h reads head floor(h·2/6))",
    );
  });

  it("H must be a multiple of Hkv", () => {
    const options = { grouped: true };
    expect(() => attention(normal(5, L, D), normal(2, S, D), normal(2, S, E), options)).toThrow(
      RangeError,
    );
    expect(() => attention(normal(2, L, D), normal(4, S, D), normal(4, S, E), options)).toThrow(
      RangeError,
    );
  });
});

describe("masks", () => {
  const pattern = Array.from({ length: L }, (_, i) =>
    Array.from({ length: S }, (_, j) => (i * j) % 3 !== 1),
  );

  it("allow: true = may attend; block: true = may not", () => {
    const opposite = pattern.map((row) => row.map((visible) => !visible));
    expectSameBits(call({ allow: pattern }), call({ block: opposite }));
  });

  it("nested booleans, bool tensors and rules say the same", () => {
    const bits = tensor(Uint8Array.from(pattern.flat(), Number), { shape: [L, S] });
    expectSameBits(call({ allow: pattern }), call({ allow: bits }));
    expectSameBits(
      call({ allow: pattern }),
      call({ allow: masks.where((_b, _h, i, j) => pattern[i][j]) }),
    );
  });

  it("combine by intersection", () => {
    const both = masks.and(
      pattern,
      masks.not(masks.prefix(1)),
      masks.causal("topLeft"),
      masks.lengths([4, 6]),
    );
    expectSameBits(
      call({ allow: pattern, block: masks.prefix(1), causal: "topLeft", keyLengths: [4, 6] }),
      call({ allow: both }),
    );
  });

  it("bias −Infinity blocks the pair exactly as block does", () => {
    const bias = pattern.map((row) => row.map((visible) => (visible ? 0 : -Infinity)));
    const poisoned = tensor(key.data.slice(), { shape: [B, H, S, D] });
    const blocked = pattern.map((row) => row.map((visible, j) => !visible || j === 2));
    const biased = bias.map((row) => row.map((x, j) => (j === 2 ? -Infinity : x)));
    for (let row = 0; row < B * H; row++) poisoned.data[(row * S + 2) * D] = NaN;
    expectSameBits(
      attention(query, poisoned, value, { bias: biased }),
      attention(query, key, value, { block: blocked }),
    );
  });

  it("bias +Infinity or NaN in an allowed pair makes the row NaN", () => {
    for (const x of [NaN, Infinity]) {
      const { output, weights } = attentionWithWeights([[1], [1]], [[1], [2]], [[1], [2]], {
        bias: [
          [0, x],
          [0, 0],
        ],
      });
      expect([...output.data.slice(0, 1), ...weights.data.slice(0, 2)]).toEqual([NaN, NaN, NaN]);
      expect(output.data[1]).toBeGreaterThan(0);
    }
  });

  it("several biases add in the given order", () => {
    const slopes = [0.5, 0.25, 0.125];
    const first = normal(L, S);
    const trace = attentionTrace(query, key, value, {
      bias: biases.sum(first, biases.alibi(slopes, { align: "topLeft" })),
    });
    const { scores, biased } = trace;
    for (let at = 0; at < scores.data.length; at++) {
      const [i, j, h] = [Math.floor(at / S) % L, at % S, Math.floor(at / (S * L)) % H];
      const one = Math.fround(scores.data[at] + first.data[i * S + j]);
      expect(biased.data[at]).toBe(Math.fround(one + Math.fround(-slopes[h] * Math.abs(i - j))));
    }
  });
});

describe("causal", () => {
  const rows = (options: AttentionOptions<Float32Array>, queries: number, keys: number): unknown =>
    seen(
      attentionWithWeights(normal(queries, D), normal(keys, D), normal(keys, E), options).weights,
    );

  it("true needs L = S", () => {
    expect(rows({ causal: true }, 3, 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(() => rows({ causal: true }, 2, 3)).toThrow(RangeError);
  });

  it("topLeft: query i stands at key i", () => {
    expect(rows({ causal: "topLeft" }, 2, 4)).toEqual([
      [1, 0, 0, 0],
      [1, 1, 0, 0],
    ]);
  });

  it("bottomRight: the last query stands at the last key", () => {
    expect(rows({ causal: "bottomRight" }, 2, 4)).toEqual([
      [1, 1, 1, 0],
      [1, 1, 1, 1],
    ]);
  });

  it("bottomRight with lengths means keyLengths[b] − (queryLengths[b] ?? L)", () => {
    const x = (n: number): Tensor<Float32Array> => normal(2, 1, n, 1);
    const options = { causal: "bottomRight", keyLengths: [4, 3], queryLengths: [2, 1] } as const;
    const { weights } = attentionWithWeights(x(2), x(4), x(4), options);
    expect(seen(weights)).toEqual([
      [
        [
          [1, 1, 1, 0],
          [1, 1, 1, 1],
        ],
      ],
      [
        [
          [1, 1, 1, 0],
          [0, 0, 0, 0],
        ],
      ],
    ]);
  });

  it("offset: key j is visible iff j ≤ i + offset; a negative one is not clamped", () => {
    expect(rows({ causal: { offset: 1 } }, 2, 4)).toEqual([
      [1, 1, 0, 0],
      [1, 1, 1, 0],
    ]);
    expect(rows({ causal: { offset: -1 } }, 3, 3)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 0],
    ]);
  });

  it("an offset per batch entry is allowed", () => {
    const x = normal(2, 1, 2, 1);
    const { weights } = attentionWithWeights(x, x, x, { causal: { offset: [0, -1] } });
    expect(seen(weights)).toEqual([
      [
        [
          [1, 0],
          [1, 1],
        ],
      ],
      [
        [
          [0, 0],
          [1, 0],
        ],
      ],
    ]);
  });
});

describe("window", () => {
  const rows = (options: AttentionOptions<Float32Array>, queries: number, keys: number): unknown =>
    seen(
      attentionWithWeights(normal(queries, D), normal(keys, D), normal(keys, E), options).weights,
    );

  it("counts neighbours: left 2 sees itself and two before", () => {
    expect(rows({ window: { left: 2, right: 0 } }, 4, 4)).toEqual([
      [1, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 1, 1, 0],
      [0, 1, 1, 1],
    ]);
  });

  it("Infinity is no limit", () => {
    expect(rows({ window: { left: Infinity, right: 0 } }, 3, 3)).toEqual(
      rows({ causal: true }, 3, 3),
    );
  });

  it("uses the alignment of causal", () => {
    expect(rows({ causal: "bottomRight", window: { left: 1 } }, 2, 4)).toEqual([
      [0, 1, 1, 0],
      [0, 0, 1, 1],
    ]);
  });

  it("needs align without causal where L ≠ S", () => {
    expect(() => rows({ window: { left: 1, right: 1 } }, 2, 4)).toThrow(RangeError);
    expect(rows({ window: { left: 0, right: 1, align: "topLeft" } }, 2, 4)).toEqual([
      [1, 1, 0, 0],
      [0, 1, 1, 0],
    ]);
  });

  it("has no default side without causal, and no second alignment with it", () => {
    expect(() => rows({ window: { left: 1 } }, 3, 3)).toThrow("write right: Infinity for no limit");
    expect(() => rows({ causal: true, window: { left: 1, align: "topLeft" } }, 3, 3)).toThrow(
      TypeError,
    );
  });
});

describe("rows that may attend nothing", () => {
  const block = [
    [true, true],
    [false, true],
  ];
  const x = [[1], [2]];

  it("give output 0, weights 0 and lse −Infinity", () => {
    const trace = attentionTrace(x, x, x, { block });
    expect(toNested(trace.output)).toEqual([[0], [1]]);
    expect(toNested(trace.weights)).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(trace.lse.data[0]).toBe(-Infinity);
  });

  it('a call that fails by emptyRow "throw" leaves `out` as it was', () => {
    const out = zeros([3, 2]);
    out.data.fill(9);
    const options = { out, emptyRow: "throw", allow: [[true], [true], [false]] } as const;
    expect(() => attention([[1], [1], [1]], [[1]], [[1, 2]], options)).toThrow(RangeError);
    expect([...out.data]).toEqual([9, 9, 9, 9, 9, 9]);
    attention([[1]], [[1]], [[1, 2]], { out: { ...out, shape: [1, 2] }, emptyRow: "throw" });
    expect([...out.data]).toEqual([1, 2, 9, 9, 9, 9]);
  });

  it('emptyRow "nan" and "throw"', () => {
    const { output, weights } = attentionWithWeights(x, x, x, { block, emptyRow: "nan" });
    expect(toNested(output)).toEqual([[NaN], [1]]);
    expect(toNested(weights)).toEqual([
      [NaN, NaN],
      [1, 0],
    ]);
    expect(() => attention(x, x, x, { block, emptyRow: "throw" })).toThrow(
      "none for query 0 of head 0 in batch entry 0",
    );
  });

  it("rows past queryLengths are zero and are not empty rows", () => {
    const output = attention(x, x, x, { queryLengths: 1, emptyRow: "throw" });
    expect(output.data[1]).toBe(0);
  });

  it("a row of nothing but allowed −Infinity scores is an empty row", () => {
    const output = attention([[1]], [[-Infinity], [-Infinity]], [[NaN], [1]]);
    expect(toNested(output)).toEqual([[0]]);
  });
});

describe("values that are not finite", () => {
  it("NaN or +Infinity in an allowed score makes that row NaN, and only that row", () => {
    for (const q of [NaN, Infinity]) {
      const trace = attentionTrace([[q], [1]], [[1], [2]], [[1], [2]]);
      expect([...trace.output.data.slice(0, 1), trace.lse.data[0]]).toEqual([NaN, NaN]);
      expect([...trace.weights.data.slice(0, 2)]).toEqual([NaN, NaN]);
      expect(trace.output.data[1]).toBeGreaterThan(1);
    }
  });

  it("an allowed −Infinity score has weight 0, and its value is not read", () => {
    expect(toNested(attention([[1]], [[-Infinity], [1]], [[NaN], [3]]))).toEqual([[3]]);
  });

  it("a +Infinity raw score under softcap is c", () => {
    const trace = attentionTrace([[1]], [[Infinity], [0]], [[1], [2]], { softcap: 5 });
    expect(toNested(trace.capped)).toEqual([[5, 0]]);
  });

  it("NaN in an allowed value spoils that output column only", () => {
    expect(
      toNested(
        attention(
          [[1]],
          [[1], [1]],
          [
            [NaN, 2],
            [1, 4],
          ],
        ),
      ),
    ).toEqual([[NaN, 3]]);
  });

  it("a weight that underflowed times an infinite value is NaN", () => {
    const output = attention([[1]], [[0], [-1000]], [[1], [Infinity]]);
    expect(toNested(output)).toEqual([[NaN]]);
  });

  it("every NaN that leaves has the canonical bits", () => {
    const odd32 = new Float32Array(new Uint32Array([0xffc12345, 0x3f800000]).buffer);
    const odd64 = new Float64Array(
      new BigUint64Array([0xfff8000000012345n, 0x3ff0000000000000n]).buffer,
    );
    for (const data of [odd32, odd64]) {
      const x = tensor(data as Float32Array, { shape: [2, 1] });
      const trace = attentionTrace(x, x, x, { softcap: 2, bias: tensor(data as Float32Array) });
      for (const stage of Object.values(trace)) expect(firstOddNaN(stage.data)).toBe(-1);
      const out = tensor(data.slice() as Float32Array, { shape: [2, 1] });
      expect(firstOddNaN(attention(x, x, x, { out }).data)).toBe(-1);
    }
  });
});

describe("limits of a batch entry", () => {
  it("keyLengths shorten the key axis: garbage in the padding changes nothing", () => {
    const lengths = [3, 5];
    const poison = (x: Tensor<Float32Array>): Tensor<Float32Array> => {
      const data = x.data.slice();
      const size = x.shape[3];
      for (let matrix = 0; matrix < B * H; matrix++) {
        const from = matrix * S + lengths[Math.floor(matrix / H)];
        data.fill(NaN, from * size, (matrix + 1) * S * size);
      }
      return tensor(data, { shape: [...x.shape] });
    };
    expectSameBits(
      attention(query, poison(key), poison(value), { keyLengths: lengths }),
      attention(query, key, value, { allow: masks.lengths(lengths) }),
    );
  });

  it("take one number for all entries, or one for each", () => {
    expectSameBits(call({ keyLengths: 4 }), call({ keyLengths: Int32Array.of(4, 4) }));
    for (const keyLengths of [[1], [1, 2, 3], S + 1, -1]) {
      expect(() => call({ keyLengths })).toThrow(RangeError);
    }
  });
});

describe("sinks", () => {
  const sinks = [0.5, -1, 2];

  it("are one logit per head in the denominator only", () => {
    const { weights } = attentionWithWeights(query, key, value, { sinks });
    const { lse } = attentionWithLse(query, key, value);
    for (let row = 0; row < B * H * L; row++) {
      const sum = weights.data.slice(row * S, row * S + S).reduce((a, w) => a + w, 0);
      const total = Math.exp(lse.data[row]);
      const share = Math.exp(sinks[Math.floor(row / L) % H]);
      expect(sum).toBeCloseTo(total / (total + share), 5);
    }
  });

  it("enter the lse; an otherwise empty row has lse = sink and output 0", () => {
    const options = { sinks: [0.75], block: true, emptyRow: "throw" } as const;
    const { output, lse } = attentionWithLse([[1]], [[1]], [[1]], options);
    expect([output.data[0], lse.data[0]]).toEqual([0, 0.75]);
  });

  it("of −Infinity change nothing", () => {
    expectSameBits(call({ sinks: [-Infinity, -Infinity, -Infinity] }), call({}));
  });
});

describe("lse and merging", () => {
  it("the parts joined, with the sinks given once, are the whole", () => {
    const sinks = [0.5, -1, 2];
    const part = (from: number, to: number) =>
      attentionWithLse(query, key, value, {
        allow: masks.where((_b, _h, _i, j) => j >= from && j < to),
      });
    const whole = attentionWithLse(query, key, value, { sinks });
    const merged = mergeAttention([part(0, 2), part(2, 2), part(2, S)], { sinks });
    whole.output.data.forEach((x, at) => expect(merged.output.data[at]).toBeCloseTo(x, 5));
    whole.lse.data.forEach((x, at) => expect(merged.lse.data[at]).toBeCloseTo(x, 5));
  });

  it("lse is the natural logarithm", () => {
    const { lse } = attentionWithLse([[0]], [[1], [1]], [[1], [1]]);
    expect(lse.data[0]).toBe(Math.fround(Math.LN2));
  });

  it("empty parts have no share, and nothing but empty parts is empty", () => {
    const nothing = attentionWithLse([[1]], [[1]], [[9]], { block: true });
    const something = attentionWithLse([[1]], [[1]], [[7]]);
    expect(mergeAttention([nothing, something]).output.data[0]).toBe(7);
    const empty = mergeAttention([nothing, nothing]);
    expect([empty.output.data[0], empty.lse.data[0]]).toEqual([0, -Infinity]);
  });
});

describe("precision and shape", () => {
  it("inputs of one call agree, or it is an error", () => {
    const double = tensor(Float64Array.of(1), { shape: [1, 1] });
    // @ts-expect-error the precisions differ
    expect(() => attention(double, normal(1, 1), double)).toThrow(TypeError);
  });

  it("nested numbers take the precision of the other inputs, float32 if there is none", () => {
    expect(attention([[1]], [[1]], [[1]]).dtype).toBe("float32");
    const double = tensor(Float64Array.of(0.1), { shape: [1, 1] });
    const output = attention([[1]], [[1]], double);
    expect([output.dtype, output.data[0]]).toEqual(["float64", 0.1]);
  });

  it("zero-length axes work", () => {
    expect(toNested(attention(normal(2, D), normal(0, D), normal(0, 3)))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(attention(normal(0, D), normal(S, D), normal(S, E)).shape).toEqual([0, E]);
    expect(attention(normal(L, D), normal(S, D), normal(S, 0)).shape).toEqual([L, 0]);
    expect(attention(normal(0, H, L, D), normal(0, H, S, D), normal(0, H, S, E)).shape).toEqual([
      0,
      H,
      L,
      E,
    ]);
    expect(attention(normal(0, L, D), normal(0, S, D), normal(0, S, E)).shape).toEqual([0, L, E]);
  });
});

describe("out", () => {
  it("receives the output, whatever its strides, and is what comes back", () => {
    const data = new Float32Array(B * H * L * E);
    const out = { data, shape: [B, H, L, E], stride: [1, B, B * H, B * H * L], offset: 0 };
    const output = call({ out });
    expect(output.data).toBe(data);
    expect(toNested(output)).toEqual(toNested(call({})));
  });

  it("may share memory with an input: the numbers stay right", () => {
    const shared = normal(L, D);
    const expected = attention(shared, shared, shared);
    attention(shared, shared, shared, { out: shared });
    expectSameBits(shared, expected);
  });

  it("must have the shape of the output, and memory for every element", () => {
    expect(() => call({ out: normal(L, E) })).toThrow(RangeError);
    const out = { data: new Float32Array(E), shape: [B, H, L, E], stride: [0, 0, 0, 1], offset: 0 };
    expect(() => call({ out })).toThrow("memory of its own");
  });
});

describe("scores beyond the range of the precision", () => {
  it("a float32 score that overflows is compared in float64", () => {
    const [q, k] = [tensor(Float32Array.of(1e38)), tensor(Float32Array.of(1e10, -1e10, 0))];
    const trace = attentionTrace(
      { ...q, shape: [1, 1], stride: [1, 1] },
      { ...k, shape: [3, 1], stride: [1, 1] },
      [[1], [2], [3]],
    );
    expect(toNested(trace.scores)).toEqual([[Infinity, -Infinity, 0]]);
    expect(toNested(trace.weights)).toEqual([[1, 0, 0]]);
  });

  it("a float64 score that overflows is compared in units of a power of two", () => {
    const double = (...x: number[]): Tensor<Float64Array> =>
      tensor(Float64Array.from(x), { shape: [x.length, 1] });
    const call = (q: number, keys: number[], options = {}) =>
      attentionTrace(double(q), double(...keys), double(...keys.map((_, j) => j + 1)), options);
    const up = call(2 ** 513, [2 ** 513, 2 ** 513, 1, -(2 ** 513)], { scale: 1 });
    expect(toNested(up.scores)).toEqual([[Infinity, Infinity, 2 ** 513, -Infinity]]);
    expect([up.output.data[0], up.lse.data[0]]).toEqual([1.5, Infinity]);
    const down = call(2 ** 513, [-(2 ** 513), -(2 ** 514)], { scale: 1 });
    expect([down.output.data[0], down.lse.data[0]]).toEqual([1, -Infinity]);
    const far = call(2 ** 1000, [2 ** 1000, 2 ** 1000], { scale: 2 ** 1000, bias: [[1e308, 0]] });
    expect(far.output.data[0]).toBe(1.5);
  });

  it("a sum of values that overflows is an average again", () => {
    const most = Number.MAX_VALUE;
    const values = tensor(Float64Array.of(most, -most, most, -most), { shape: [2, 2] });
    const x = tensor(Float64Array.of(1, 1), { shape: [2, 1] });
    expect(toNested(attention(x, x, values))).toEqual([
      [most, -most],
      [most, -most],
    ]);
  });
});

describe("rows that overflow leave the other keys alone", () => {
  it("small query elements keep their share beside a score that overflows", () => {
    const double = (...rows: number[][]): Tensor<Float64Array> =>
      tensor(rows, { dtype: "float64" });
    const trace = attentionTrace(
      double([1.7e308, 1e-17]),
      double([-1.7e308, 0], [0, 1e18], [0, 0]),
      double([1], [2], [4]),
      { scale: 1 },
    );
    expect(toNested(trace.scores)).toEqual([[-Infinity, 10, 0]]);
    expect(trace.weights.data[1]).toBeCloseTo(1 / (1 + Math.exp(-10)), 14);
  });

  it("merging parts near the largest number gives their average", () => {
    const part = { output: [[3e38, -3e38]], lse: [0] };
    expect(toNested(mergeAttention([part, part]).output)).toEqual([
      [Math.fround(3e38), -Math.fround(3e38)],
    ]);
    const infinite = { output: [[Infinity, 0]], lse: [0] };
    expect(toNested(mergeAttention([part, infinite]).output)).toEqual([
      [Infinity, -Math.fround(1.5e38)],
    ]);
  });

  it("a NaN row is NaN past keyLengths as well, as the softmax of its masked scores", () => {
    const { masked, weights } = attentionTrace([[1]], [[1], [1]], [[1], [1]], {
      keyLengths: [1],
      bias: [[NaN, 0]],
    });
    expectSameBits(softmax(masked), weights);
  });
});

describe("memory shared with out", () => {
  const q = tensor(Float32Array.of(1, 2, 3, 4, 1, 2, 3, 4), { shape: [2, 2, 2] });
  const numbers = [0, 5, 5, 0];

  it("does not reach the numbers of a bias inside a rule, or the slopes of ALiBi", () => {
    for (const rule of [
      (data: Float32Array) => biases.sum({ data, shape: [2, 2], stride: [2, 1], offset: 0 }),
      (data: Float32Array) => biases.alibi({ data, shape: [2], stride: [1], offset: 1 }),
    ]) {
      const expected = attention(q, q, q, { bias: rule(Float32Array.from(numbers)) });
      const data = Float32Array.of(...numbers, 0, 0, 0, 0);
      const out = tensor(data, { shape: [2, 2, 2] });
      attention(q, q, q, { bias: rule(data), out });
      expectSameBits(out, expected);
    }
  });

  it("does not reach a mask inside a rule", () => {
    const buffer = new ArrayBuffer(32);
    const bits = new Uint8Array(buffer, 0, 4);
    const rule = masks.and(tensor(bits, { shape: [2, 2] }));
    bits.set([1, 0, 1, 1]);
    const expected = attention(q, q, q, { allow: rule });
    const out = tensor(new Float32Array(buffer), { shape: [2, 2, 2] });
    attention(q, q, q, { allow: rule, out });
    expectSameBits(out, expected);
  });
});

describe("absurd sizes", () => {
  it("of broadcast views are refused, and do not end the process", () => {
    const view = (...shape: number[]) => ({
      data: new Float32Array(1),
      shape,
      stride: shape.map(() => 0),
      offset: 0,
    });
    const many = 2 ** 40;
    expect(() => attention(view(many, 1, 0, 1), view(many, 1, 1, 1), view(many, 1, 1, 1))).toThrow(
      RangeError,
    );
  });
});

describe("what a review found", () => {
  const double = (...x: number[]): Tensor<Float64Array> =>
    tensor(Float64Array.from(x), { shape: [x.length, 1] });

  it("a row whose scores lie below float64, beside a true −Infinity, is not empty", () => {
    const { output } = attentionWithLse(double(1e200), double(-1e200, -Infinity), double(1, 2), {
      scale: 1,
      emptyRow: "throw",
    });
    expect(output.data[0]).toBe(1);
  });

  it("an output without elements may be given as out", () => {
    const out = normal(3, 0);
    expect(attention(normal(3, 2), normal(4, 2), normal(4, 0), { out }).shape).toEqual([3, 0]);
  });

  it("an array that contains itself is refused", () => {
    const cycle: never[] = [];
    cycle[0] = cycle as never;
    expect(() => tensor(cycle)).toThrow(RangeError);
  });

  it("an absurd batch of empty matrices is empty", () => {
    const x = {
      data: new Float32Array(1),
      shape: [2 ** 28, 0, 1, 1],
      stride: [0, 0, 0, 0],
      offset: 0,
    };
    expect(attention(x, x, x).shape).toEqual([2 ** 28, 0, 1, 1]);
  });

  it("parts computed sequence first merge in that layout, also where L = H", () => {
    const [n, keys] = [3, 4];
    const [q, k, v] = [normal(2, n, n, 5), normal(2, keys, n, 5), normal(2, keys, n, 5)];
    const half = (x: Tensor<Float32Array>, from: number): Tensor<Float32Array> => ({
      ...x,
      shape: [2, 2, n, 5],
      offset: from * x.stride[1],
    });
    const layout = "BLHD";
    const sinks = [0.5, -1, 2];
    const parts = [0, 2].map((from) =>
      attentionWithLse(q, half(k, from), half(v, from), { layout }),
    );
    const merged = mergeAttention(parts, { layout, sinks });
    const whole = attentionWithLse(q, k, v, { layout, sinks });
    const other = attentionWithLse(normal(2, 5, 3, 4), normal(2, 6, 3, 4), normal(2, 6, 3, 4), {
      layout,
    });
    expect(() => mergeAttention([other])).toThrow('write layout: "BLHD"');
    expect(merged.output.shape).toEqual(whole.output.shape);
    merged.output.data.forEach((x, at) => expect(x).toBeCloseTo(whole.output.data[at], 5));
    merged.lse.data.forEach((x, at) => expect(x).toBeCloseTo(whole.lse.data[at], 5));
  });

  it("what infinite values make is decided by the final weights, not by the tiles", () => {
    const most = Math.fround(3.4028234663852886e38);
    const x = (...values: number[]): number[][] => values.map((value) => [value]);
    const output = (scores: number[], values: number[]): number =>
      attention([[1]], x(...scores), x(...values), { scale: 1 }).data[0];
    expect(output([0, 0, 0, 0], [most, most, most, -Infinity])).toBe(-Infinity);
    expect(output([0, 0, 0, 0], [-Infinity, most, most, most])).toBe(-Infinity);
    expect(output([0, 0], [Infinity, -Infinity])).toBeNaN();
    // A weight of 0 beside an infinite value, wherever its tile ends.
    for (const far of [1, 64]) {
      const scores = Array.from({ length: 65 }, (_, j) => (j === 0 ? 0 : j === far ? 200 : -300));
      expect(output(scores, [Infinity, ...new Array<number>(64).fill(1)])).toBeNaN();
    }
  });

  it("options that are no plain object are refused, and rows beyond any memory", () => {
    const call = (options: unknown) => attention([[1]], [[1]], [[1]], options as object);
    expect(() => call(new Map([["causal", true]]))).toThrow(TypeError);
    expect(() => call(Promise.resolve({ causal: true }))).toThrow("got an object (Promise)");
    const long = { data: new Float32Array(1), shape: [2 ** 33, 1], stride: [0, 0], offset: 0 };
    // The scores of a whole row in memory; the WebAssembly engine streams, and would take minutes.
    expect(() => attention([[1]], long, long, { engine: "portable" })).toThrow(
      "attention(): key: expected a result that fits",
    );
    const row = { ...long, shape: [2 ** 33], stride: [0] };
    expect(() => logSumExp(row, { engine: "portable" })).toThrow("logSumExp(): x");
  });

  it("NaN with another pattern leaves canonical from nested numbers and copies", () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8dead00000001n]).buffer);
    expect(firstOddNaN(tensor([odd[0]], { dtype: "float64" }).data)).toBe(-1);
    const view = { data: odd, shape: [1, 1, 1], stride: [1, 1, 1], offset: 0 };
    expect(firstOddNaN(mergeHeads(view).data)).toBe(-1);
  });

  it("shapes with holes and shapes that take hours are refused", () => {
    // eslint-disable-next-line no-sparse-arrays
    expect(() => tensor(new Float32Array(0), { shape: [2, , 3] as number[] })).toThrow(TypeError);
    expect(() => masks.sparsity(masks.causal("topLeft"), [1, 2 ** 52])).toThrow(RangeError);
  });
});
