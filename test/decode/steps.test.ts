import { describe, expect, test } from "vitest";
import {
  alibiSlopes,
  attention,
  biases,
  createKvCache,
  masks,
  tensor,
  zeros,
} from "../../src/core.js";
import type { AttentionOptions, FloatArray, KvCache, Tensor } from "../../src/core.js";
import { bitsOf, firstDifferentBits } from "../helpers/bits.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import {
  difference,
  draw,
  drawQuery,
  drawSequence,
  feed,
  makeCache,
  nameOf,
  settings,
  type Setting,
  slice,
} from "./model.js";

const length = 331;

/** How positions come in: the lengths after each append. */
const ways: Record<string, number[]> = {
  "in one append": [length],
  "in ragged parts": [1, 8, 9, 15, 64, 71, 255, 257, 300, length],
  "one by one": Array.from({ length }, (_, j) => j + 1),
};

function fill(setting: Setting, ends: number[], random: Random) {
  const cache = makeCache(setting);
  const sequence = drawSequence(random, setting, length);
  let from = 0;
  for (const to of ends) {
    feed(cache, sequence, from, to);
    from = to;
  }
  return { cache, sequence };
}

describe.each(settings.map((setting) => [nameOf(setting), setting] as const))(
  "%s",
  (_, setting) => {
    const random = new Random(7);
    const heads = setting.kvHeads * setting.group;

    test.each(Object.entries(ways))("filled %s, a step is that row of the whole", (_way, ends) => {
      const { cache, sequence } = fill(setting, ends, random);
      for (const count of [1, 17]) {
        expect(difference(cache, setting, sequence, drawQuery(random, setting, count))).toBe("");
      }
    });

    test("all positions at once are the whole", () => {
      const { cache, sequence } = fill({ ...setting, batch: 1 }, [length], random);
      const query = drawQuery(random, { ...setting, batch: 1 }, length);
      const given = { grouped: true, causal: true };
      const whole = attention(query, sequence.key, sequence.value, given);
      const found = cache.attention(query, { grouped: true });
      expect(firstDifferentBits(found.data, whole.data)).toBe(-1);
    });

    const { dtype, batch } = setting;
    const options: Record<string, [count: number, options: AttentionOptions<FloatArray>]> = {
      softcap: [1, { softcap: 1.5 }],
      scale: [1, { scale: 0.25 }],
      sinks: [2, { sinks: draw(random, [heads], dtype) }],
      alibi: [2, { bias: biases.alibi(slopesOf(heads, dtype), { align: "bottomRight" }) }],
      "a bias by distance": [
        2,
        { bias: biases.relative(draw(random, [33, heads], dtype), { align: "bottomRight" }) },
      ],
      "a bias of a function": [2, { bias: biases.where((_b, h, i, j) => (h + i) / (j + 1)) }],
      "a bias over all keys": [2, { bias: draw(random, [2, length], dtype) }],
      "a mask over all keys": [3, { allow: masks.where((_b, h, i, j) => (h + i + j) % 3 > 0) }],
      "blocked keys": [1, { block: masks.prefix(70) }],
      "no causal mask": [5, { causal: false }],
      "another alignment": [5, { causal: { offset: 200 } }],
      "a window of the call": [5, { window: { left: 80 } }],
      "fewer keys": [2, { allow: masks.lengths([200, 331]) }],
      "query lengths": [3, { queryLengths: [1, 0] }],
      "empty rows": [2, { block: masks.prefix(length), emptyRow: "nan" }],
    };
    test.each(Object.entries(options))("%s", (_name, [count, given]) => {
      const { cache, sequence } = fill(setting, [100, length], random);
      const query = drawQuery(random, setting, count);
      expect(difference(cache, setting, sequence, query, given)).toBe("");
    });

    test("causal: true takes as many queries as positions, as in attention", () => {
      const { cache, sequence } = fill(setting, [90], random);
      const query = drawQuery(random, setting, 90);
      expect(difference(cache, setting, sequence, query, { causal: true })).toBe("");
      const one = slice(query, 0, 1);
      expect(() => cache.attention(one, { grouped: true, causal: true })).toThrow(
        "options.causal: expected an alignment, since causal: true takes L = S",
      );
    });

    test("a cache made with causal: false is for cross attention: every query sees every key", () => {
      const { cache, sequence } = fill({ ...setting, causal: false }, [90], random);
      for (const count of [1, 5, 100]) {
        const query = drawQuery(random, setting, count);
        const own = cache.attention(query, { grouped: true });
        const [k, v] = [sequence.key, sequence.value].map((x) => slice(x, 0, 90));
        const whole = attention(query, k, v, { grouped: true });
        expect(firstDifferentBits(own.data, whole.data)).toBe(-1);
        expect(difference(cache, setting, sequence, query, { causal: false })).toBe("");
      }
    });

    test("append takes the sequence first, as attention does: L = H cannot hide it", () => {
      const heads = { ...setting, kvHeads: 3 };
      const sequence = drawSequence(random, heads, 3);
      const cache = makeCache(heads);
      const [key, value] = [sequence.key, sequence.value].map((x) => ({
        ...x,
        shape: [x.shape[0], x.shape[2], x.shape[1], x.shape[3]],
        stride: [x.stride[0], x.stride[2], x.stride[1], x.stride[3]],
      }));
      cache.append(key, value, { layout: "BLHD" });
      expect(difference(cache, heads, sequence, drawQuery(random, heads, 3))).toBe("");
      const wrong = makeCache(heads);
      wrong.append(key, value);
      expect(difference(wrong, heads, sequence, drawQuery(random, heads, 3))).not.toBe("");
    });

    test("more queries than positions are an error, unless emptyRow says what such a row is", () => {
      const { cache, sequence } = fill(setting, [3], random);
      const query = drawQuery(random, setting, 5);
      expect(() => cache.attention(query, { grouped: true })).toThrow("expected at most 3 queries");
      expect(difference(cache, setting, sequence, query, { emptyRow: "zero" })).toBe("");
    });

    test("numbers that are not finite, and scores that overflow", () => {
      const sequence = drawSequence(random, setting, 90);
      const huge = dtype === "float32" ? 3e38 : 1e308;
      sequence.key.data[3] = Infinity;
      sequence.key.data[90 * 5] = NaN;
      sequence.key.data.fill(huge, 90 * 5 * 2 + 60 * 5, 90 * 5 * 2 + 70 * 5);
      sequence.value.data[90 * 7 * 4 + 3] = NaN;
      sequence.value.data.fill(huge, 90 * 7 * 5);
      const cache = makeCache(setting);
      feed(cache, sequence, 0, 60);
      feed(cache, sequence, 60, 90);
      const query = drawQuery(random, setting, 4);
      expect(difference(cache, setting, sequence, query)).toBe("");
      expect(difference(cache, setting, sequence, query, { block: masks.prefix(1) })).toBe("");
      cache.truncate(61);
      expect(difference(cache, setting, sequence, query)).toBe("");
    });

    test("any engine of a call, the reference too", () => {
      const { cache, sequence } = fill(setting, [length], random);
      const query = drawQuery(random, setting, 2);
      const own = bitsOf(cache.attention(query, { grouped: true }).data);
      const portable = cache.attention(query, { grouped: true, engine: "portable" });
      expect([...bitsOf(portable.data)]).toEqual([...own]);
      const given = { grouped: true, engine: "reference", causal: "bottomRight" } as const;
      const reference = attention(query, sequence.key, sequence.value, given);
      expect([...cache.attention(query, given).data]).toEqual([...reference.data]);
    });

    test("sequence-first queries, and a tensor that receives the output", () => {
      const { cache } = fill(setting, [length], random);
      const query = drawQuery(random, setting, 3);
      const plain = cache.attention(query, { grouped: true });
      const [b, h, l, d] = query.shape;
      const turned = { ...query, shape: [b, l, h, d], stride: pick(query.stride, [0, 2, 1, 3]) };
      const out = zeros([b, l, h, setting.valueSize], { dtype } as { dtype: "float32" });
      const given = { grouped: true, layout: "BLHD", out: out as Tensor<FloatArray> } as const;
      expect(cache.attention(turned, given).data).toBe(out.data);
      for (let at = 0; at < batch * h * l; at++) {
        const [bi, hi, li] = [Math.floor(at / (h * l)), Math.floor(at / l) % h, at % l];
        const from = ((bi * l + li) * h + hi) * setting.valueSize;
        const row = [...out.data.subarray(from, from + setting.valueSize)];
        expect(row).toEqual([...plain.data.subarray(at * 7, at * 7 + 7)]);
      }
    });

    test("keys and values may be any views, of other leading axes", () => {
      const sequence = drawSequence(random, setting, 20);
      const cache = makeCache(setting);
      const backwards = (x: Tensor<FloatArray>): Tensor<FloatArray> => {
        const [b, h, n, d] = x.shape;
        const data = x.data.slice();
        for (let i = 0; i < data.length; i++) {
          const [row, column] = [Math.floor(i / d), i % d];
          // Features first, positions from the end.
          data[(Math.floor(row / n) * d + column) * n + (n - 1 - (row % n))] = x.data[i];
        }
        const stride = [h * d * n, h * d * n, d * n, -1, n];
        return { ...x, data, shape: [1, b, h, n, d], stride, offset: n - 1 };
      };
      cache.append(backwards(sequence.key), backwards(sequence.value));
      expect(difference(cache, setting, sequence, drawQuery(random, setting, 2))).toBe("");
    });
  },
);

describe.each(["portable", "auto"] as const)("one head, engine %s", (engine) => {
  const make = (): KvCache<Float32Array> =>
    createKvCache({ kvHeads: 1, headSize: 2, capacity: 9, engine });

  test("takes matrices and nested numbers", () => {
    const cache = make();
    cache.append([[1, 0]], [[1, 2]]);
    cache.append([[0, 0]], [[3, 4]]);
    expect(cache.length).toBe(2);
    expect([...cache.attention([[0, 0]]).data]).toEqual([2, 3]);
  });

  test("an empty cache has nothing to attend: an error, unless emptyRow says what such a row is", () => {
    const cache = make();
    cache.append(zeros([0, 2]), zeros([0, 2]));
    expect(cache.length).toBe(0);
    expect(() => cache.attention([[1, 1]])).toThrow("Fix: append keys and values first");
    expect(() => cache.attention([[1, 1]], { causal: false })).toThrow("append keys and values");
    expect([...cache.attention([[1, 1]], { emptyRow: "zero" }).data]).toEqual([0, 0]);
    expect(cache.attention(zeros([0, 2])).shape).toEqual([0, 2]);
  });

  test("sizes of 0", () => {
    const cache = createKvCache({ kvHeads: 1, headSize: 0, capacity: 9, engine });
    cache.append(zeros([3, 0]), zeros([3, 0]));
    expect(cache.attention(zeros([2, 0]), { scale: 1 }).shape).toEqual([2, 0]);
    expect(cache.bytes).toBe(0);
  });
});

test("slopes of ALiBi count from the position, not from the step", () => {
  const [key, value] = [zeros([5, 1]), tensorOf([1, 2, 3, 4, 5])];
  const cache = createKvCache({ kvHeads: 1, headSize: 1, capacity: 5 });
  cache.append(key, value);
  const bias = biases.alibi(alibiSlopes(1), { align: "bottomRight" });
  const whole = attention(zeros([5, 1]), key, value, {
    causal: true,
    bias: biases.alibi(alibiSlopes(1)),
  });
  expect(cache.attention([[0]], { bias }).data[0]).toBe(whole.data[4]);
});

function tensorOf(values: number[]): Tensor<Float32Array> {
  const data = Float32Array.from(values);
  return { data, shape: [values.length, 1], stride: [1, 1], offset: 0, dtype: "float32" };
}

function slopesOf(heads: number, dtype: "float32" | "float64"): Tensor<FloatArray> {
  const slopes = Array.from({ length: heads }, (_, h) => 1 / (h + 2));
  const data = dtype === "float32" ? Float32Array.from(slopes) : Float64Array.from(slopes);
  return { data, shape: [heads], stride: [1], offset: 0, dtype };
}

function pick(list: readonly number[], order: number[]): number[] {
  return order.map((at) => list[at]);
}

test.each(engines)("a fork knows of large keys that it shares, on %s", (engine) => {
  // Partial sums overflow although the score is 0: such keys take the overflow fallback, also on a copied page.
  const key = tensor(Float32Array.of(3e38, 3e38, -3e38, -3e38, 0, 0, 0, 0), { shape: [1, 2, 4] });
  const value = tensor(Float32Array.of(1, 2), { shape: [1, 2, 1] });
  const query = tensor(new Float32Array(4).fill(1), { shape: [1, 1, 4] });
  const cache = createKvCache({ kvHeads: 1, headSize: 4, valueSize: 1, capacity: 9, engine });
  cache.append({ ...key, shape: [1, 1, 4] }, { ...value, shape: [1, 1, 1] });
  const fork = cache.fork();
  fork.append({ ...key, shape: [1, 1, 4], offset: 4 }, { ...value, shape: [1, 1, 1], offset: 1 });
  const whole = attention(query, key, value, {
    causal: "bottomRight",
    scale: 1,
    engine: "portable",
  });
  expect(whole.data[0]).toBe(1.5);
  expect(fork.attention(query, { scale: 1 }).data[0]).toBe(1.5);
});
