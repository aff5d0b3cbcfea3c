import {
  attentionWithLse,
  attentionWithWeights,
  createKvCache,
  masks,
  type AttentionOptions,
  type FloatArray,
  type KvCache,
  type Tensor,
} from "../../src/core.js";
import { engines, type SharedEngine } from "../helpers/engines.js";
import { firstDifferentBits, showBits } from "../helpers/bits.js";
import type { Random } from "../helpers/random.js";

/** The sizes of a cache under test; different primes, so that no transposition can hide. */
export interface Setting {
  engine: SharedEngine;
  dtype: "float32" | "float64";
  batch: number;
  kvHeads: number;
  /** Query heads for each key/value head. */
  group: number;
  headSize: number;
  valueSize: number;
  capacity: number;
  window?: { left: number; keepFirst?: number };
  causal?: boolean;
}

export const settings: readonly Setting[] = engines.flatMap((engine) =>
  (["float32", "float64"] as const).map((dtype) => ({
    engine,
    dtype,
    batch: 2,
    kvHeads: 3,
    group: 2,
    headSize: 5,
    valueSize: 7,
    capacity: 1000,
  })),
);

export const nameOf = ({ engine, dtype }: Setting): string => `${engine} ${dtype}`;

/** Keys and values of a whole sequence `[B, Hkv, S, D]`, of which a cache gets a part at a time. */
export interface Sequence {
  key: Tensor<FloatArray>;
  value: Tensor<FloatArray>;
}

export function makeCache({ group: _, ...options }: Setting): KvCache<FloatArray> {
  return createKvCache(options as Parameters<typeof createKvCache>[0]) as KvCache<FloatArray>;
}

/** A tensor of normal numbers. */
export function draw(random: Random, shape: number[], dtype: Setting["dtype"]): Tensor<FloatArray> {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < size; i++) data[i] = random.normal();
  const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  return { data, shape, stride, offset: 0, dtype };
}

export function drawSequence(random: Random, setting: Setting, length: number): Sequence {
  const { batch, kvHeads, headSize, valueSize, dtype } = setting;
  return {
    key: draw(random, [batch, kvHeads, length, headSize], dtype),
    value: draw(random, [batch, kvHeads, length, valueSize], dtype),
  };
}

export function drawQuery(random: Random, setting: Setting, count: number): Tensor<FloatArray> {
  const { batch, kvHeads, group, headSize, dtype } = setting;
  return draw(random, [batch, kvHeads * group, count, headSize], dtype);
}

/** Positions `from … to − 1` of `[..., n, D]`, as a view. */
export function slice(x: Tensor<FloatArray>, from: number, to: number): Tensor<FloatArray> {
  const axis = x.shape.length - 2;
  const shape = [...x.shape];
  shape[axis] = to - from;
  return { ...x, shape, offset: x.offset + from * x.stride[axis] };
}

/** Appends positions `from … to − 1` of a sequence. */
export function feed(
  cache: KvCache<FloatArray>,
  { key, value }: Sequence,
  from: number,
  to: number,
): void {
  cache.append(slice(key, from, to), slice(value, from, to));
}

/** The options of `attention` over the whole sequence that a call of the cache stands for. */
export function callOfModel(
  { window }: Setting,
  options: AttentionOptions<FloatArray>,
): AttentionOptions<FloatArray> {
  const recent =
    window && masks.window({ left: window.left, right: Infinity, align: "bottomRight" });
  const allow = recent && masks.or(masks.prefix(window.keepFirst ?? 0), recent);
  return {
    causal: "bottomRight",
    grouped: true,
    ...(allow && { allow }),
    ...options,
    engine: "portable",
  };
}

/** Attention, weights and lse of the cache against those over the whole sequence; "" if no bit differs. */
export function difference(
  cache: KvCache<FloatArray>,
  setting: Setting,
  { key, value }: Sequence,
  query: Tensor<FloatArray>,
  options: AttentionOptions<FloatArray> = {},
): string {
  const { length } = cache;
  const whole = callOfModel(setting, options);
  const own = { grouped: true, ...options };
  const k = slice(key, 0, length);
  const v = slice(value, 0, length);
  const expected = {
    ...attentionWithLse(query, k, v, whole),
    weights: attentionWithWeights(query, k, v, whole).weights,
  };
  const withWeights = cache.attentionWithWeights(query, own);
  const withLse = cache.attentionWithLse(query, own);
  const found: [keyof typeof expected, Tensor<FloatArray>][] = [
    ["output", cache.attention(query, own)],
    ["output", withWeights.output],
    ["output", withLse.output],
    ["weights", withWeights.weights],
    ["lse", withLse.lse],
  ];
  for (const [name, { data, shape }] of found) {
    const right = expected[name];
    if (shape.join() !== right.shape.join()) return `${name}: shape ${shape} not ${right.shape}`;
    const at = firstDifferentBits(data, right.data);
    if (at >= 0) {
      return `${name}[${at}] at length ${length}: ${showBits(data, at)} not ${showBits(right.data, at)}`;
    }
  }
  return "";
}
