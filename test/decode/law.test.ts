import { describe, expect, test } from "vitest";
import { attentionWithLse, attentionWithWeights } from "../../src/core.js";
import type { FloatArray, KvCache, Tensor } from "../../src/core.js";
import { firstDifferentBits } from "../helpers/bits.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import { callOfModel, draw, drawQuery, makeCache, slice, type Setting } from "./model.js";

/** What a batch entry holds: for each head a list of rows, and the first position that is not given up. */
interface Entry {
  keys: number[][][];
  values: number[][][];
  floor: number;
}

interface Member {
  cache: KvCache<FloatArray>;
  entries: Entry[];
}

function drawSetting(random: Random): Setting {
  return {
    engine: random.pick(engines),
    dtype: random.pick(["float32", "float64"] as const),
    batch: random.integer(1, 3),
    kvHeads: random.integer(1, 3),
    group: random.pick([1, 1, 2, 3]),
    headSize: random.pick([1, 3, 4, 8, 11]),
    valueSize: random.pick([1, 5, 8, 9]),
    capacity: random.pick([40, 130, 300, 700]),
    ...(random.chance(0.5) && {
      window: {
        left: random.integer(0, 150),
        ...(random.chance(0.5) && { keepFirst: random.pick([0, 1, 4, 64, 70]) }),
      },
    }),
  };
}

const lengthOf = ({ keys }: Entry): number => keys[0].length;

const copyOf = ({ keys, values, floor }: Entry): Entry => ({
  keys: keys.map((rows) => [...rows]),
  values: values.map((rows) => [...rows]),
  floor,
});

/** Rows of all heads as a tensor `[1, Hkv, n, size]`. */
function tensorOf(rows: number[][][], size: number, dtype: Setting["dtype"]): Tensor<FloatArray> {
  const [heads, length] = [rows.length, rows[0].length];
  const flat = rows.flat(2);
  const data = dtype === "float32" ? Float32Array.from(flat) : Float64Array.from(flat);
  const stride = [heads * length * size, length * size, size, 1];
  return { data, shape: [1, heads, length, size], stride, offset: 0, dtype };
}

/** The entries of a batch `b` of a tensor with leading batch axis. */
function entryOf(x: Tensor<FloatArray>, b: number): Tensor<FloatArray> {
  return { ...x, shape: [1, ...x.shape.slice(1)], offset: x.offset + b * x.stride[0] };
}

function append(random: Random, setting: Setting, { cache, entries }: Member): void {
  const { batch, kvHeads, headSize, valueSize, dtype, capacity, window } = setting;
  const count = random.pick([0, 1, 1, 2, 7, 8, 9, 64, 65, random.integer(1, 300)]);
  const key = draw(random, [batch, kvHeads, count, headSize], dtype);
  const value = draw(random, [batch, kvHeads, count, valueSize], dtype);
  const ragged = random.chance(0.4);
  const counts = entries.map(() => (ragged ? random.integer(0, count) : count));
  // Padding is never read.
  counts.forEach((real, b) => {
    for (const [x, size] of [
      [key, headSize],
      [value, valueSize],
    ] as const) {
      for (let row = 0; row < kvHeads * count; row++) {
        const at = (b * kvHeads * count + row) * size;
        if (row % count >= real) x.data.fill(NaN, at, at + size);
      }
    }
  });
  const { left = Infinity, keepFirst = 0 } = window ?? {};
  const floors = entries.map((entry, b) =>
    counts[b] === 0 ? entry.floor : Math.max(entry.floor, lengthOf(entry) - 1 - left),
  );
  const full = entries.some((entry, b) => {
    const taken = lengthOf(entry) - floors[b] + Math.min(keepFirst, floors[b]);
    return taken + counts[b] > capacity;
  });
  const options = ragged ? { lengths: counts } : undefined;
  if (full) {
    const before = [...cache.lengths];
    expect(() => cache.append(key, value, options)).toThrow(RangeError);
    expect(cache.lengths).toEqual(before);
    return;
  }
  cache.append(key, value, options);
  entries.forEach((entry, b) => {
    entry.floor = floors[b];
    for (let h = 0; h < kvHeads; h++) {
      for (let j = 0; j < counts[b]; j++) {
        const row = (b * kvHeads + h) * count + j;
        entry.keys[h].push([...key.data.subarray(row * headSize, (row + 1) * headSize)]);
        entry.values[h].push([...value.data.subarray(row * valueSize, (row + 1) * valueSize)]);
      }
    }
  });
}

function truncate(random: Random, { window }: Setting, { cache, entries }: Member): void {
  const { left = Infinity, keepFirst = 0 } = window ?? {};
  const back = (): number => random.pick([0, 1, 3, 8, 60, random.integer(0, 400)]);
  const whole = random.chance(0.5);
  const one = random.chance(0.1) ? 0 : Math.max(0, cache.length - back());
  const asked = entries.map((entry) => {
    return whole ? Math.min(one, lengthOf(entry)) : Math.max(0, lengthOf(entry) - back());
  });
  const lost = entries.some(({ floor }, b) => {
    return asked[b] > keepFirst && Math.max(keepFirst, asked[b] - 1 - left) < floor;
  });
  const given = whole ? one : asked;
  if (lost) {
    expect(() => cache.truncate(given)).toThrow(RangeError);
    return;
  }
  cache.truncate(given);
  entries.forEach((entry, b) => {
    if (asked[b] <= keepFirst) entry.floor = 0;
    for (const rows of [...entry.keys, ...entry.values]) rows.length = asked[b];
  });
}

function reorder(random: Random, member: Member): void {
  const from = member.entries.map((_, __, all) => random.integer(0, all.length - 1));
  member.cache.reorder(from);
  member.entries = from.map((b) => copyOf(member.entries[b]));
}

/** Every entry's rows are those of attention over its own sequence. */
function attend(random: Random, setting: Setting, { cache, entries }: Member): void {
  const { window, group } = setting;
  const { left = Infinity, keepFirst = 0 } = window ?? {};
  const count = random.pick([1, 1, 2, 5, 66]);
  const query = drawQuery(random, setting, count);
  const ragged = random.chance(0.3);
  const counts = entries.map(() => (ragged ? random.integer(0, count) : count));
  const options = {
    grouped: group > 1,
    ...(random.chance(0.3) && { softcap: 2 }),
    ...(random.chance(0.2) && !window && { causal: false }),
    ...(ragged && { queryLengths: counts }),
    ...(random.chance(0.3) && { engine: random.pick(engines) }),
    ...(random.chance(0.3) && { sinks: draw(random, [setting.kvHeads * group], setting.dtype) }),
  };
  const given = entries.some((entry, b) => {
    const first = Math.max(lengthOf(entry) - counts[b], keepFirst);
    const asks = counts[b] > 0 && first < lengthOf(entry) && entry.floor > 0;
    return asks && Math.max(first - left, keepFirst) < entry.floor;
  });
  if (given) {
    expect(() => cache.attention(query, options)).toThrow(RangeError);
    return;
  }
  const isMissing = entries.some((entry, b) => {
    const short = !("causal" in options) && counts[b] > lengthOf(entry);
    return counts[b] > 0 && (lengthOf(entry) === 0 || short);
  });
  if (isMissing) expect(() => cache.attention(query, options)).toThrow("Fix: ");
  const own = { ...options, emptyRow: "zero" as const };
  const found = {
    ...cache.attentionWithLse(query, own),
    ...cache.attentionWithWeights(query, own),
  };
  entries.forEach((entry, b) => {
    const whole = { ...callOfModel(setting, own), ...(ragged && { queryLengths: [counts[b]] }) };
    const k = tensorOf(entry.keys, setting.headSize, setting.dtype);
    const v = tensorOf(entry.values, setting.valueSize, setting.dtype);
    const q = entryOf(query, b);
    const { output, lse } = attentionWithLse(q, k, v, whole);
    const { weights } = attentionWithWeights(q, k, v, whole);
    const rows = output.shape[1] * count;
    const part = (x: Tensor<FloatArray>, size: number, to = size): number[] => {
      const all = Array.from({ length: rows }, (_, row) => {
        const at = (b * rows + row) * size;
        // Past the length of the entry there is nothing.
        expect(x.data.subarray(at + to, at + size).every((weight) => weight === 0)).toBe(true);
        return [...x.data.subarray(at, at + to)];
      });
      return all.flat();
    };
    const like = (numbers: number[]): FloatArray =>
      setting.dtype === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers);
    expect(firstDifferentBits(like(part(found.output, v.shape[3])), output.data)).toBe(-1);
    expect(firstDifferentBits(like(part(found.lse, 1)), lse.data)).toBe(-1);
    const stored = like(part(found.weights, cache.length, lengthOf(entry)));
    expect(firstDifferentBits(stored, weights.data)).toBe(-1);
  });
}

/** What is stored is what came in. */
function read(random: Random, setting: Setting, { cache, entries }: Member): void {
  const { kvHeads, headSize, valueSize, window } = setting;
  const from = random.integer(0, cache.length);
  const to = random.integer(from, cache.length);
  const keepFirst = window?.keepFirst ?? 0;
  const floor = Math.max(...entries.map((entry) => entry.floor));
  if (Math.max(from, keepFirst) < Math.min(to, floor)) {
    expect(() => cache.read(from, to)).toThrow("given up");
    return;
  }
  const { key, value } = cache.read(from, to);
  for (const [x, name, size] of [
    [key, "keys", headSize],
    [value, "values", valueSize],
  ] as const) {
    expect(x.shape).toEqual([setting.batch, kvHeads, to - from, size]);
    const rows = entries.flatMap((entry) =>
      entry[name].map((head) =>
        Array.from({ length: to - from }, (_, n) => head[from + n] ?? Array(size).fill(0)),
      ),
    );
    expect([...x.data]).toEqual(rows.flat(2));
  }
}

/** One random history of a cache and its forks, at every step compared with plain arrays. */
function history(seed: number): void {
  const random = new Random(seed);
  const setting = drawSetting(random);
  const empty = (): number[][][] => Array.from({ length: setting.kvHeads }, () => []);
  const entry = (): Entry => ({ keys: empty(), values: empty(), floor: 0 });
  const entries = Array.from({ length: setting.batch }, entry);
  const members: Member[] = [{ cache: makeCache(setting), entries }];
  for (let step = 0; step < 25; step++) {
    const at = random.integer(0, members.length - 1);
    const member = members[at];
    const roll = random.next();
    if (roll < 0.4) append(random, setting, member);
    else if (roll < 0.52) truncate(random, setting, member);
    else if (roll < 0.58) reorder(random, member);
    else if (roll < 0.64) read(random, setting, member);
    else if (roll < 0.72 && members.length < 4) {
      members.push({ cache: member.cache.fork(), entries: member.entries.map(copyOf) });
    } else if (roll < 0.76 && members.length > 1) {
      member.cache.release();
      members.splice(at, 1);
    } else attend(random, setting, member);
    for (const { cache, entries } of members) expect(cache.lengths).toEqual(entries.map(lengthOf));
  }
  for (const member of members) attend(random, setting, member);
}

/** More histories by `QKV_RUNS`. */
const runs = 12 * Number(process.env["QKV_RUNS"] ?? 1);

describe("a cache holds what a plain array would, whatever happens to it and its forks", () => {
  test.each(Array.from({ length: 6 }, (_, part) => part))("histories, part %i", (part) => {
    for (let seed = part * 100000; seed < part * 100000 + runs; seed++) {
      try {
        history(seed);
      } catch (error) {
        throw new Error(`history of seed ${seed}`, { cause: error });
      }
    }
  });
});

test("slices of the model are views", () => {
  const x = draw(new Random(1), [1, 2, 5, 3], "float64");
  expect(slice(x, 1, 4)).toMatchObject({ shape: [1, 2, 3, 3], offset: 3 });
});
