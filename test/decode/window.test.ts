import { describe, expect, test } from "vitest";
import { biases, masks, type FloatArray, type KvCache } from "../../src/core.js";
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
  type Sequence,
  type Setting,
} from "./model.js";

const left = 100;
const length = 900;

describe.each(settings.map((one) => [nameOf(one), one] as const))("%s", (_, base) => {
  const random = new Random(11);
  const setting: Setting = { ...base, batch: 1, window: { left }, capacity: left + 40 };
  const sequence: Sequence = drawSequence(random, setting, length);
  const fed = (to: number, step: number): KvCache<FloatArray> => {
    const cache = makeCache(setting);
    for (let from = 0; from < to; from += step) {
      feed(cache, sequence, from, Math.min(to, from + step));
    }
    return cache;
  };
  const check = (cache: KvCache<FloatArray>, count: number): string =>
    difference(cache, setting, sequence, drawQuery(random, setting, count));

  test("a stream of any length fits, and every step is that of the whole", () => {
    const cache = makeCache(setting);
    let most = 0;
    for (let j = 0; j < length; j++) {
      feed(cache, sequence, j, j + 1);
      most = Math.max(most, cache.bytes);
      if (j % 61 === 0 || j > length - 3) expect(check(cache, 1)).toBe("");
    }
    expect(cache.length).toBe(length);
    // The capacity of 140 takes blocks of 192 positions, of which a window may touch two.
    const element = setting.dtype === "float32" ? 4 : 8;
    const padded = setting.engine === "wasm" ? 8 : setting.valueSize;
    const position = setting.kvHeads * (setting.headSize + padded) * element;
    expect(most).toBeLessThanOrEqual(2 * 192 * position);
  });

  test("queries of an append, and the one before, see all of their windows", () => {
    const cache = fed(800, 39);
    const count = 800 % 39;
    for (const queries of [count, count + 1]) expect(check(cache, queries)).toBe("");
    expect(() => check(cache, count + 2)).toThrow(/at position .* which sees from/);
  });

  test("an append can always be taken back", () => {
    for (const before of [1, 95, 101, 102, 191, 192, 193, 293, 294, 500]) {
      const cache = fed(before, 1);
      feed(cache, sequence, before, before + 38);
      cache.truncate(before);
      expect(cache.length).toBe(before);
      expect(check(cache, 1)).toBe("");
      feed(cache, sequence, before, before + 38);
      expect(check(cache, 38)).toBe("");
    }
  });

  test.each([1, 5, 64, 70])("keepFirst: %i first positions stay in view", (keepFirst) => {
    const own = {
      ...setting,
      batch: 2,
      capacity: 200 + keepFirst,
      window: { left, keepFirst },
    };
    const stream = drawSequence(random, own, length);
    const cache = makeCache(own);
    for (let from = 0, step = 1; from < length; step = (step % 37) + 1) {
      const to = Math.min(length, from + step);
      feed(cache, stream, from, to);
      const query = drawQuery(random, own, to - from);
      if (step % 6 === 1) expect(difference(cache, own, stream, query)).toBe("");
      from = to;
    }
    const alibi = biases.alibi([1, 0.5, 0.25, 2, 4, 8], { align: "bottomRight" });
    const query = drawQuery(random, own, 1);
    // Another engine than the cache's takes larger pieces, which lie on both sides of the gap.
    const sinks = draw(random, [6], own.dtype);
    for (const engine of engines) {
      const given = {
        engine,
        sinks,
        block: masks.not(masks.window({ left: 1, right: 0, align: "bottomRight" })),
      };
      expect(difference(cache, own, stream, query, given)).toBe("");
    }
    const bias = setting.dtype === "float32" ? { bias: alibi } : {};
    expect(difference(cache, own, stream, query, bias)).toBe("");
    expect(difference(cache, own, stream, query, { emptyRow: "nan", block: [[true]] })).toBe("");
  });

  test("after truncate, what keepFirst kept is there to be asked", () => {
    const own = { ...setting, batch: 1, capacity: 64, window: { left: 5, keepFirst: 6 } };
    const stream = drawSequence(random, own, 20);
    const cache = makeCache(own);
    for (let j = 0; j < 11; j++) feed(cache, stream, j, j + 1);
    cache.truncate(7);
    for (let j = 7; j < 20; j++) {
      expect(difference(cache, own, stream, drawQuery(random, own, 1))).toBe("");
      feed(cache, stream, j, j + 1);
    }
  });

  test("what is given up does not come back", () => {
    const cache = fed(500, 1);
    expect(() => cache.truncate(498)).toThrow(RangeError);
    expect(cache.length).toBe(500);
    expect(check(cache, 1)).toBe("");
    cache.truncate(499);
    expect(check(cache, 1)).toBe("");
    cache.truncate(0);
    expect(cache.length).toBe(0);
    feed(cache, sequence, 0, 50);
    expect(check(cache, 50)).toBe("");
  });

  test("the capacity counts what is not given up", () => {
    const cache = makeCache(setting);
    feed(cache, sequence, 0, 140);
    feed(cache, sequence, 140, 179);
    expect(() => feed(cache, sequence, 179, 219)).toThrow(/at most 39 more positions/);
    expect(check(cache, 39)).toBe("");
  });

  test("numbers that are not finite, and empty rows, deep in a stream", () => {
    const poisoned = {
      ...sequence,
      value: { ...sequence.value, data: sequence.value.data.slice() },
    };
    poisoned.value.data.fill(NaN, (length - 5) * 7, (length - 2) * 7);
    const cache = makeCache(setting);
    for (let j = 0; j < length; j += 30) feed(cache, poisoned, j, j + 30);
    const query = drawQuery(random, setting, 20);
    expect(difference(cache, setting, poisoned, query)).toBe("");
    const none = { allow: false, emptyRow: "nan" } as const;
    expect(difference(cache, setting, poisoned, query, none)).toBe("");
    const bias = draw(random, [20, length], setting.dtype);
    const shorter = { bias, block: masks.not(masks.lengths(890)), queryLengths: [9] };
    expect(difference(cache, setting, poisoned, query, shorter)).toBe("");
    expect(difference(cache, setting, poisoned, query, { bias })).toBe("");
  });

  test("a window of the call narrows that of the cache, and does not widen it", () => {
    const cache = fed(700, 20);
    const query = drawQuery(random, setting, 5);
    const given = { window: { left: 10 } };
    expect(difference(cache, setting, sequence, query, given)).toBe("");
    const wide = cache.attention(query, { grouped: true, window: { left: 300 } });
    expect([...wide.data]).toEqual([...cache.attention(query, { grouped: true }).data]);
  });

  test("without a causal mask the window still ends on the left", () => {
    const cache = fed(700, 20);
    const query = drawQuery(random, setting, 5);
    const window = { left, right: Infinity, align: "bottomRight" } as const;
    const found = cache.attentionWithWeights(query, { grouped: true, causal: false });
    const whole = difference(cache, setting, sequence, query, { causal: false, window });
    expect(whole).toBe("");
    const row = found.weights.data.subarray(0, 700);
    expect(row.findIndex((weight) => weight > 0)).toBe(695 - left);
    expect(row[699]).toBeGreaterThan(0);
  });
});

test("a window without end keeps everything", () => {
  const setting = { ...settings[0], window: { left: Infinity } };
  const random = new Random(3);
  const sequence = drawSequence(random, setting, 300);
  const cache = makeCache(setting);
  for (let j = 0; j < 300; j += 10) feed(cache, sequence, j, j + 10);
  expect(difference(cache, setting, sequence, drawQuery(random, setting, 200))).toBe("");
});
