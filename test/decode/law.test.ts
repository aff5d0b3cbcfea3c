import { describe, expect, test } from "vitest";
import type { FloatArray, KvCache } from "../../src/core.js";
import { engines } from "../helpers/engines.js";
import { Random } from "../helpers/random.js";
import {
  difference,
  draw,
  drawQuery,
  makeCache,
  slice,
  type Sequence,
  type Setting,
} from "./model.js";

/** What a cache holds, in plain arrays: for each batch entry and head a list of rows. */
interface Model {
  keys: number[][][];
  values: number[][][];
  length: number;
  /** The first position that is not given up. */
  floor: number;
}

interface Member {
  cache: KvCache<FloatArray>;
  model: Model;
}

function drawSetting(random: Random): Setting {
  return {
    engine: random.pick(engines),
    dtype: random.pick(["float32", "float64"] as const),
    batch: random.integer(1, 2),
    kvHeads: random.integer(1, 3),
    group: random.pick([1, 1, 2, 3]),
    headSize: random.pick([1, 3, 4, 8, 11]),
    valueSize: random.pick([1, 5, 8, 9]),
    capacity: random.pick([40, 130, 300, 700]),
    ...(random.chance(0.5) && { window: { left: random.integer(0, 150) } }),
  };
}

const copyOf = ({ keys, values, length, floor }: Model): Model => ({
  keys: keys.map((rows) => [...rows]),
  values: values.map((rows) => [...rows]),
  length,
  floor,
});

/** The rows of a model as tensors. */
function sequenceOf({ keys, values, length }: Model, setting: Setting): Sequence {
  const { batch, kvHeads, headSize, valueSize, dtype } = setting;
  const tensorOf = (rows: number[][][], size: number) => {
    const shape = [batch, kvHeads, length, size];
    const flat = rows.flat(2);
    const data = dtype === "float32" ? Float32Array.from(flat) : Float64Array.from(flat);
    const stride = [kvHeads * length * size, length * size, size, 1];
    return { data, shape, stride, offset: 0, dtype };
  };
  return { key: tensorOf(keys, headSize), value: tensorOf(values, valueSize) };
}

function append(random: Random, setting: Setting, { cache, model }: Member): void {
  const { batch, kvHeads, headSize, valueSize, dtype, capacity, window } = setting;
  const count = random.pick([0, 1, 1, 2, 7, 8, 9, 64, 65, random.integer(1, 300)]);
  const key = draw(random, [batch, kvHeads, count, headSize], dtype);
  const value = draw(random, [batch, kvHeads, count, valueSize], dtype);
  const floor = Math.max(model.floor, window ? model.length - 1 - window.left : 0);
  if (count > 0 && model.length - floor + count > capacity) {
    const before = cache.length;
    expect(() => cache.append(key, value)).toThrow(RangeError);
    expect(cache.length).toBe(before);
    return;
  }
  cache.append(key, value);
  if (count === 0) return;
  model.floor = floor;
  model.length += count;
  for (let head = 0; head < batch * kvHeads; head++) {
    for (let j = 0; j < count; j++) {
      const row = head * count + j;
      model.keys[head].push([...key.data.subarray(row * headSize, (row + 1) * headSize)]);
      model.values[head].push([...value.data.subarray(row * valueSize, (row + 1) * valueSize)]);
    }
  }
}

function truncate(random: Random, { window }: Setting, { cache, model }: Member): void {
  const length = random.chance(0.1)
    ? 0
    : Math.max(0, model.length - random.pick([0, 1, 3, 8, 60, random.integer(0, 400)]));
  const first = window ? Math.max(0, length - 1 - window.left) : 0;
  if (length > 0 && first < model.floor) {
    expect(() => cache.truncate(length)).toThrow(RangeError);
    return;
  }
  cache.truncate(length);
  if (length === 0) model.floor = 0;
  model.length = length;
  for (const rows of [...model.keys, ...model.values]) rows.length = length;
}

function attend(random: Random, setting: Setting, { cache, model }: Member): void {
  const { window, group } = setting;
  const count = random.pick([1, 1, 2, 5, 66]);
  const query = drawQuery(random, setting, count);
  const options = {
    ...(group === 1 && { grouped: false }),
    ...(random.chance(0.3) && { softcap: 2 }),
    ...(random.chance(0.2) && !window && { causal: false }),
  };
  if (model.floor > 0 && window && model.length - count - window.left < model.floor) {
    expect(() => cache.attention(query, { grouped: true })).toThrow(RangeError);
    return;
  }
  expect(difference(cache, setting, sequenceOf(model, setting), query, options)).toBe("");
}

/** One random history of a cache and its forks, at every step compared with plain arrays. */
function history(seed: number): void {
  const random = new Random(seed);
  const setting = drawSetting(random);
  const heads = setting.batch * setting.kvHeads;
  const empty = (): number[][][] => Array.from({ length: heads }, () => []);
  const model = { keys: empty(), values: empty(), length: 0, floor: 0 };
  const members: Member[] = [{ cache: makeCache(setting), model }];
  for (let step = 0; step < 25; step++) {
    const at = random.integer(0, members.length - 1);
    const member = members[at];
    const roll = random.next();
    if (roll < 0.45) append(random, setting, member);
    else if (roll < 0.6) truncate(random, setting, member);
    else if (roll < 0.7 && members.length < 4) {
      members.push({ cache: member.cache.fork(), model: copyOf(member.model) });
    } else if (roll < 0.75 && members.length > 1) {
      member.cache.release();
      members.splice(at, 1);
    } else attend(random, setting, member);
    for (const {
      cache,
      model: { length },
    } of members)
      expect(cache.length).toBe(length);
  }
  for (const member of members) attend(random, setting, member);
}

describe("a cache holds what a plain array would, whatever happens to it and its forks", () => {
  test.each(Array.from({ length: 6 }, (_, part) => part))("histories, part %i", (part) => {
    for (let seed = part * 1000; seed < part * 1000 + 12; seed++) {
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
